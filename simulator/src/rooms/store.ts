import type { Keeper } from "../storage/keeper";
import type { Switches } from "../switches/table";
import { sameName } from "./names";
import type { RoomKind, StoredRoom } from "./types";

type NameCase = Switches["nameCase"];
type Room = Readonly<StoredRoom>;

/**
 * All rooms, archived ones included, in the order in which they were created. Every change goes through here. Names and
 * ids have an index each, so that a hundred thousand rooms are as quick as one.
 */
export class RoomStore {
  readonly #rooms = new Set<StoredRoom>();
  readonly #byName = new Map<string, Set<StoredRoom>>();
  readonly #byId = new Map<string, StoredRoom>();
  readonly #expiring = new Set<StoredRoom>();
  /** No room is to be deleted before, in Unix seconds: so that a request need not look at every room. */
  #earliest = Number.POSITIVE_INFINITY;
  #all: StoredRoom[] | undefined;

  constructor(private readonly keeper: Keeper) {
    for (const room of keeper.initial.rooms) this.#put(room);
  }

  get all(): readonly Room[] {
    this.#all ??= [...this.#rooms];
    return this.#all;
  }

  /** Rooms that are to be deleted by now. */
  due(now: number): Room[] {
    if (now < this.#earliest * 1000) return [];
    const due: Room[] = [];
    this.#earliest = Number.POSITIVE_INFINITY;
    for (const room of this.#expiring) {
      const expiry = Number(room.settings.expireUnixSec);
      if (expiry * 1000 <= now) due.push(room);
      this.#earliest = Math.min(this.#earliest, expiry);
    }
    return due;
  }

  /** All rooms of a name, oldest first. */
  named(kind: RoomKind, name: string, nameCase: NameCase = "kept"): Room[] {
    const candidates = [...(this.#byName.get(keyOf({ kind, roomName: name })) ?? [])];
    return candidates.filter((room) => sameName(room.roomName, name, nameCase));
  }

  /** The newest room with a name, the one in use before archived ones. */
  find(kind: RoomKind, name: string, nameCase: NameCase = "kept"): Room | undefined {
    const named = this.named(kind, name, nameCase);
    return named.findLast((room) => !room.archived) ?? named.at(-1);
  }

  findById(id: string): Room | undefined {
    return this.#byId.get(id);
  }

  add(room: StoredRoom): Room {
    this.#put(room);
    this.keeper.keep("rooms", room);
    return room;
  }

  change(room: Room, changes: Partial<StoredRoom>): Room {
    const stored = this.#byId.get(room._id);
    if (stored === undefined) return room;
    const before = keyOf(stored);
    this.#forgetExpiry(stored);
    Object.assign(stored, changes);
    this.#noteExpiry(stored);
    if (keyOf(stored) !== before) {
      this.#unfile(stored, before);
      this.#file(stored);
    }
    this.keeper.keep("rooms", stored);
    return stored;
  }

  remove(gone: Room): void {
    const stored = this.#byId.get(gone._id);
    if (stored === undefined) return;
    this.#forgetExpiry(stored);
    this.#unfile(stored, keyOf(stored));
    this.#rooms.delete(stored);
    this.#byId.delete(stored._id);
    this.#all = undefined;
    this.keeper.removed("rooms", stored);
  }

  #put(room: StoredRoom): void {
    this.#rooms.add(room);
    this.#byId.set(room._id, room);
    this.#all?.push(room);
    this.#file(room);
    this.#noteExpiry(room);
  }

  #file(room: StoredRoom): void {
    const named = this.#byName.get(keyOf(room));
    if (named === undefined) this.#byName.set(keyOf(room), new Set([room]));
    else named.add(room);
  }

  #unfile(room: StoredRoom, key: string): void {
    const named = this.#byName.get(key);
    named?.delete(room);
    if (named?.size === 0) this.#byName.delete(key);
  }

  #noteExpiry(room: StoredRoom): void {
    if (room.archived) return;
    const { deleteOnExp, expireUnixSec } = room.settings;
    if (deleteOnExp !== true || typeof expireUnixSec !== "number") return;
    this.#expiring.add(room);
    this.#earliest = Math.min(this.#earliest, expireUnixSec);
  }

  #forgetExpiry(room: StoredRoom): void {
    this.#expiring.delete(room);
  }
}

// Spellings of one name are filed together; whether they are the same is a switch.
function keyOf({ kind, roomName }: Pick<StoredRoom, "kind" | "roomName">): string {
  return `${kind} ${roomName.toLowerCase()}`;
}
