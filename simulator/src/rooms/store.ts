import type { Switches } from "../switches/table";
import type { RoomFile } from "./file";
import { sameName } from "./names";
import type { RoomKind, StoredRoom } from "./types";

type NameCase = Switches["nameCase"];

/** All rooms, archived ones included, in the order in which they were made. Every change goes through here. */
export class RoomStore {
  #rooms: StoredRoom[];
  #changed = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly file?: RoomFile) {
    this.#rooms = file?.load() ?? [];
  }

  get all(): readonly Readonly<StoredRoom>[] {
    return this.#rooms;
  }

  /** The newest room with a name, the one in use before archived ones. */
  find(kind: RoomKind, name: string, nameCase: NameCase = "kept"): Readonly<StoredRoom> | undefined {
    const named = this.#rooms.filter((room) => room.kind === kind && sameName(room.roomName, name, nameCase));
    return named.findLast((room) => !room.archived) ?? named.at(-1);
  }

  add(room: StoredRoom): Readonly<StoredRoom> {
    this.#rooms.push(room);
    this.#changed = true;
    return room;
  }

  change(room: Readonly<StoredRoom>, changes: Partial<StoredRoom>): Readonly<StoredRoom> {
    this.#changed = true;
    return Object.assign(room, changes);
  }

  remove(gone: Readonly<StoredRoom>): void {
    this.#rooms = this.#rooms.filter((room) => room !== gone);
    this.#changed = true;
  }

  /** To be awaited before an answer that says that something was changed. */
  async saved(): Promise<void> {
    if (this.#changed && this.file !== undefined) {
      this.#changed = false;
      this.#saving = this.file.save(() => this.#rooms);
    }
    try {
      await this.#saving;
    } catch (error) {
      this.#changed = true;
      throw error;
    }
  }
}
