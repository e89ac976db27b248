import { callAbout } from "../core/callAbout";
import { type Call, type MeteredError, NoConnection, UnreadableReply } from "../core/errors";
import { describeRoom, type RoomType, type Settings } from "../core/field";
import { mayQuote } from "../core/kinds";
import { sameName } from "../core/names";
import type { RoomApi, RoomReply } from "../core/roomApi";
import type { Account } from "./account";
import { type Limits, Patience } from "./patience";
import { confirmDelete, errorFor, jsonOf, type MarkedCall, roomIn, roomOf } from "./replies";
import { Broken, type Reply, type Request, Transport } from "./transport";

const PATHS: Readonly<Record<RoomType["name"], string>> = {
  MeetingRoom: "/room",
  LiveStreamingRoom: "/realtimelivestreaming/room",
};

/** The Metered API for one app: one function per endpoint, every error by cause, the key in none of them. */
export class MeteredClient {
  private readonly transport: Transport;
  /** Undefined once the rooms could be listed; else what came instead. */
  private proof: Promise<Answer | undefined> | undefined;

  constructor(
    private readonly account: Account,
    transport?: Transport,
  ) {
    this.transport = transport ?? new Transport(account);
  }

  /** The endpoints for the rooms of one kind. */
  rooms(type: RoomType, limits?: Limits): RoomApi & { tries(): Patience } {
    const path = PATHS[type.name];
    const at = (name: string) => `${path}/${encodeURIComponent(name)}`;
    const call = (action: Call["action"], name: string, body: Settings = {}): MarkedCall => ({
      ...callAbout(action, type, name, this.account.appName),
      name,
      changes: action !== "read",
      secrets: [this.account.secretKey, ...secretsIn(type, body)],
    });
    const ask = async (marked: MarkedCall, request: Request, patience = this.transport.patience(limits)) => {
      const reply = await this.send(marked, request, patience);
      return { reply, tries: patience.count };
    };
    const room = async (marked: MarkedCall, name: string, request: Request, patience?: Patience) => {
      const { reply, tries } = await ask(marked, request, patience);
      return sameRoom(marked, name, roomIn(marked, reply, tries));
    };
    return {
      appName: this.account.appName,
      origin: this.account.origin,
      tries: () => this.transport.patience(limits),
      create: (name, settings, tries) => {
        const body = { roomName: name, ...settings };
        return room(
          call("create", name, settings),
          name,
          { method: "POST", path, body },
          tries instanceof Patience ? tries : undefined,
        );
      },
      get: (name) => room(call("read", name), name, { method: "GET", path: at(name) }),
      update: (name, settings) =>
        room(call("update", name, settings), name, { method: "PUT", path: at(name), body: settings }),
      delete: async (name) => {
        const marked = call("delete", name);
        const { reply, tries } = await ask(marked, { method: "DELETE", path: at(name) });
        confirmDelete(marked, reply, tries);
      },
      proveAccount: (name) => this.proveAccount(describeRoom(type, name)),
    };
  }

  /**
   * Asked once, a failure is asked again.
   *
   * @param subject the room whose absence is believed once app and key have turned out to be right
   * @throws the cause when app, key or connection are not right
   */
  async proveAccount(subject = ""): Promise<void> {
    this.proof ??= this.askForList().then((answer) => (isList(answer) ? undefined : answer));
    const failed = await this.proof;
    if (!failed) return;
    this.proof = undefined;
    // One answer for all who wait for it, but each is told of its own room.
    roomsIn(this.listCall(subject), failed);
  }

  /** All meeting rooms of the app, in the order of the API, with archived ones where it lists them. */
  async meetingRooms(): Promise<RoomReply[]> {
    return (await this.list()).map((entry) => {
      const room = roomOf(entry, undefined);
      if (!room) throw new UnreadableReply(this.listCall(), "lists something that is not a room", false);
      return room;
    });
  }

  /** All meeting rooms of the app, as the API lists them. */
  async list(): Promise<unknown[]> {
    return roomsIn(this.listCall(), await this.askForList());
  }

  private async askForList(): Promise<Answer> {
    const patience = this.transport.patience();
    const request = this.transport.send({ method: "GET", path: "/rooms" }, patience);
    const outcome = await request.catch((error: unknown) => {
      if (error instanceof Broken) return error;
      throw error;
    });
    return { outcome, tries: patience.count };
  }

  private listCall(subject = ""): MarkedCall {
    const { appName, secretKey } = this.account;
    return { action: "list", name: "", subject, appName, isLive: false, changes: false, secrets: [secretKey] };
  }

  private async send(call: MarkedCall, request: Request, patience: Patience): Promise<Reply> {
    try {
      return await this.transport.send(request, patience);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      throw brokenCall(call, error, patience.count);
    }
  }
}

/** What came of asking for the rooms, after so many tries. */
interface Answer {
  readonly outcome: Reply | Broken;
  readonly tries: number;
}

function isList({ outcome }: Answer): boolean {
  return !(outcome instanceof Broken) && outcome.status === 200 && Array.isArray(jsonOf(outcome));
}

function roomsIn(call: MarkedCall, { outcome, tries }: Answer): unknown[] {
  if (outcome instanceof Broken) throw brokenCall(call, outcome, tries);
  if (outcome.status !== 200) throw errorFor(call, outcome, tries);
  const rooms = jsonOf(outcome);
  if (!Array.isArray(rooms)) throw new UnreadableReply(call, "is not a list of rooms", false);
  return rooms;
}

function brokenCall(call: MarkedCall, { problem, neverSent }: Broken, tries: number): MeteredError {
  return new NoConnection(call, problem, tries, call.changes && !neverSent);
}

/** A reply about another room is no answer: taking it for one would put a stranger's room into the state. */
function sameRoom(call: MarkedCall, name: string, room: RoomReply): RoomReply {
  if (sameName(name, room.roomName)) return room;
  throw new UnreadableReply(call, "is about another room", call.changes);
}

/** What of the settings no message may repeat: stream keys, and addresses, which may hide a token. */
function secretsIn(type: RoomType, settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const field = type.fields[name];
    return field && !mayQuote(field) && typeof value === "string" ? [value] : [];
  });
}
