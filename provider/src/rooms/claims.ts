import { Activity, type Clock, QUIET_MS } from "./activity";
import { type Announcement, type Departure, Departures } from "./departures";
import type { Owner } from "./owner";
import { nameKey, type RoomType } from "./roomType";
import { WantedNames } from "./wantedNames";

/**
 * What a resource does with a room in this run: it has created or adopted it, keeps it, changes it (which an option may
 * still turn into a replacement), or replaces it under its name.
 */
export interface Claim {
  readonly owner: Owner;
  readonly how: "created" | "adopted" | "keeps" | "changes" | "replaces";
}

/**
 * Why a room doesn't give its name up: its next room can't be created, nothing has begun, or another resource is to have
 * the name, too.
 */
export type Unmoved = "failed" | "not begun" | "rival";

/** After so long without any event, creates that wait for each other make room for others, in milliseconds. */
const CROWDED_MS = 1500;
/** After so long without any event, nothing more is to come by itself, in milliseconds. */
const STALLED_MS = 4000;

/**
 * Who claims which room in one provider process. A room belongs to at most one resource, whatever the order in which
 * Pulumi asks about them. A claim is made where the resource is known to be about the room: by name before the first
 * request, by `_id` as soon as that is known. Names of the two kinds of rooms are told apart.
 */
export class Claims {
  readonly wanted = new WantedNames();
  private readonly rooms = new Map<string, Claim>();
  private readonly departures = new Departures();
  /** Names of the rooms that the state has: whose each is, and its room as far as Pulumi has told. */
  private readonly inState = new Map<string, { readonly owner: Owner; readonly roomId: string | undefined }>();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly operations = new Map<string, number>();
  /** Resources that have waited to be told of others: as long as Pulumi has asked so often, and no more. */
  private readonly waited = new Map<string, number>();
  private readonly activity: Activity;

  constructor(clock: Clock) {
    this.activity = new Activity(clock);
  }

  /** The state has a room of this name. */
  declare(type: RoomType, name: string, owner: Owner): void {
    this.inState.set(nameKey(type, name), { owner, roomId: undefined });
    this.activity.touch();
  }

  /** The state has this room of the resource under the name. */
  locate(type: RoomType, name: string, owner: Owner, roomId: string): void {
    const key = nameKey(type, name);
    if (this.inState.get(key)?.owner === owner) this.inState.set(key, { owner, roomId });
  }

  /** The state turns out to have no such room of this resource: it could not be created. */
  undeclare(type: RoomType, name: string, owner: Owner): void {
    const key = nameKey(type, name);
    if (this.inState.get(key)?.owner === owner) this.inState.delete(key);
  }

  isDeclared(type: RoomType, name: string): boolean {
    return this.inState.has(nameKey(type, name));
  }

  /** Another resource that has this name in the state. */
  declaredByOther(type: RoomType, name: string, owner: Owner): Owner {
    const other = this.inState.get(nameKey(type, name))?.owner;
    return owner === undefined || other === owner ? undefined : other;
  }

  /**
   * Whether the state has this name for the resource that creates a room, and had another room under it. Then Pulumi
   * replaces that one, which is gone, and this may be what an interrupted run created in its place. Where nobody knows
   * resources, it's taken for that one: two that want one name are told of anyway.
   */
  hadAnotherRoom(type: RoomType, name: string, owner: Owner, roomId: string): boolean {
    const before = this.inState.get(nameKey(type, name));
    return before?.roomId !== undefined && before.roomId !== roomId && before.owner === owner;
  }

  /** A resource is about this room. The last word counts: whoever keeps a room may be told to change it. */
  claim(roomId: string, claim: Claim): void {
    this.rooms.set(roomId, claim);
    this.departures.forget(roomId);
    this.activity.touch();
  }

  /** The resource of this room is renamed, or the room is removed from its set. */
  depart(departure: Announcement): void {
    this.rooms.delete(departure.roomId);
    this.departures.announce(departure);
    this.activity.touch();
  }

  claimOf(roomId: string): Claim | undefined {
    return this.rooms.get(roomId);
  }

  /** Whether a resource has created a room in this run. */
  hasCreated(owner: string): boolean {
    return [...this.rooms.values()].some((claim) => claim.how === "created" && claim.owner === owner);
  }

  departureOf(type: RoomType, name: string): Departure | undefined {
    return this.departures.of(type, name);
  }

  /**
   * Another resource that is renamed to this name in this run. No room may go for a name that two resources want: one of
   * them would lose its room for nothing.
   */
  rivalFor(type: RoomType, name: string, owner: Owner): Owner {
    if (owner === undefined) return undefined;
    return this.departures.to(type, name).find((other) => (other.owner ?? owner) !== owner)?.owner;
  }

  /** Names of rooms that are gone for a create under this name, while their resources have no other room. */
  releasedFor(type: RoomType, name: string): string[] {
    const [own, others] = [this.departureOf(type, name), this.departures.to(type, name)];
    const gone = [...(own ? [own] : []), ...others].filter((each) => each.isHandedOver && each.state !== "created");
    return [...new Set(gone.map((each) => each.name))];
  }

  /** Deletes the room of a renamed resource, once, and lets whoever waits for its name know. */
  async handOver(departure: Departure, deleteRoom: () => Promise<void>): Promise<void> {
    departure.deletion ??= deleteRoom();
    try {
      await departure.deletion;
      departure.isHandedOver = true;
    } finally {
      departure.deletion = undefined;
      this.activity.touch();
    }
  }

  /** Runs operations on one name one after the other. */
  async inOrder<T>(type: RoomType, name: string, work: () => Promise<T>): Promise<T> {
    const key = nameKey(type, name);
    const before = this.queues.get(key) ?? Promise.resolve();
    const begin = () => this.activity.counted(work);
    const turn = before.then(begin, begin);
    this.queues.set(key, turn);
    try {
      return await turn;
    } finally {
      this.operations.set(key, (this.operations.get(key) ?? 0) + 1);
      if (this.queues.get(key) === turn) this.queues.delete(key);
    }
  }

  /** Tells from now on whether nothing more has been done under a name, so that what is seen now still holds. */
  watch(): (type: RoomType, name: string) => boolean {
    const before = new Map(this.operations);
    return (type, name) => this.operations.get(nameKey(type, name)) === before.get(nameKey(type, name));
  }

  /** Lets whoever waits for a renamed resource know how the creation of its next room goes. */
  async arriving<T>(type: RoomType, name: string, owner: Owner, work: () => Promise<T>): Promise<T> {
    const become = (state: Departure["state"]) => {
      for (const departure of this.departures.to(type, name))
        if (owner === undefined || (departure.owner ?? owner) === owner) departure.state = state;
      this.activity.touch();
    };
    become("begun");
    try {
      const result = await work();
      become("created");
      return result;
    } catch (error) {
      become("failed");
      throw error;
    }
  }

  /** Waits until the resource that gives up this name has its next room: undefined, or why it can't be expected to. */
  async departed(type: RoomType, name: string, departure: Departure, owner: Owner): Promise<Unmoved | undefined> {
    // In the end it waits for the very name itself.
    if (this.departures.isCircle(departure, (key) => this.activity.isWaiting(key))) return undefined;
    return this.activity.whileWaiting(nameKey(type, name), async () => {
      for (;;) {
        if (this.rivalFor(type, name, owner) !== undefined) return "rival";
        // Its own resource may be told to delete it before it creates the next one.
        if (departure.isHandedOver || departure.state === "created") return undefined;
        if (departure.state === "failed") return "failed";
        if (departure.state === "begun") await this.activity.nextEvent();
        // Every other create waits, too: Pulumi runs no more of them at a time, and this one has to make room.
        else if (this.activity.isCrowded && this.activity.isStill(CROWDED_MS)) return undefined;
        else if (this.activity.isStill(STALLED_MS)) return "not begun";
        else await this.activity.nextEventOrStillness(CROWDED_MS);
      }
    });
  }

  /**
   * Waits until it is known which resource of the program has the room that a create meets, or that none is going to
   * say so: Pulumi tells of no further resource as long as all the creates that it runs at a time wait. A set, which may
   * meet thousands of rooms, waits for that once, until Pulumi has something new to tell.
   */
  async told(type: RoomType, name: string, roomId: string, owner: Owner): Promise<void> {
    const { activity, waited } = this;
    const isKnown = () => this.rooms.has(roomId) || this.departureOf(type, name)?.roomId === roomId;
    const hasWaited = () => owner !== undefined && waited.get(owner) === activity.questions;
    await activity.whileWaiting(nameKey(type, name), async () => {
      while (!isKnown() && !hasWaited()) {
        // While others are under way, Pulumi may be about to tell of more as soon as it has room for them.
        if (activity.isStill(this.isRenaming ? STALLED_MS : QUIET_MS)) {
          if (owner !== undefined) waited.set(owner, activity.questions);
          return;
        }
        await activity.nextEventOrStillness(this.isRenaming ? CROWDED_MS : QUIET_MS);
      }
    });
  }

  /** Whether names change hands in this run. */
  get isRenaming(): boolean {
    return this.departures.isRenaming;
  }

  /** A room that is removed from a set is about to be deleted: from here on nobody can have it, only its name. */
  letGo(type: RoomType, name: string, roomId: string | undefined): void {
    const departure = this.departureOf(type, name);
    if (!departure || departure.roomId !== roomId || departure.newName !== undefined) return;
    departure.state = "created";
    this.activity.touch();
  }

  /** Waits until Pulumi has told of no resource for a while, so that whoever is to have a room has had time to say so. */
  quiet(): Promise<void> {
    return this.activity.quiet();
  }

  /** Pulumi has asked about a resource. */
  heard(): void {
    this.activity.heard();
  }
}
