import assert from "node:assert/strict";
import type { Simulator, StoredRoom } from "metered-simulator";
import type { Bag } from "../../provider/src/pulumi/state";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Outcome } from "../reliability/engine";
import { type Attempt, exceptions } from "../reliability/exceptions";
import { isAbout } from "../reliability/ownership";
import type { Resource } from "../reliability/resource";

/** Why a run may fail although nothing went wrong on the way, and what the user then reads. */
export interface Excuse {
  readonly error: string;
  readonly says: RegExp;
}

const NAME_TAKEN: Excuse = {
  error: "NameTaken",
  says: /already has a room with that (auto-generated )?name[\s\S]*It was not changed[\s\S]*roomName/,
};
/** Of a room whose name another one of the program has, or is to give up. */
export const USED_TWICE: Excuse = { error: "NameUsedTwice", says: /another resource|resource "room-\d"/ };
const IN_LOWER_CASE: Excuse = {
  error: "NamePossiblyTaken",
  says: /name is taken by room ".*"\. It was not changed[\s\S]*import/,
};
const MADE_ANEW: Excuse = {
  error: "RoomReplacedOutside",
  says: /another room with that name[\s\S]*choose another roomName/,
};
const MISSING: Excuse = { error: "RoomNotFound", says: /run pulumi refresh, then pulumi up/ };

/** What a run of one room meets on the server. */
export class Circumstances {
  constructor(
    private readonly simulator: Simulator,
    private readonly type: RoomType,
  ) {}

  /** Why a create may fail; `old` is the room that it replaces, and that goes first. */
  ofCreate(program: Bag, mayAdopt: boolean, old?: Resource): Excuse[] {
    const name = String(program.roomName);
    const isMade = program.__auto === name;
    const [living, archived] = this.named(name, old && this.ours(old));
    const excuses = living > 0 && !mayAdopt ? [NAME_TAKEN] : [];
    // What only its lower case leads to may be another room: without a reason nobody can tell.
    const { nameCase, duplicateName } = this.simulator.switches;
    const isRefusedBarely = nameCase === "lowered exact" && duplicateName === "400 bare";
    const invalid = /[A-Z]/.test(name) ? this.lines("create with upper case in the name") : [];
    if (/[A-Z]/.test(name) && this.living(name.toLowerCase()).length > 0 && (isRefusedBarely || invalid.length > 0)) {
      excuses.push(IN_LOWER_CASE);
    }
    // Of a made name the next number is taken, as long as it is the name that Metered objects to.
    const isStuck = !isMade || (living + archived >= 3 && this.simulator.switches.duplicateName === "400 bare");
    const [others, othersArchived] = this.named(name, undefined, this.otherKind);
    const isShared = this.simulator.switches.nameScope === "shared";
    if (isStuck && (archived > 0 || (isShared && othersArchived > 0))) {
      excuses.push(...this.lines("create under a name that an archived room had"));
    }
    if (!isMade && others > 0) excuses.push(...this.lines("create under the name of a room of the other kind"));
    return [...excuses, ...invalid];
  }

  /** Why a create may fail under a name that another room gives up in this very run. */
  ofHandOver(): Excuse[] {
    return this.lines("create under a name that an archived room had");
  }

  /** Why a delete may fail of a room that the state has twice: it's gone by then. */
  ofSecondDelete(): Excuse[] {
    return this.lines("look for a room that is missing");
  }

  /** Why a create may fail, where the program gives its name to a room of the other kind, too. */
  besideOtherKind(): Excuse[] {
    return this.lines("create under the name of a room of the other kind");
  }

  /** Why an update may fail. */
  ofUpdate(state: Resource, mayAdopt: boolean): Excuse[] {
    if (this.ours(state)) return [];
    const [living] = this.named(state.id);
    if (living > 0) return mayAdopt ? [] : [MADE_ANEW];
    return [MISSING, ...this.ofLook(state)];
  }

  /** Why a look at a room may fail. */
  ofLook(state: Resource): Excuse[] {
    return this.ours(state) ? [] : this.lines("look for a room that is missing");
  }

  ofDelete(state: Resource): Excuse[] {
    return this.ours(state) ? this.lines("delete") : this.ofLook(state);
  }

  /** The living room that the state is about. */
  ours(state: Resource): StoredRoom | undefined {
    return this.simulator.rooms.find((room) => !room.archived && isAbout(state, this.type, room));
  }

  /** Living rooms that have a name, in the server's eyes. */
  living(name: string): StoredRoom[] {
    return this.all(name, this.kind).filter(({ archived }) => !archived);
  }

  /** How many rooms have a name: living ones, and archived ones, of which one may be about to be. */
  private named(name: string, ending?: StoredRoom, kind = this.kind): [number, number] {
    const all = this.all(name, kind);
    const living = all.filter(({ archived, _id }) => !archived && _id !== ending?._id);
    return [living.length, all.length - living.length];
  }

  private all(name: string, kind: StoredRoom["kind"]): StoredRoom[] {
    const spelled = this.simulator.switches.nameCase === "kept" ? (text: string) => text : lower;
    return this.simulator.rooms.filter((room) => room.kind === kind && spelled(room.roomName) === spelled(name));
  }

  private get kind(): StoredRoom["kind"] {
    return this.type.name === "MeetingRoom" ? "meeting" : "live";
  }

  private get otherKind(): StoredRoom["kind"] {
    return this.kind === "meeting" ? "live" : "meeting";
  }

  private lines(attempt: Attempt): Excuse[] {
    const { switches } = this.simulator;
    return exceptions
      .filter((line) => line.attempt === attempt && line.when(switches, this.type))
      .map((line) => ({ error: line.error(switches, this.type), says: line.says }));
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** A run may only fail for a reason that there is, and must say it. */
export function assertExcused({ error, text }: Outcome, excuses: readonly Excuse[], what: string): void {
  if (!error) return;
  const excuse = excuses.find((each) => each.error === error.name && each.says.test(text));
  const known = excuses.map((each) => `${each.error} ${each.says}`).join(", ") || "nothing";
  assert.ok(excuse, `${what} failed with ${error.name}: ${text}\nIt may fail with ${known}.`);
}
