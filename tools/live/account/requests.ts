import type { RoomKind } from "metered-simulator";

export type Body = Readonly<Record<string, unknown>>;

/** Everything that may be asked about rooms. */
export type Request =
  | { readonly operation: "list"; readonly key?: "wrong" | "none" }
  | { readonly operation: "create"; readonly kind: RoomKind; readonly body: Body }
  | { readonly operation: "get" | "delete"; readonly kind: RoomKind; readonly name: string }
  | {
      readonly operation: "update";
      readonly kind: RoomKind;
      readonly name: string;
      readonly body: Body;
      /** Sent as a form rather than as JSON. */
      readonly asForm?: true;
    };

/** The same as HTTP has it. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api`. */
  readonly path: string;
  /** Beside the key. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Body;
  readonly asForm?: true | undefined;
  /** For people: `GET /room/NAME`. */
  readonly label: string;
}

const bases: Readonly<Record<RoomKind, string>> = { meeting: "/room", live: "/realtimelivestreaming/room" };
const methods = { create: "POST", get: "GET", update: "PUT", delete: "DELETE" } as const;

export function callOf(request: Request): Call {
  if (request.operation === "list") return { method: "GET", path: "/v1/rooms", label: "GET /rooms" };
  const method = methods[request.operation];
  const base = bases[request.kind];
  if (request.operation === "create") {
    return { method, path: `/v1${base}`, body: request.body, label: `${method} ${base}` };
  }
  const path = `/v1${base}/${encodeURIComponent(request.name)}`;
  const sent = request.operation === "update" ? { body: request.body, asForm: request.asForm } : {};
  return { method, path, label: `${method} ${base}/NAME`, ...sent };
}

/** The other way round; undefined for what this check never asks. */
export function requestOf(method: string | undefined, path: string, body: Body): Request | undefined {
  if (method === "GET" && path === "/rooms") return { operation: "list" };
  const kind: RoomKind = path.startsWith(`${bases.live}`) ? "live" : "meeting";
  const rest = path.startsWith(bases[kind]) ? path.slice(bases[kind].length) : undefined;
  if (rest === "" && method === "POST") return { operation: "create", kind, body };
  if (rest === undefined || !/^\/[^/]+$/.test(rest)) return undefined;
  const name = decodeURIComponent(rest.slice(1));
  if (method === "GET" || method === "DELETE") return { operation: method === "GET" ? "get" : "delete", kind, name };
  return method === "PUT" ? { operation: "update", kind, name, body } : undefined;
}

/** Every room that a request is about, or could make. A create without a name would make one that nobody can find. */
export function namesIn(request: Request): unknown[] {
  switch (request.operation) {
    case "list":
      return [];
    case "create":
      return [request.body.roomName];
    case "update":
      return Object.hasOwn(request.body, "roomName") ? [request.name, request.body.roomName] : [request.name];
    default:
      return [request.name];
  }
}
