import type { Owner } from "./owner";
import type { KnownRoom } from "./room";
import { nameKey, type RoomType } from "./roomType";

/**
 * A room that gives its name up in this run: its resource is renamed, and it lives until its successor exists; or it is
 * removed from a set, and whoever wants its name may have the room itself.
 */
export interface Departure {
  readonly type: RoomType;
  readonly roomId: string;
  /** The room's actual name, which may be spelled otherwise than whoever is to get it spells it. */
  readonly name: string;
  readonly owner: Owner;
  /** The name that the resource's next room is to have; undefined for a room that is removed. */
  readonly newName: string | undefined;
  /** What the state says of a room that is removed. */
  readonly removed?: KnownRoom | undefined;
  /** `announced`: nothing has been done yet. `begun`: the next room is being created. */
  state: "announced" | "begun" | "created" | "failed";
  /** The deletion of the room, for whoever comes first: its resource, or who wants its name. */
  deletion?: Promise<void> | undefined;
  /** Whether the room is gone, so that its name is free. */
  isHandedOver: boolean;
}

/** What is known of a departure from the first. */
export type Announcement = Pick<Departure, "type" | "roomId" | "name" | "owner" | "newName" | "removed">;

/** The rooms that give their names up in one run: by their name, by their `_id`, and by the name of their next room. */
export class Departures {
  private readonly byName = new Map<string, Departure>();
  private readonly byRoom = new Map<string, Departure>();
  private readonly byNewName = new Map<string, Set<Departure>>();

  announce(announcement: Announcement): void {
    const { type, roomId, name, newName } = announcement;
    const departure: Departure = { ...announcement, state: "announced", isHandedOver: false };
    const key = nameKey(type, name);
    this.drop(this.byRoom.get(roomId));
    this.drop(this.byName.get(key));
    this.byName.set(key, departure);
    this.byRoom.set(roomId, departure);
    if (newName === undefined) return;
    const arrivals = nameKey(type, newName);
    this.byNewName.set(arrivals, (this.byNewName.get(arrivals) ?? new Set()).add(departure));
  }

  /** This room stays after all. */
  forget(roomId: string): void {
    this.drop(this.byRoom.get(roomId));
  }

  private drop(departure: Departure | undefined): void {
    if (!departure) return;
    const { type, roomId, name, newName } = departure;
    this.byName.delete(nameKey(type, name));
    this.byRoom.delete(roomId);
    // Whoever waits for it already must not take the next room for this one's.
    if (newName !== undefined) this.byNewName.get(nameKey(type, newName))?.delete(departure);
  }

  /** The room that gives this name up. */
  of(type: RoomType, name: string): Departure | undefined {
    return this.byName.get(nameKey(type, name));
  }

  /** The rooms whose next one is to have this name. */
  to(type: RoomType, name: string): readonly Departure[] {
    return [...(this.byNewName.get(nameKey(type, name)) ?? [])];
  }

  /** Whether names change hands, rather than only become free. */
  get isRenaming(): boolean {
    return [...this.byName.values()].some(({ newName }) => newName !== undefined);
  }

  /** Whether a departure waits, through others that wait, for the very name that it gives up. */
  isCircle({ type, name, newName }: Departure, isWaiting: (key: string) => boolean): boolean {
    const own = nameKey(type, name);
    if (newName === undefined) return false;
    for (let key = nameKey(type, newName), steps = 0; steps <= this.byName.size; steps++) {
      if (key === own) return true;
      const next = this.byName.get(key);
      if (next?.newName === undefined || !isWaiting(key)) return false;
      key = nameKey(type, next.newName);
    }
    return false;
  }
}
