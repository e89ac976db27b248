import type { Counts } from "../../notes";
import { UNKNOWN } from "../../schema/kinds";
import { claimBy, type Difference, diff } from "../diff";
import { isRename, nameInState } from "../name";
import { nowSeconds, type Place } from "../place";
import type { KnownRoom, WantedRoom } from "../room";

/** The rooms of a set by their keys, as the state knows them and as the program declares them. */
export type KnownRooms = ReadonlyMap<string, KnownRoom>;
export type WantedRooms = ReadonlyMap<string, WantedRoom>;

/** What becomes of one room of a set. */
export type Step =
  | { readonly step: "create"; readonly key: string; readonly wanted: WantedRoom }
  | Matched
  | { readonly step: "delete"; readonly key: string; readonly known: KnownRoom };

/**
 * A room that is there, and what is wanted of it. `keep`: nothing is sent. `rename`: another room is created under the new
 * name, and this one is deleted afterwards. `recreate`: this one is over, so it is deleted first.
 */
export interface Matched {
  readonly step: "keep" | "update" | "rename" | "recreate";
  readonly key: string;
  /** The key that the state has it under. */
  readonly from: string;
  readonly known: KnownRoom;
  readonly wanted: WantedRoom;
  readonly found: Difference;
}

/**
 * Compares what the program declares with what the state says of the rooms, without any call. A room stays the same as
 * long as its key and its name do; otherwise as long as its name does, under whatever key: names change hands within a
 * set without a request.
 *
 * @throws MeteredError `AppChanged`
 */
export function planOf(place: Pick<Place, "type" | "api" | "now">, known: KnownRooms, wanted: WantedRooms): Step[] {
  const left = new Map(known);
  const steps = new Map<string, Step>();
  const match = (key: string, from: string, room: KnownRoom, declared: WantedRoom): Step => {
    left.delete(from);
    return matched(place, key, from, room, declared);
  };
  for (const [key, declared] of wanted) {
    const own = known.get(key);
    if (own && !isRename(own.name, declared.name)) steps.set(key, match(key, key, own, declared));
  }
  const byName = new Map([...left].map((each) => [each[1].name.actual.toLowerCase(), each]));
  for (const [key, declared] of [...wanted].filter(([each]) => !steps.has(each))) {
    const found = byName.get(declared.name.wanted.toLowerCase());
    if (found && left.has(found[0])) steps.set(key, match(key, ...found, declared));
  }
  const inOrder = [...wanted].map(([key, declared]): Step => {
    const own = left.get(key);
    return steps.get(key) ?? (own ? match(key, key, own, declared) : { step: "create", key, wanted: declared });
  });
  return [...inOrder, ...[...left].map(([key, room]): Step => ({ step: "delete", key, known: room }))];
}

function matched(
  place: Pick<Place, "type" | "api" | "now">,
  key: string,
  from: string,
  known: KnownRoom,
  wanted: WantedRoom,
): Matched {
  const found = diff(place, known, wanted, nowSeconds(place));
  return { step: stepFor(known, wanted, found), key, from, known, wanted, found };
}

function stepFor(known: KnownRoom, wanted: WantedRoom, { changed, replaces }: Difference): Matched["step"] {
  if (isRename(known.name, wanted.name)) return "rename";
  if (replaces.length > 0) return "recreate";
  return changed.length > 0 ? "update" : "keep";
}

/** Whether anything is to be done, be it only to the state. */
export function isAnyChange(steps: readonly Step[]): boolean {
  return steps.some((each) => each.step !== "keep" || each.from !== each.key || isRespelled(each));
}

/** The state of a set has the name alone, and tells by it whether it is a generated one. */
function isRespelled({ known, wanted }: Matched): boolean {
  return nameInState({ ...known.name, ...wanted.name }) !== nameInState(known.name);
}

/**
 * Notes what a plan means for the claims of this run.
 *
 * @throws MeteredError `NameUsedTwice` when another resource of the program has one of the rooms, too
 */
export function claimPlan(place: Place, steps: readonly Step[]): void {
  const { type, claims, owner } = place;
  // As long as a name isn't known, what seems to be removed may be what is to have it.
  const isUndecided = steps.some((each) => each.step !== "delete" && each.wanted.name.wanted === UNKNOWN);
  for (const each of steps) {
    // The inputs of the last run name rooms that may have failed, but there is no room here.
    if (each.step === "create" || each.step === "rename") claims.undeclare(type, each.wanted.name.wanted, owner);
    if (each.step === "create") continue;
    if (each.step !== "delete") claimBy(place, each.known, each.wanted, each.found);
    else if (!isUndecided && each.known.roomId !== undefined && !isOthers(place, each.known)) {
      const { roomId, name } = each.known;
      claims.depart({ type, roomId, name: name.actual, owner, newName: undefined, removed: each.known });
    }
  }
}

/** Whether another resource of the program says that a room is its own: an interrupted run may have handed it on. */
export function isOthers({ claims, owner }: Pick<Place, "claims" | "owner">, { roomId }: KnownRoom): boolean {
  const claim = roomId === undefined ? undefined : claims.claimOf(roomId);
  return claim !== undefined && (claim.how === "adopted" || claim.owner !== owner);
}

/** @param retain whether rooms that leave the set stay on Metered */
export function countsOf(steps: readonly Step[], retain: boolean): Counts {
  const count = (...kinds: Step["step"][]) => steps.filter(({ step }) => kinds.includes(step)).length;
  return {
    create: count("create"),
    update: count("update"),
    replace: count("rename", "recreate"),
    delete: retain ? 0 : count("delete"),
    leave: retain ? count("delete") : 0,
    unchanged: count("keep"),
  };
}
