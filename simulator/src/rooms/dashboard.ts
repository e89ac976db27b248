import type { Clock } from "../clock";
import { newId } from "../identifiers";
import type { RoomStore } from "./store";
import type { RoomKind, Setting, Settings, StoredRoom } from "./types";

/** The sentence that a person reads when a room to be edited is not there. */
export class NoSuchRoomError extends Error {}

/** `null` removes a setting. */
export type SettingChanges = Readonly<Record<string, Setting | null>>;

/** What people do to rooms behind a program's back: nothing is validated. */
export class Dashboard {
  constructor(
    private readonly store: RoomStore,
    private readonly clock: Clock,
  ) {}

  add(kind: RoomKind, roomName: string, settings: Settings = {}): StoredRoom {
    const now = this.clock.now();
    const created = new Date(now).toISOString();
    const state = { archived: false, currentlyBroadcasting: false };
    return copy(this.store.add({ kind, _id: newId(now), roomName, created, ...state, settings: { ...settings } }));
  }

  edit(kind: RoomKind, name: string, changes: SettingChanges): StoredRoom {
    const room = this.#find(kind, name);
    const edited = Object.entries({ ...room.settings, ...changes }).filter(([, value]) => value !== null);
    return copy(this.store.change(room, { settings: Object.fromEntries(edited) as Settings }));
  }

  archive(kind: RoomKind, name: string): StoredRoom {
    return copy(this.store.change(this.#find(kind, name), { archived: true }));
  }

  /** Archives the room, if it is not yet, and makes another one with its name and settings. */
  recreate(kind: RoomKind, name: string): StoredRoom {
    const { roomName, settings } = this.archive(kind, name);
    return this.add(kind, roomName, settings);
  }

  setBroadcasting(name: string, currentlyBroadcasting: boolean): StoredRoom {
    return copy(this.store.change(this.#find("live", name), { currentlyBroadcasting }));
  }

  #find(kind: RoomKind, name: string): Readonly<StoredRoom> {
    const room = this.store.find(kind, name);
    if (room === undefined) throw new NoSuchRoomError(`There is no ${kind} room "${name}".`);
    return room;
  }
}

// What leaves the store is a copy: its rooms change through it alone.
function copy(room: Readonly<StoredRoom>): StoredRoom {
  return structuredClone(room);
}
