import type { MeteredClient } from "../api/client";
import { MeteredError } from "../core/errors";
import { describeRoom, type RoomType } from "../core/field";
import { findAny, isBareRefusal } from "../core/lifecycle/context";
import { liveStreamingRoom } from "../core/liveStreamingRoom";
import { meetingRoom } from "../core/meetingRoom";
import type { RoomReply } from "../core/roomApi";
import { CommandError } from "./exit";

/** A room on Metered, archived ones included. */
export interface FoundRoom {
  readonly type: RoomType;
  readonly room: RoomReply;
}

/** A room that a command asked for and did not get, and why: a sentence. */
export interface MissingRoom {
  readonly type: RoomType;
  readonly name: string;
  readonly reason: string;
}

export interface Rooms {
  /** In the order of their names. */
  readonly found: readonly FoundRoom[];
  readonly missing: readonly MissingRoom[];
}

/** Which rooms to read. */
export interface Wanted {
  /** All meeting rooms of the app. */
  readonly all: boolean;
  readonly names: readonly string[];
  /** Live-streaming rooms; Metered documents no way to list them. */
  readonly live: readonly string[];
}

/** From so many calls on, somebody may wonder how long it will take. */
const LONG = 30;

/**
 * Reads rooms: one GET for all meeting rooms, one for every room that is named. Nothing is ever written.
 *
 * @throws CommandError when the account itself cannot be read
 */
export async function readRooms(
  client: MeteredClient,
  { all, names, live }: Wanted,
  progress: (line: string) => void = () => {},
): Promise<Rooms> {
  const wanted = [
    ...[...new Set(names)].map((name) => ({ type: meetingRoom, name })),
    ...[...new Set(live)].map((name) => ({ type: liveStreamingRoom, name })),
  ];
  let done = 0;
  const one = async ({ type, name }: { type: RoomType; name: string }) => {
    const outcome = await readRoom(client, type, name);
    if (wanted.length >= LONG && ++done % 10 === 0) progress(`Read ${done} of ${wanted.length} rooms …`);
    return outcome;
  };
  const [list, outcomes] = await readable(
    Promise.all([all ? client.meetingRooms() : [], Promise.all(wanted.map(one))]),
  );
  progress("");
  const listed = list.map((room) => ({ type: meetingRoom, room }));
  const found = [...listed, ...outcomes.filter((outcome) => "room" in outcome)];
  return { found: sorted(distinct(found)), missing: outcomes.filter((outcome) => "reason" in outcome) };
}

async function readRoom(client: MeteredClient, type: RoomType, name: string): Promise<FoundRoom | MissingRoom> {
  const about = `the ${describeRoom(type, name)}`;
  try {
    const room = await findAny(client.rooms(type), name);
    return room ? { type, room } : { type, name, reason: `There is no ${describeRoom(type, name)}.` };
  } catch (error) {
    if (!isBareRefusal(error)) throw error;
    const live = type.canDelete ? "" : ", or Live Streaming is switched off for the app";
    return {
      type,
      name,
      reason: `Metered refused to show ${about} without a reason: most likely there is none${live}.`,
    };
  }
}

/** @throws CommandError in place of an error of the API, whose advice is about a run of Pulumi */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof MeteredError ? new CommandError(forCommand(error.message)) : error;
  }
}

/** What to do next, where the failed call was not made by Pulumi. */
export function forCommand(message: string): string {
  return message
    .replace(/\b([Rr])un pulumi up again/g, "$1un the command again")
    .replace("the same call may then be repeated with pulumi up", "then run the command again");
}

/** Two names may be the same room in two spellings. */
function distinct(found: readonly FoundRoom[]): FoundRoom[] {
  return [...new Map(found.map((each) => [`${each.type.name} ${each.room.roomId}`, each])).values()];
}

function sorted(found: readonly FoundRoom[]): FoundRoom[] {
  const keyOf = ({ type, room }: FoundRoom) => `${room.roomName}\n${type === meetingRoom ? 0 : 1}`;
  return [...found].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
