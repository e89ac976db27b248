import { isCause, type MeteredError } from "../errors";
import type { MeteredClient } from "../metered/client";
import type { RoomReply } from "../rooms/api";
import { liveStreamingRoom } from "../rooms/liveStreamingRoom";
import { lookUp } from "../rooms/look";
import { meetingRoom } from "../rooms/meetingRoom";
import { shownIn } from "../rooms/room";
import type { RoomType } from "../rooms/roomType";
import type { Watch } from "./waiting";

/** A room on Metered, archived ones included. */
export interface FoundRoom {
  readonly type: RoomType;
  readonly room: RoomReply;
  /** Whether only the list of all rooms has led to it, and nobody has named it. */
  readonly isListed?: true;
}

/** A room that a command asked for and didn't get. */
interface MissingRoom {
  readonly type: RoomType;
  readonly name: string;
  readonly error: MeteredError;
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

export interface Reading extends Partial<Watch> {
  readonly progress?: (line: string) => void;
  /** Whether the settings of a listed room matter. Where the list lacks them, they take a call. By default, all do. */
  readonly needsSettings?: (name: string) => boolean;
}

/** From so many calls on, a user may wonder how long it takes. */
const MANY = 30;

/**
 * Reads rooms: one GET for all meeting rooms, one for every room that is named, and one for every room that the list
 * only sums up. Nothing is ever written.
 *
 * @throws MeteredError when the account itself can't be read
 */
export async function readRooms(client: MeteredClient, wanted: Wanted, reading: Reading = {}): Promise<Rooms> {
  const { progress = () => {}, needsSettings = () => true, tell, heard = () => {} } = reading;
  const named = [
    ...[...new Set(wanted.names)].map((name) => ({ type: meetingRoom, name })),
    ...[...new Set(wanted.live)].map((name) => ({ type: liveStreamingRoom, name })),
  ];
  const one = async ({ type, name }: { type: RoomType; name: string }) => {
    const outcome = await readRoom(client, type, name, tell);
    heard();
    return outcome;
  };
  // The client paces them.
  const each = (rooms: readonly { type: RoomType; name: string }[]) => {
    let done = 0;
    return Promise.all(
      rooms.map(async (room) => {
        const outcome = await one(room);
        if (rooms.length >= MANY && ++done % 10 === 0) progress(`Read ${done} of ${rooms.length} rooms …`);
        return outcome;
      }),
    );
  };
  const [list, outcomes] = await Promise.all([wanted.all ? client.meetingRooms({ tell }) : [], each(named)]);
  heard();
  const isShort = (room: RoomReply) => isSummary(room) && !room.archived && needsSettings(room.roomName);
  const whole = list.filter((room) => !isShort(room)).map((room) => listed(meetingRoom, room));
  const summed = await each(list.filter(isShort).map(({ roomName: name }) => ({ type: meetingRoom, name })));
  progress("");
  // One that was deleted since the list was read isn't missed by anyone.
  const all = [
    ...summed
      .filter((outcome) => "room" in outcome || !isCause(outcome.error, "RoomNotFound"))
      .map((outcome) => ("room" in outcome ? listed(outcome.type, outcome.room) : outcome)),
    ...outcomes,
  ];
  const found = [...whole, ...all.filter((outcome) => "room" in outcome)];
  return { found: sorted(distinct(found)), missing: all.filter((outcome) => "error" in outcome) };
}

function listed(type: RoomType, room: RoomReply): FoundRoom {
  return { type, room, isListed: true };
}

/** Whether a listed meeting room is shown without its settings: one that every room has is absent. */
function isSummary(room: RoomReply): boolean {
  const shown = shownIn(meetingRoom, room);
  return Object.entries(meetingRoom.fields).some(([name, { required }]) => required && shown[name] === undefined);
}

async function readRoom(
  client: MeteredClient,
  type: RoomType,
  name: string,
  tell: Watch["tell"] | undefined,
): Promise<FoundRoom | MissingRoom> {
  try {
    return { type, room: await lookUp({ type, api: client.rooms(type, { tell }) }, name, { archived: true }) };
  } catch (error) {
    // Anything else is about the account, and true for all rooms.
    if (!isCause(error, "RoomNotFound", "RoomStatusUnknown")) throw error;
    return { type, name, error };
  }
}

/** Two names may be the same room in two spellings. */
function distinct(found: readonly FoundRoom[]): FoundRoom[] {
  return [...new Map(found.map((each) => [`${each.type.name} ${each.room.roomId}`, each])).values()];
}

function sorted(found: readonly FoundRoom[]): FoundRoom[] {
  const keyOf = ({ type, room }: FoundRoom) => `${room.roomName}\n${type === meetingRoom ? 0 : 1}`;
  return [...found].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
