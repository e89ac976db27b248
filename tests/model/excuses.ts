import assert from "node:assert/strict";
import type { Simulator, StoredRoom } from "metered-simulator";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Bag } from "../../provider/src/pulumi/state";
import type { Outcome, Resource } from "../reliability/engine";
import { type Attempt, exceptions } from "../reliability/exceptions";
import { isAbout } from "../reliability/ownership";

/** Why a run may fail although nothing went wrong on the way, and what the user then reads. */
export interface Excuse {
  readonly error: string;
  readonly says: RegExp;
}

const NAME_TAKEN: Excuse = { error: "NameTaken", says: /a room of that name exists.*metered:adoptExisting true/ };
const BESIDE_OLD: Excuse = {
  error: "NameTaken",
  says: /a room of that name exists.*deleteBeforeReplace: false no room is taken over.*leave the option out/,
};
/** Of a room whose name another one of the program has. */
export const USED_TWICE: Excuse = { error: "NameUsedTwice", says: /Give one of the two another roomName/ };
const IN_LOWER_CASE: Excuse = {
  error: "PerhapsTaken",
  says: /a room ".*" exists; it was left as it is\. If that one is meant, declare its very name/,
};
const MADE_ANEW: Excuse = { error: "RoomReplacedOutside", says: /somebody made another room.*another roomName/ };
const MISSING: Excuse = { error: "RoomNotFound", says: /run pulumi refresh, then pulumi up/ };

/** What a run of one room meets on the server. */
export class Circumstances {
  constructor(
    private readonly simulator: Simulator,
    private readonly type: RoomType,
  ) {}

  /**
   * Why a create may fail; `old` is the room that it replaces.
   *
   * @param isToldOfOption whether the provider knows that the new room is to come first
   */
  ofCreate(program: Bag, mayAdopt: boolean, isToldOfOption: boolean, old?: Resource): Excuse[] {
    const name = String(program.roomName);
    const [isMade, isFirst] = [program.__auto === true, program.__createFirst === true];
    const isBeside = isFirst && isToldOfOption;
    const [living, archived] = this.named(name, old && !isFirst ? this.ours(old) : undefined);
    const isTaken = living > 0 && (!mayAdopt || isBeside) && !(isMade && isBeside);
    const excuses = isTaken ? [NAME_TAKEN, ...(isBeside ? [BESIDE_OLD] : [])] : [];
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

  /** Why a rename may be refused before anything is deleted. */
  ofRename(state: Resource, program: Bag, mayAdopt: boolean): Excuse[] {
    const name = String(program.roomName).toLowerCase();
    const isTaken = this.simulator.rooms.some(
      (room) =>
        !room.archived &&
        room.kind === this.kind &&
        room.roomName.toLowerCase() === name &&
        !isAbout(state, this.type, room),
    );
    return isTaken && !mayAdopt
      ? [{ error: "NameTaken", says: /a room of that name exists.*Nothing was deleted/ }]
      : [];
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
