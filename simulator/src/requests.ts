import type { Clock } from "./clock";
import { roomKinds } from "./rooms/types";
import { dots, masked, withoutTokens } from "./secrets";

/** What a request is about. */
export const requestKinds = [
  ...roomKinds,
  ...["token", "turnCredential", "turnProject", "turnUsage", "iceServers", "recording", "session"],
] as readonly RequestKind[];
export type RequestKind =
  | (typeof roomKinds)[number]
  | "token"
  | "turnCredential"
  | "turnProject"
  | "turnUsage"
  | "iceServers"
  | "recording"
  | "session";

export const operations = [
  ...["create", "get", "list", "update", "delete"],
  ...["validate", "enable", "disable", "deleteByLabel", "download", "unknown"],
] as readonly Operation[];
export type Operation =
  | "create"
  | "get"
  | "list"
  | "update"
  | "delete"
  | "validate"
  | "enable"
  | "disable"
  | "deleteByLabel"
  | "download"
  | "unknown";

/** One API request, without its keys. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** The query, without keys; absent if there is nothing else in it. */
  readonly query?: Readonly<Record<string, unknown>>;
  readonly kind: RequestKind | undefined;
  readonly operation: Operation;
  readonly roomName: string | undefined;
  /** The JSON that was sent. */
  readonly body: unknown;
  /** When it arrived, by the server's clock in milliseconds. */
  readonly at: number;
  /** 1, or more if the same request came before and failed. */
  readonly attempt: number;
  /** The fault that it met. */
  fault?: string;
  /** Absent while there is no response, for ever if the connection was cut or left hanging. */
  status?: number;
  /** What was answered, without secrets: JSON, or the beginning of a longer response as text. */
  response?: unknown;
  /** From arrival to response, in milliseconds. */
  durationMs?: number;
}

export type NewRequest = Pick<LoggedRequest, "method" | "path" | "kind" | "operation" | "roomName" | "body"> & {
  readonly query: Readonly<Record<string, unknown>>;
};

const capacity = 10_000;
/** Longer responses are kept in part. */
const longestResponse = 16_384;

/** The newest requests, with keys and tokens replaced wherever a client may have put them. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  /** Of requests under way: when they began, and what makes another one the same. */
  readonly #begun = new WeakMap<LoggedRequest, { readonly started: number; readonly identity: string }>();
  readonly #failing = new Map<string, LoggedRequest>();
  /** The key as it is, and as a URL has it. */
  readonly #spellings: readonly string[];

  constructor(
    secretKey: string,
    private readonly clock: Clock,
  ) {
    this.#spellings = [...new Set([secretKey, encodeURIComponent(secretKey)])];
  }

  add({ query, ...request }: NewRequest): LoggedRequest {
    const identity = identityOf(request);
    const asked = Object.entries(query).filter(([name]) => !/key$/i.test(name));
    const entry: LoggedRequest = {
      ...(this.#redact(request) as typeof request),
      ...(asked.length > 0 ? { query: this.#redact(Object.fromEntries(asked)) as object } : {}),
      at: this.clock.now(),
      attempt: this.#attemptOf(identity),
    } as LoggedRequest;
    this.#begun.set(entry, { started: performance.now(), identity });
    this.#failing.set(identity, entry);
    if (this.#failing.size > capacity) this.#failing.clear();
    if (this.entries.push(entry) > capacity) this.entries.shift();
    return entry;
  }

  /** Notes the response: without a status, none was sent. */
  finish(entry: LoggedRequest, status?: number, text = ""): void {
    const { started = 0, identity = "" } = this.#begun.get(entry) ?? {};
    entry.durationMs = Math.round((performance.now() - started) * 10) / 10;
    if (status === undefined) return;
    entry.status = status;
    if (text !== "") entry.response = this.#responseOf(text);
    if (!isFailure(entry) && this.#failing.get(identity) === entry) this.#failing.delete(identity);
  }

  clear(): void {
    this.entries.length = 0;
    this.#failing.clear();
  }

  /** The text without key and tokens. */
  redactText(text: string): string {
    let shown = text;
    for (const key of this.#spellings) if (shown.includes(key)) shown = shown.replaceAll(key, "[secretKey]");
    return withoutTokens(shown);
  }

  #attemptOf(identity: string): number {
    const before = this.#failing.get(identity);
    return before !== undefined && isFailure(before) ? before.attempt + 1 : 1;
  }

  #responseOf(text: string): unknown {
    if (text.length > longestResponse) return `${text.length} characters`;
    try {
      return masked(this.#redact(JSON.parse(text)));
    } catch {
      return this.redactText(text);
    }
  }

  #redact(value: unknown, name = ""): unknown {
    if (typeof value === "string") return hiddenNames.test(name) ? dots : this.redactText(value);
    if (Array.isArray(value)) return value.map((item) => this.#redact(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.redactText(key), this.#redact(item, key)]),
    );
  }
}

// Whatever these hold is of no use to a test.
const hiddenNames = /^(password|credential|token|access_?token|(project)?api_?key)$/i;

function identityOf({ method, path, body }: Pick<NewRequest, "method" | "path" | "body">): string {
  return `${method} ${path} ${JSON.stringify(body) ?? ""}`;
}

/** Whether a client would try again. A request under way has not failed. */
function isFailure({ fault, status, durationMs }: LoggedRequest): boolean {
  if (durationMs === undefined) return fault === "hang";
  return status === undefined || status === 408 || status === 429 || status >= 500;
}
