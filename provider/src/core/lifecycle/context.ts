import { RequestRefused, RoomNotFound } from "../errors";
import { describeRoom, type RoomType, type Settings } from "../field";
import { NotAsDeclared } from "../initFailures";
import { INTERNAL } from "../internal";
import { liveSettings, mismatches } from "../outputs";
import type { RoomApi, RoomReply } from "../roomApi";
import type { Session } from "../session";
import { type Bag, compact } from "../state";

/** Everything an operation on a room works with. */
export interface Context {
  readonly type: RoomType;
  readonly api: RoomApi;
  readonly session: Session;
  /** `metered:adoptExisting`: rooms that exist already are taken over. */
  readonly adoptExisting: boolean;
  /** Unix milliseconds. */
  now(): number;
  /** Shows a line to the user, as Info. */
  note(line: string): void;
}

/** The room under a name, or undefined when it is certain that there is no living one. */
export async function find(api: RoomApi, name: string): Promise<RoomReply | undefined> {
  const room = await findAny(api, name);
  return room?.archived ? undefined : room;
}

/** The same, with an archived one where Metered shows it. */
export async function findAny(api: RoomApi, name: string): Promise<RoomReply | undefined> {
  try {
    return await api.get(name);
  } catch (error) {
    if (!(error instanceof RoomNotFound)) throw error;
    if (!error.certain) await api.proveAccount(name);
    return undefined;
  }
}

/** A room that was found under a name, or under its lower case. */
export interface Found {
  readonly room: RoomReply;
  /** The very name that was asked for leads to it, however it is spelled. */
  readonly isNamedSo: boolean;
}

/**
 * The living room that a create under this name would meet. A server that stores names in lower case need not look
 * them up so. A refusal without a reason shows no room.
 */
export async function findAsked(api: RoomApi, name: string): Promise<Found | undefined> {
  for (const spelling of new Set([name, name.toLowerCase()])) {
    const room = await find(api, spelling).catch((error: unknown) => {
      if (isBareRefusal(error)) return undefined;
      throw error;
    });
    if (room) return { room, isNamedSo: spelling === name };
  }
  return undefined;
}

/** A refusal that gives no reason, so that it may stand for "there is no such room" or for something else. */
export function isBareRefusal(error: unknown): boolean {
  return error instanceof RequestRefused && error.isBare;
}

/**
 * Ends a create or update that reached the server. Nothing may fail any more: what did not take becomes an init
 * failure, with which the engine keeps the room in state and comes back to it on the next `up`.
 */
export function settle(
  context: Context,
  room: RoomReply,
  sent: Settings,
  outputs: Record<string, unknown>,
  inputs: Bag,
  more: readonly string[] = [],
): { id: string; outs: Record<string, unknown> } {
  const { type } = context;
  const subject = describeRoom(type, room.roomName);
  const { failed, respelled } = mismatches(type, sent, room);
  for (const line of respelled) context.note(`The ${subject}: ${line}`);
  failed.push(...more);
  if (failed.length === 0) return { id: room.roomName, outs: outputs };
  const properties = compact({
    ...outputs,
    ...liveSettings(type, sent, room),
    [INTERNAL.provider]: inputs[INTERNAL.provider],
  });
  const story = `The ${subject} exists, is kept in the state, and is not as declared:`;
  const next = "Correct the program to what Metered allows, or run pulumi up to try once more.";
  throw new NotAsDeclared(room.roomName, properties, [story, ...failed, next]);
}
