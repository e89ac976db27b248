import { isCause } from "../errors";
import { knownIn } from "../pulumi/state";
import { sayError } from "../pulumi/words/errors";
import { quoted, shownTime } from "../pulumi/words/sentence";
import { isFinished } from "../rooms/expiry";
import { liveStreamingRoom } from "../rooms/liveStreamingRoom";
import { meetingRoom } from "../rooms/meetingRoom";
import { shownIn } from "../rooms/room";
import type { RoomType } from "../rooms/roomType";
import { type Connection, connect, inWords } from "./account";
import type { ListArguments } from "./arguments";
import { CommandError, EXIT, type Exit } from "./exit";
import { listedObjects, tellObjects } from "./listObjects";
import { readObjects } from "./objects";
import { type FoundRoom, type Rooms, readRooms } from "./rooms";
import { objectsIn, roomsIn, type StackRoom } from "./stackState";
import { table } from "./table";
import type { Terminal } from "./terminal";
import { watched } from "./waiting";

/** A room in the list: this is what `--json` prints. */
interface ListedRoom {
  readonly name: string;
  readonly kind: RoomType["name"];
  /** `null` where Metered's list doesn't show it. */
  readonly privacy: string | null;
  /** Unix seconds. */
  readonly expireUnixSec: number | null;
  /** `null` for a room that is in the stack but not on Metered, or for which that's unknown. */
  readonly archived: boolean | null;
  /** Metered's response doesn't say whether the room exists. */
  readonly unknown?: true;
  /** It deleted itself when its time was over (`deleteOnExp`), as declared: it stays in the stack. */
  readonly over?: true;
  /** The resource's name, `null` when the room is in no resource of the stack; absent where there is no stack. */
  readonly resource?: string | null;
}

/** `pulumi-metered list`: all rooms that can be known of. Only reads. */
export async function listCommand(terminal: Terminal, args: ListArguments): Promise<Exit> {
  const connection = await connect(terminal, args);
  const { account, client, from, stack } = connection;
  const managed = stack && roomsIn(stack.state, account.appName);
  const live = [...args.live, ...idsOf(managed, liveStreamingRoom)];
  const reading = { progress: terminal.progress, needsSettings: () => false };
  const [rooms, objects] = await watched(terminal, account.appName, from, (watch) =>
    Promise.all([
      readRooms(client, { all: true, names: [], live }, { ...watch, ...reading }),
      readObjects(client, watch),
    ]),
  ).catch((error: unknown) => {
    throw inWords(error, from);
  });
  const listed = listedRooms(rooms, managed);
  const inStack = stack && objectsIn(stack.state.resources, account.appName);
  const nowSeconds = Date.now() / 1000 + (client.clockOffset ?? 0);
  const others = listedObjects(objects, inStack, nowSeconds);
  const text = () => [tell(listed, connection), ...tellObjects(others, stack !== undefined)].join("\n\n");
  terminal.out(args.json ? JSON.stringify([...listed, ...others], undefined, 2) : text());
  const unknown = rooms.missing.filter(({ name }) => args.live.includes(name));
  if (unknown.length === 0) return EXIT.ok;
  throw new CommandError(unknown.map(({ error }) => sayError(error.facts, from)).join("\n"));
}

function idsOf(managed: readonly StackRoom[] | undefined, type: RoomType): string[] {
  return (managed ?? []).filter((room) => room.type === type).map(({ id }) => id);
}

/** The rooms on Metered, and those of the stack that are not there. */
function listedRooms({ found, missing }: Rooms, managed: readonly StackRoom[] | undefined): ListedRoom[] {
  const onMetered = found.map((each) => listedRoom(each, managed));
  const gone = (managed ?? []).filter(({ type, id }) => !found.some((each) => isRoom(each, type, id)));
  const rest = gone.map(({ type, id, resource, outputs }) => {
    const isOver = isFinished(knownIn(type, id, outputs).settings, Date.now() / 1000);
    const isUnknown = missing.some(
      (each) => each.type === type && each.name === id && isCause(each.error, "RoomStatusUnknown"),
    );
    const absence = isOver ? ({ over: true } as const) : isUnknown ? ({ unknown: true } as const) : {};
    return { name: id, kind: type.name, privacy: null, expireUnixSec: null, archived: null, ...absence, resource };
  });
  return [...onMetered, ...rest];
}

function listedRoom({ type, room }: FoundRoom, managed: readonly StackRoom[] | undefined): ListedRoom {
  const { privacy, expireUnixSec } = shownIn(type, room);
  // An archived room is not the stack's: that one, if there is one, has its name today.
  const inStack = room.archived ? undefined : managed?.find((each) => each.type === type && each.id === room.roomName);
  return {
    name: room.roomName,
    kind: type.name,
    privacy: typeof privacy === "string" ? privacy : null,
    expireUnixSec: typeof expireUnixSec === "number" ? expireUnixSec : null,
    archived: room.archived,
    ...(managed === undefined ? {} : { resource: inStack?.resource ?? null }),
  };
}

function isRoom({ type, room }: FoundRoom, wanted: RoomType, name: string): boolean {
  return type === wanted && room.roomName === name && !room.archived;
}

function tell(rooms: readonly ListedRoom[], { account, stack }: Connection): string {
  const headings = ["NAME", "KIND", "PRIVACY", "EXPIRES", "ARCHIVED", ...(stack ? ["IN THE STACK"] : [])];
  const rows = rooms.map((room) => [
    room.name,
    room.kind === meetingRoom.name ? "meeting" : "live",
    room.privacy ?? "",
    room.expireUnixSec === null ? "" : shownTime(room.expireUnixSec),
    archivedCell(room),
    ...(stack ? [room.resource ?? "no"] : []),
  ]);
  if (rows.length === 0) return `Metered app ${quoted(account.appName)} has no meeting rooms.`;
  const absences = new Set(rooms.map(archivedCell));
  const advice = Object.entries(ADVICE).filter(([absence]) => absences.has(absence));
  return [table(headings, rows), ...advice.map(([, text]) => text)].join("\n\n");
}

/** What it means that a room of the stack is not on Metered. */
const ADVICE: Readonly<Record<string, string>> = {
  gone: "gone: the room is in the stack but not on Metered. pulumi refresh removes it from the stack.",
  over: "over: the room expired and was deleted (deleteOnExp). It stays in the stack until you remove it from the program.",
  unknown:
    "unknown: Metered's response doesn't say whether the room exists. To learn why, run npx pulumi-metered explain RoomStatusUnknown.",
};

function archivedCell({ archived, over, unknown }: ListedRoom): string {
  if (archived === null) return over ? "over" : unknown ? "unknown" : "gone";
  return archived ? "yes" : "no";
}
