import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a token says. `iat`, `nbf` and `exp` are Unix seconds. */
export interface Claims {
  readonly data: Readonly<Record<string, unknown>>;
  readonly iat: number;
  readonly nbf?: number;
  readonly exp?: number;
}

export type Verdict = { readonly claims: Claims } | { readonly reason: string };

const header = encode({ alg: "HS256", typ: "JWT" });

/** The same key at every start, so that tokens survive a restart. It is not the secretKey. */
export function tokenKeyOf(app: string, secretKey: string): string {
  return createHash("sha256").update(`metered-simulator access tokens\n${app}\n${secretKey}`).digest("hex");
}

export function sign(claims: Claims, key: string): string {
  const signed = `${header}.${encode(claims)}`;
  return `${signed}.${signatureOf(signed, key)}`;
}

/** Whether a token was issued here and is in force. */
export function verify(token: string, key: string, now: number): Verdict {
  const [head = "", body = "", signature = "", ...rest] = token.split(".");
  if (rest.length > 0 || head !== header || !equal(signature, signatureOf(`${head}.${body}`, key))) {
    return { reason: "invalid token" };
  }
  const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Claims;
  if (claims.exp !== undefined && claims.exp * 1000 <= now) return { reason: "token expired" };
  if (claims.nbf !== undefined && claims.nbf * 1000 > now) return { reason: "token not active" };
  return { claims };
}

function signatureOf(signed: string, key: string): string {
  return createHmac("sha256", key).update(signed).digest("base64url");
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
