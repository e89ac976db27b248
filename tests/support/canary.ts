import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Secrets that nobody would write by chance, with characters that are spelled otherwise in URLs and in JSON. */
export const canaryKey = 'canary-key-7Qf&"9Zx+/=%w';
export const canaryRtmpURL = "rtmp://live.example.com/app/canary-stream-Kj5%26x9?auth=canary-token-Vb3";

/** Distinctive parts, so that a secret is also found when only its middle gets out. */
const keyTraces = spellings(canaryKey, "canary-key");
const allTraces = [...keyTraces, ...spellings(canaryRtmpURL, "canary-stream", "canary-token")];

function spellings(...secrets: string[]): string[] {
  return secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("hex"),
    ...["base64", "base64url"].flatMap((kind) => inBase64(secret, kind as BufferEncoding)),
  ]);
}

/** A secret in the middle of something longer: where it begins decides how it is written. */
function inBase64(secret: string, kind: BufferEncoding): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.from("x".repeat(before) + secret)
      .toString(kind)
      .replace(/=+$/, "");
    // The first and the last letters also hold bits of what stands around.
    const end = (before + Buffer.byteLength(secret)) % 3;
    return text.slice(before === 0 ? 0 : before + 1, end === 0 ? undefined : -1);
  });
}

export function hasKey(text: string): boolean {
  return keyTraces.some((trace) => text.includes(trace));
}

export function hasSecret(text: string): boolean {
  return allTraces.some((trace) => text.includes(trace));
}

export function assertNoKey(where: string, text: string): void {
  assertNone(keyTraces, where, text);
}

export function assertNoSecrets(where: string, text: string): void {
  assertNone(allTraces, where, text);
}

/** Other secrets than the two canaries, such as those that a server has made: in any spelling. */
export function assertNoneOf(secrets: readonly string[], where: string, text: string): void {
  for (const secret of secrets) assertNone(tracesOf(secret), where, text);
}

const traces = new Map<string, readonly string[]>();

export function tracesOf(secret: string): readonly string[] {
  const known = traces.get(secret) ?? spellings(secret);
  traces.set(secret, known);
  return known;
}

function assertNone(traces: readonly string[], where: string, text: string): void {
  const found = traces.find((trace) => text.includes(trace));
  if (found === undefined) return;
  const at = text.indexOf(found);
  assert.fail(`a secret is in ${where}: …${text.slice(Math.max(0, at - 200), at + 100)}…`);
}

/** Searches every file below a folder. */
export function assertNoSecretsBelow(folder: string): void {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (entry === "node_modules") continue;
    if (statSync(path).isDirectory()) assertNoSecretsBelow(path);
    else assertNoSecrets(path, readFileSync(path, "utf8"));
  }
}
