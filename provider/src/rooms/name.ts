import { createHash } from "node:crypto";
import { LONGEST_NAME, sameName, withoutAccents } from "../schema/names";

/** What a program wants a room to be called. */
export interface WantedName {
  /** The name, given by the program or generated. */
  readonly wanted: string;
  /** Whether the program gives no name, so that another one will do if this one isn't free. */
  readonly isGenerated: boolean;
}

/** The name of a room that exists. */
export interface RoomName extends WantedName {
  /** The name that Metered stores, which is also the Pulumi id. */
  readonly actual: string;
}

const HASH_LENGTH = 8;

/**
 * The name of a room whose program gives none: the resource's name made URL-safe, and 8 hex digits of what its URN
 * says. The same on every run and in every process, different for every URN.
 */
export function generateName(urn: {
  readonly project: string;
  readonly stack: string;
  /** Types of the parents, outermost first, joined by `$`, without the stack; empty for a room without a parent. */
  readonly parentTypes: string;
  readonly kind: string;
  readonly name: string;
}): string {
  return sluggedName(urn.name, [urn.project, urn.stack, urn.parentTypes, urn.kind, urn.name]);
}

/**
 * The name of a room of a set whose program gives none: its key made URL-safe, and 8 hex digits of the set's generated
 * name and the key.
 */
export function generateNameInSet(set: string, key: string): string {
  const id = `${set}\0${key}`;
  const known = inSets.get(id);
  if (known !== undefined) return known;
  const name = sluggedName(key, [set, key]);
  inSets.set(id, name);
  return name;
}

/** Each room of a set is asked for its name several times in a run, and a set may have ten thousand of them. */
const inSets = new Map<string, string>();

function sluggedName(words: string, identity: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(identity)).digest("hex");
  const prefix = withoutAccents(words)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_NAME - HASH_LENGTH - 1)
    .replace(/^-|-$/g, "");
  return `${prefix || "room"}-${hash.slice(0, HASH_LENGTH)}`;
}

/**
 * The names to try for a room with a generated name, when that one isn't free: `standup-1f2e3d4c`, `…-2`, `…-3`. A long
 * one gives up some of its words, not the digits that tell it apart.
 */
export function numberedName(base: string, number: number): string {
  if (number === 1) return base;
  const longest = Math.max(LONGEST_NAME, base.length);
  const end = `${base.slice(-HASH_LENGTH - 1)}-${number}`;
  const words = base.slice(0, -HASH_LENGTH - 1);
  return words.slice(0, longest - end.length).replace(/-+$/, "") + end;
}

/** Whether a name is one that a room with this generated name may have got: that name, or a numbered one. */
export function isGeneratedFrom(base: string, name: string): boolean {
  if (sameName(base, name)) return true;
  const number = Number(/-(\d+)$/.exec(name)?.[1] ?? 0);
  return number > 1 && sameName(numberedName(base, number), name);
}

/**
 * Whether two names are spellings of one: they differ in case alone. Metered may turn names into lower case, so such a
 * difference never means another room.
 */
export function isSpelling(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * Whether a room got a numbered name, because the generated one wasn't free. A server that joins words in its own way
 * has given it no other name.
 */
function isNumbered({ wanted, isGenerated, actual }: RoomName): boolean {
  return isGenerated && !sameName(wanted, actual);
}

/** The name as the state has it: as the program spells it, unless the room had to get another one. */
export function nameInState(name: RoomName): string {
  return isNumbered(name) ? name.actual : name.wanted;
}

/**
 * Whether a room would have to be called otherwise. A generated name is kept whatever name the room got by it, and a
 * spelling of the actual name is no other name. A name that the program gives must be the actual one, not the one that
 * a numbered name stands for.
 */
export function isRename(known: RoomName, wanted: WantedName): boolean {
  if (isSpelling(wanted.wanted, known.actual)) return false;
  if (isSpelling(wanted.wanted, known.wanted)) return isNumbered(known) && !wanted.isGenerated;
  return true;
}
