import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { RoomKind, Simulator } from "metered-simulator";

export type Json = Record<string, unknown>;

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** The parsed body; an empty object where it is no JSON object. */
  readonly json: Json;
  readonly headers: Headers;
}

const bases: Record<RoomKind, string> = { meeting: "/room", live: "/realtimelivestreaming/room" };

/** Calls of the API over a real socket. */
export class Calls {
  constructor(
    private readonly sim: Pick<Simulator, "url" | "secretKey">,
    private readonly key: string = sim.secretKey,
  ) {}

  create(kind: RoomKind, body?: unknown): Promise<Reply> {
    return this.send("POST", bases[kind], body);
  }

  get(kind: RoomKind, name: string): Promise<Reply> {
    return this.send("GET", `${bases[kind]}/${encodeURIComponent(name)}`);
  }

  async list(): Promise<Json[]> {
    const rooms = JSON.parse((await this.send("GET", "/rooms")).text) as Json[];
    assert.ok(Array.isArray(rooms));
    return rooms;
  }

  update(kind: RoomKind, name: string, body?: unknown): Promise<Reply> {
    return this.send("PUT", `${bases[kind]}/${encodeURIComponent(name)}`, body);
  }

  remove(kind: RoomKind, name: string): Promise<Reply> {
    return this.send("DELETE", `${bases[kind]}/${encodeURIComponent(name)}`);
  }

  send(method: string, path: string, body?: unknown): Promise<Reply> {
    return send(method, `${this.sim.url}/api/v1${path}?secretKey=${encodeURIComponent(this.key)}`, body);
  }
}

/** A body that is a text is sent as it is. */
export async function send(method: string, url: string, body?: unknown): Promise<Reply> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers, body: text, redirect: "manual" });
  const received = await response.text();
  return { status: response.status, text: received, json: parse(received), headers: response.headers };
}

function parse(text: string): Json {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? (json as Json) : {};
  } catch {
    return {};
  }
}

/** What a validation error says is wrong, as `path type`. */
export function problemsOf({ json }: Reply): string[] {
  const { details = [] } = (json.error ?? {}) as { details?: { path: string[]; type: string }[] };
  return details.map(({ path, type }) => `${path.join(".")} ${type}`);
}

/** Waits for something that a connection or a process brings about. Keeps no process alive that waits in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn(undefined, { ref: false });
}
