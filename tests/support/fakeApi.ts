import { type Call, type Action as CallAction, MeteredError } from "../../provider/src/errors";
import type { Note } from "../../provider/src/notes";
import type { Clock } from "../../provider/src/rooms/activity";
import type { RoomApi, RoomReply, Tries } from "../../provider/src/rooms/api";
import { Claims } from "../../provider/src/rooms/claims";
import type { Owner } from "../../provider/src/rooms/owner";
import type { Place } from "../../provider/src/rooms/place";
import { type RoomType, subjectOf } from "../../provider/src/rooms/roomType";
import type { Settings } from "../../provider/src/schema/field";

type Body = Record<string, unknown>;
type Action = "create" | "get" | "update" | "delete" | "proveAccount";

export interface LoggedCall {
  readonly action: Action;
  readonly name: string;
  readonly settings?: Settings;
}

/** What a call does in place of its own work, which it can still have done with `work`. */
type Detour = (work: () => Promise<RoomReply>) => Promise<unknown>;

export interface PlaceOptions {
  readonly adoptExisting?: boolean;
  /** Those of another run, or of another resource in this run. */
  readonly claims?: Claims;
  readonly owner?: Owner;
}

/** The moment at which every story begins, in unix milliseconds by our clock. */
export const START = Date.UTC(2030, 0, 1);

/** No story asks so often. Without it, code that has lost its end would never let a test fail. */
const ENDLESS = 1000;

/**
 * Metered in memory, for the rooms of one kind: the API as documented, and for every call a way to have it fail, lie or
 * lose its reply (`next`). Our clock and the server's are set by the test.
 */
export class FakeApi implements RoomApi {
  readonly appName = "demo";
  readonly origin = "https://demo.metered.live";
  readonly rooms: Body[] = [];
  readonly calls: LoggedCall[] = [];
  readonly notes: Note[] = [];
  /** Our clock, in unix milliseconds. */
  now = START;
  /** How far the server's clock is ahead of ours, in milliseconds. */
  serverAhead = 0;
  /** How often a create may be tried again. */
  triesLeft = 5;
  /** How the server spells names. */
  spell = (name: string) => name;
  /** Under which spelling the server looks for a room. */
  lookUp = (name: string) => this.spell(name);
  /** What a reply shows of a room. */
  show = (body: Body): Body => body;
  /** What a call waits for before it does anything. */
  pause: (call: LoggedCall) => Promise<void> = async () => undefined;
  /** How a missing room is answered. */
  missing: "certain" | "uncertain" | "bare" = "certain";
  /** Whether PUT keeps what it is not sent. */
  put: "merges" | "replaces" = "merges";
  archivedNames: "free" | "reserved" = "free";
  /** Whether the server has a route for deletes. */
  canDelete: boolean;
  private readonly detours: { action: Action; detour: Detour }[] = [];
  private ids = 0;

  constructor(readonly type: RoomType) {
    this.canDelete = type.canDelete;
  }

  /** Has the next call of this kind, not yet spoken for, do something else. */
  next(action: Action, detour: Detour): this {
    this.detours.push({ action, detour });
    return this;
  }

  /** Has the next call of this kind fail before it has done anything. */
  failNext(action: Action, error: Error): this {
    return this.next(action, () => Promise.reject(error));
  }

  /** Has the next call of this kind do its work and lose the reply. */
  loseNext(action: Action): this {
    return this.next(action, async (work) => {
      await work();
      throw this.lost(action === "create" ? "create" : "update");
    });
  }

  /** A room that somebody made, by default long before the story. */
  addRoom(name: string, settings: Body = {}, created = START - 86_400_000): Body {
    const body = { _id: this.newId(), roomName: name, created: new Date(created).toISOString(), archived: false };
    const room = { ...body, ...settings };
    this.rooms.push(room);
    return room;
  }

  room(name: string): Body | undefined {
    return this.rooms.find((room) => room.roomName === name && room.archived !== true);
  }

  /** What has been asked of the server, in short: `GET standup`. */
  get story(): string[] {
    const verbs = { create: "POST", get: "GET", update: "PUT", delete: "DELETE", proveAccount: "LIST" };
    return this.calls.map(({ action, name }) => `${verbs[action]} ${name}`.trim());
  }

  get lastSent(): Settings {
    return this.calls.findLast((call) => call.settings)?.settings ?? {};
  }

  tries(): Tries {
    let count = 1;
    return {
      get count() {
        return count;
      },
      again: async () => {
        count++;
        return this.triesLeft-- > 0;
      },
    };
  }

  create(name: string, settings: Settings): Promise<RoomReply> {
    return this.call({ action: "create", name, settings }, () => {
      const spelled = this.spell(name);
      const isArchived = this.rooms.some((room) => room.roomName === spelled && room.archived === true);
      const isReserved = isArchived && this.archivedNames === "reserved";
      if (this.room(spelled) || isReserved) {
        throw new MeteredError({ cause: "NameTaken", how: "exists", ...this.callOf("create", name) });
      }
      return this.reply(this.addRoom(spelled, { ...settings }, this.serverTime));
    });
  }

  get(name: string): Promise<RoomReply> {
    return this.call({ action: "get", name }, () => this.reply(this.existing("read", name)));
  }

  update(name: string, settings: Settings): Promise<RoomReply | undefined> {
    return this.call({ action: "update", name, settings }, () => {
      const room = this.existing("update", name);
      if (this.put === "replaces") {
        for (const field of Object.keys(this.type.fields)) if (field !== "roomName") delete room[field];
      }
      return this.reply(Object.assign(room, settings));
    });
  }

  async delete(name: string): Promise<void> {
    await this.call({ action: "delete", name }, () => {
      if (!this.canDelete) throw this.refusal("delete", name);
      return this.reply(Object.assign(this.existing("delete", name), { archived: true }));
    });
  }

  async proveAccount(): Promise<void> {
    await this.call({ action: "proveAccount", name: "" }, () => this.reply({}));
  }

  /** "Invalid request" and no more. */
  refusal(action: CallAction, name: string): MeteredError {
    const said = "Invalid request";
    return new MeteredError({ cause: "RequestRefused", said, isBare: true, ...this.callOf(action, name) });
  }

  notFound(action: CallAction, name: string, certain = true): MeteredError {
    return new MeteredError({ cause: "RoomNotFound", certain, ...this.callOf(action, name) });
  }

  lost(action: "create" | "update", name = "standup"): MeteredError {
    const problem = "connection lost before the response was complete";
    const tried = { host: "demo.metered.live", attempts: 1, seconds: 0, mayHaveHappened: true };
    return new MeteredError({ cause: "NoConnection", problem, ...tried, ...this.callOf(action, name) });
  }

  /** What the lifecycle works with. */
  place({ adoptExisting = false, claims = this.claims(), owner }: PlaceOptions = {}): Place {
    const tell = (note: Note) => void this.notes.push(note);
    return { type: this.type, api: this, claims, owner, adoptExisting, now: () => this.now, tell };
  }

  /** Those of a new run. Its waits are over at once, by a clock that they move themselves. */
  claims(): Claims {
    const clock: Clock = {
      now: () => this.now,
      // Others get their turn, as they would in real time.
      sleep: (ms) =>
        new Promise((resolve) => {
          setImmediate(() => {
            this.now += ms;
            resolve();
          });
        }),
    };
    return new Claims(clock);
  }

  private get serverTime(): number {
    return this.now + this.serverAhead;
  }

  private async call(logged: LoggedCall, work: () => RoomReply): Promise<RoomReply> {
    if (this.calls.push(logged) > ENDLESS) throw new Error("It asks without end.");
    const index = this.detours.findIndex(({ action }) => action === logged.action);
    const [found] = index < 0 ? [] : this.detours.splice(index, 1);
    await this.pause(logged);
    const result = found ? await found.detour(async () => work()) : work();
    return result as RoomReply;
  }

  private existing(action: "read" | "update" | "delete", name: string): Body {
    const room = this.room(this.lookUp(name));
    if (room) return room;
    throw this.missing === "bare"
      ? this.refusal(action, name)
      : this.notFound(action, name, this.missing === "certain");
  }

  private reply(body: Body): RoomReply {
    const shown = this.show({ ...body });
    const created = typeof shown.created === "string" ? Date.parse(shown.created) : undefined;
    return {
      roomId: String(body._id),
      roomName: String(body.roomName),
      archived: body.archived === true,
      createdAt: created,
      answeredAt: Math.floor(this.serverTime / 1000) * 1000,
      body: shown,
    };
  }

  /** What an error says that it is about. */
  callOf(action: CallAction, name = "standup"): Call {
    return { action, subject: subjectOf(this.type, name), app: this.appName };
  }

  private newId(): string {
    return (++this.ids).toString(16).padStart(24, "0");
  }
}
