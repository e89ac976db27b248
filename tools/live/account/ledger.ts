import type { RoomKind } from "metered-simulator";
import { type Answer, verdict } from "./answer";

/** Rooms that one run may make, live rooms among them. */
export const MOST_ROOMS = 20;
/** Live rooms that one run may make: Metered documents no way to delete them. */
export const MOST_LIVE_ROOMS = 2;

export class BudgetUsedUp extends Error {
  constructor(most: number, what: string) {
    super(most === 0 ? `${what} were not allowed` : `the run has made its ${most} ${what}, and makes no more`);
  }
}

/** A room that this run made, or may have made. */
export interface Entry {
  readonly kind: RoomKind;
  /** In the server's spelling, once it is known. */
  name: string;
  /** Not deleted, as far as is known. */
  alive: boolean;
}

/** Every room of this run, written down before it is asked for. */
export class Ledger {
  readonly entries: Entry[] = [];

  /** @param mostLive live rooms that may be made: none unless the user allowed it */
  constructor(private readonly mostLive: 0 | typeof MOST_LIVE_ROOMS) {}

  /** @throws BudgetUsedUp */
  reserve(kind: RoomKind, name: string): Entry {
    if (this.entries.length >= MOST_ROOMS) throw new BudgetUsedUp(MOST_ROOMS, "rooms");
    const live = this.entries.filter((entry) => entry.kind === "live").length;
    if (kind === "live" && live >= this.mostLive) throw new BudgetUsedUp(this.mostLive, "live rooms");
    const entry = { kind, name, alive: true };
    this.entries.push(entry);
    return entry;
  }

  /** It is certain that no room was made. */
  release(entry: Entry): void {
    this.entries.splice(this.entries.indexOf(entry), 1);
  }

  settle(entry: Entry, answer: Answer): void {
    if (answer.room !== undefined) entry.name = answer.room.roomName;
    else if (verdict(answer) === "refused" || [401, 403, 404, 429].includes(answer.status)) this.release(entry);
  }

  /** An update showed a room: under another name where it was renamed, or one that nobody knew of. */
  saw(kind: RoomKind, asked: string, name: string): void {
    const entry = this.find(kind, asked) ?? this.find(kind, name);
    if (entry === undefined) this.entries.push({ kind, name, alive: true });
    else entry.name = name;
  }

  deleted(kind: RoomKind, name: string): void {
    for (const entry of this.entries) if (isNamed(entry, kind, name)) entry.alive = false;
  }

  get alive(): readonly Entry[] {
    return this.entries.filter(({ alive }) => alive);
  }

  private find(kind: RoomKind, name: string): Entry | undefined {
    return this.alive.find((entry) => isNamed(entry, kind, name));
  }
}

function isNamed(entry: Entry, kind: RoomKind, name: string): boolean {
  return entry.kind === kind && entry.name.toLowerCase() === name.toLowerCase();
}
