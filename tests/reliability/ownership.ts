import assert from "node:assert/strict";
import type { RoomKind, Simulator, StoredRoom } from "metered-simulator";
import { assertNoSecrets } from "../support/canary";
import type { Engine, Outcome } from "./engine";
import type { Resource } from "./resource";

/** Whose the rooms on a server are, as far as one stack goes, and the promises that hold after every run of it. */
export class Ownership {
  /** Rooms that the stack has nothing to do with, as they were left: any change of them is a fault. */
  private readonly others = new Map<string, StoredRoom>();
  /** Rooms of this stack that the user was told about, and knows to live without being in the state. */
  private readonly known = new Set<string>();

  constructor(private readonly simulator: Simulator) {}

  /** Whatever there is on the server now is none of the stack's business. */
  newStack(): void {
    this.known.clear();
    this.others.clear();
    for (const room of this.simulator.rooms) this.others.set(room._id, room);
  }

  /** All rooms of the stack that live. */
  get own(): StoredRoom[] {
    return this.simulator.rooms.filter(({ _id, archived }) => !archived && !this.others.has(_id));
  }

  /** The user knows of the stack's rooms, so that they may leave the state. */
  mayLose(rooms: readonly StoredRoom[] = this.own): void {
    for (const { _id } of rooms) this.known.add(_id);
  }

  isKnown(roomId: string): boolean {
    return this.known.has(roomId);
  }

  /** A colleague's room. */
  addOther(kind: RoomKind, name: string): StoredRoom {
    return this.isTheirs(this.simulator.addRoom(kind, name, kind === "meeting" ? { privacy: "public" } : {}));
  }

  /** A colleague deletes ours and makes another one in its place. */
  recreateOutside(kind: RoomKind, name: string): StoredRoom {
    return this.isTheirs(this.simulator.recreateRoom(kind, name));
  }

  /** Another's room that the user had taken over. */
  isOurs({ _id }: StoredRoom): void {
    this.others.delete(_id);
  }

  /** What holds after every run, of a stack whose rooms are these engines'. */
  assertAfter({ error, text }: Outcome, engines: readonly Engine[]): void {
    assertNoSecrets("a message", text);
    if (error) assertNoSecrets("an error", `${error} ${error.stack} ${error.message}`);
    this.assertOthersUntouched();
    this.assertNoneLost({ error, text }, engines);
    for (const { method, body } of this.simulator.requests) {
      if (method === "PUT") assert.ok(!Object.hasOwn(Object(body), "roomName"), "no PUT renames");
    }
  }

  isTheirs(room: StoredRoom): StoredRoom {
    this.others.set(room._id, room);
    return room;
  }

  private assertOthersUntouched(): void {
    const rooms = new Map(this.simulator.rooms.map((room) => [room._id, room]));
    for (const [_id, room] of this.others) assert.deepEqual(rooms.get(_id), room, "another's room was touched");
  }

  /** Every living room of the stack is in the state, or the user was told; and there is never a second one. */
  private assertNoneLost({ error, text }: Pick<Outcome, "error" | "text">, engines: readonly Engine[]): void {
    const lost: StoredRoom[] = [];
    for (const room of this.own) {
      if (engines.some((engine) => isInState(engine, room))) this.known.delete(room._id);
      else if (!this.known.has(room._id)) lost.push(room);
    }
    if (error?.mayHaveHappened && /may have been created\./.test(text)) this.mayLose(lost);
    else assert.deepEqual(lost, [], `rooms that nobody knows of; the run said: ${text}`);
  }
}

/** Whether an engine's state means this room. */
export function isInState({ type, resource, replaced }: Engine, room: StoredRoom): boolean {
  return [resource, ...replaced].some((kept) => kept && isAbout(kept, type, room));
}

/** Whether a state means this room. */
export function isAbout({ outputs }: Resource, type: Engine["type"], { _id, kind }: StoredRoom): boolean {
  return (kind === "meeting") === (type.name === "MeetingRoom") && outputs.roomId === _id;
}
