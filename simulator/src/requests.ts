import type { Clock } from "./clock";
import type { RoomKind } from "./rooms/types";

export type Operation = "create" | "get" | "list" | "update" | "delete" | "unknown";

/** One API request, without its query: the key is there. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly kind: RoomKind | undefined;
  readonly operation: Operation;
  readonly roomName: string | undefined;
  /** The JSON that was sent. */
  readonly body: unknown;
  /** When it arrived, by the server's clock in milliseconds. */
  readonly at: number;
  /** The fault that it met. */
  fault?: string;
  /** Absent while there is no answer, for ever if the connection was cut or left hanging. */
  status?: number;
}

const capacity = 10_000;

/** The newest requests, with the key replaced wherever a client may have put it. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];

  constructor(
    private readonly secretKey: string,
    private readonly clock: Clock,
  ) {}

  add(request: Omit<LoggedRequest, "at">): LoggedRequest {
    const entry = { ...(this.#redact(request) as typeof request), at: this.clock.now() };
    if (this.entries.push(entry) > capacity) this.entries.shift();
    return entry;
  }

  clear(): void {
    this.entries.length = 0;
  }

  #redact(value: unknown): unknown {
    if (typeof value === "string") return this.redactText(value);
    if (Array.isArray(value)) return value.map((item) => this.#redact(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.redactText(key), this.#redact(item)]));
  }

  /** The text without the key. */
  redactText(text: string): string {
    const hidden = "[secretKey]";
    return text.replaceAll(this.secretKey, hidden).replaceAll(encodeURIComponent(this.secretKey), hidden);
  }
}
