import type { RoomType } from "../core/field";
import { moment } from "../core/kinds";
import { liveStreamingRoom } from "../core/liveStreamingRoom";
import { meetingRoom } from "../core/meetingRoom";
import { isFinished, shownIn } from "../core/state";
import { type Connection, connect } from "./account";
import type { ListArguments } from "./arguments";
import { CommandError, EXIT, type Exit } from "./exit";
import { type FoundRoom, type Rooms, readRooms } from "./rooms";
import { roomsIn, type StackRoom } from "./stackState";
import { table } from "./table";
import type { Terminal } from "./terminal";

/** A room in the list: this is what `--json` prints. */
interface ListedRoom {
  readonly name: string;
  readonly kind: RoomType["name"];
  readonly privacy: string | null;
  /** Unix seconds. */
  readonly expireUnixSec: number | null;
  /** `null` for a room that is in the stack and not on Metered. */
  readonly archived: boolean | null;
  /** It deleted itself when its time was over (`deleteOnExp`), as declared: it stays in the stack. */
  readonly over?: true;
  /** The resource's name, `null` when the room is in no resource of the stack; absent where there is no stack. */
  readonly resource?: string | null;
}

/** `pulumi-metered list`: all rooms that can be known of. Only ever reads. */
export async function listCommand(terminal: Terminal, args: ListArguments): Promise<Exit> {
  const connection = await connect(terminal, args);
  const managed = connection.stack && roomsIn(connection.stack.state, connection.account.appName);
  const live = [...args.live, ...idsOf(managed, liveStreamingRoom)];
  const rooms = await readRooms(connection.client, { all: true, names: [], live }, terminal.progress);
  const listed = listedRooms(rooms, managed);
  terminal.out(args.json ? JSON.stringify(listed, undefined, 2) : tell(listed, connection));
  const unknown = rooms.missing.filter(({ name }) => args.live.includes(name));
  if (unknown.length > 0) throw new CommandError(unknown.map(({ reason }) => reason).join("\n"));
  return EXIT.ok;
}

function idsOf(managed: readonly StackRoom[] | undefined, type: RoomType): string[] {
  return (managed ?? []).filter((room) => room.type === type).map(({ id }) => id);
}

/** The rooms on Metered, and those of the stack that are not there. */
function listedRooms({ found }: Rooms, managed: readonly StackRoom[] | undefined): ListedRoom[] {
  const onMetered = found.map((each) => listedRoom(each, managed));
  const gone = (managed ?? []).filter(({ type, id }) => !found.some((each) => isRoom(each, type, id)));
  const rest = gone.map(({ type, id, resource, outputs }) => {
    const over = isFinished(outputs, Date.now() / 1000) ? ({ over: true } as const) : {};
    return { name: id, kind: type.name, privacy: null, expireUnixSec: null, archived: null, ...over, resource };
  });
  return [...onMetered, ...rest];
}

function listedRoom({ type, room }: FoundRoom, managed: readonly StackRoom[] | undefined): ListedRoom {
  const { privacy, expireUnixSec } = shownIn(type, room.body);
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
    room.expireUnixSec === null ? "" : moment(room.expireUnixSec),
    archivedCell(room),
    ...(stack ? [room.resource ?? "no"] : []),
  ]);
  if (rows.length === 0) return `The Metered app ${account.appName} has no meeting rooms.`;
  const absences = new Set(rooms.map(archivedCell));
  const advice = Object.entries(ADVICE).filter(([absence]) => absences.has(absence));
  return [table(headings, rows), ...advice.map(([, text]) => text)].join("\n\n");
}

/** What it means that a room of the stack is not on Metered. */
const ADVICE: Readonly<Record<string, string>> = {
  gone: "A room that is gone is in the stack and not on Metered: pulumi refresh drops it.",
  over: "A room that is over has deleted itself, as declared (deleteOnExp): it stays in the stack until the program drops it.",
};

function archivedCell({ archived, over }: ListedRoom): string {
  if (archived === null) return over ? "over" : "gone";
  return archived ? "yes" : "no";
}
