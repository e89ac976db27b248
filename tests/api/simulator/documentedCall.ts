import { ok } from "node:assert/strict";
import type { Simulator } from "metered-simulator";
import { responseSchema } from "./apiDocument";
import { type Reply, send } from "./calls";

interface Parts {
  /** What stands in the path in place of `{name}`. */
  readonly params?: Readonly<Record<string, string>>;
  /** Default: the secretKey alone. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A documented path with something for each of its parameters. */
export function filled(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "a");
}

/** Sends a request and holds the reply against the document. */
export async function documented(
  sim: Pick<Simulator, "url" | "secretKey">,
  method: string,
  path: string,
  { params, query = { secretKey: sim.secretKey }, body }: Parts = {},
): Promise<Reply> {
  const reply = await send(method, `${sim.url}${filled(path, params)}?${new URLSearchParams(query)}`, body);
  const type = reply.headers.get("content-type")?.split(";", 1)[0] ?? "";
  const validate = responseSchema(path, method.toLowerCase(), reply.status, type);
  ok(validate, `${method} ${path}: the document has no ${reply.status} ${type}: ${reply.text}`);
  const value: unknown = type === "application/json" ? JSON.parse(reply.text) : reply.text;
  ok(validate(value), `${method} ${path} ${reply.status}: ${JSON.stringify(validate.errors)} in ${reply.text}`);
  return reply;
}
