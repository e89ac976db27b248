import type { LoggedRequest, Operation } from "../requests";
import type { RoomKind } from "../rooms/types";
import type { World } from "../world";
import { type Answer, htmlNotFound } from "./answer";
import { badKey, failure, invalidRequest, tooManyRequests } from "./errors";
import { createRoom, deleteRoom, getRoom, listRooms, updateRoom } from "./operations";

/** Stands for a request body that is not JSON. */
export const unreadable = Symbol("unreadable");

/** One API request, free of HTTP. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly kind: RoomKind;
  readonly operation: Operation;
  /** The name in the path. */
  readonly name: string;
  readonly key: unknown;
  readonly body: unknown;
  readonly entry: LoggedRequest;
}

/** Carries the request out; what it changed is saved before the answer is known. */
export async function carryOut(world: World, call: Call): Promise<Answer> {
  world.expireRooms();
  const answer = refusal(world, call) ?? perform(world, call);
  await world.store.saved();
  return answer;
}

// In the order in which a server would notice: its own limits, the host, the route, the key, the account, the body.
function refusal(world: World, call: Call): Answer | undefined {
  const { switches, limiter } = world;
  if (limiter.refuses()) return tooManyRequests(limiter.limit?.retryAfter ?? true);
  if (switches.app === "unknown") return htmlNotFound(call.method, "/");
  const absent = absentRoute(world, call);
  if (absent !== undefined) return absent;
  if (call.key !== world.secretKey) return badKey(call.key, switches);
  if (call.kind === "live" && switches.liveStreaming === "off") return invalidRequest;
  return call.body === unreadable ? invalidRequest : undefined;
}

function absentRoute({ switches }: World, { operation, kind, method, path }: Call): Answer | undefined {
  if (operation === "unknown") return htmlNotFound(method, path);
  if (operation !== "delete" || kind !== "live" || switches.liveDelete === "archives") return undefined;
  return switches.liveDelete === "absent html 404" ? htmlNotFound(method, path) : failure(404, "Not Found", switches);
}

function perform(world: World, { operation, kind, name, body }: Call): Answer {
  switch (operation) {
    case "create":
      return createRoom(world, kind, body);
    case "get":
      return getRoom(world, kind, name);
    case "list":
      return listRooms(world);
    case "update":
      return updateRoom(world, kind, name, body);
    case "delete":
      return deleteRoom(world, kind, name);
    case "unknown":
      return invalidRequest;
  }
}
