import { isSame } from "../schema/check";
import { UNKNOWN } from "../schema/kinds";
import { type KnownObject, refuseOtherApp, type WantedObject } from "./known";
import { type ObjectType, objectSubject } from "./objectType";
import type { ObjectPlace } from "./place";
import { EXPIRES_AT, isDue, serverTime } from "./rotation";

/** What a change of the program, or of the time, means for an object. */
export interface ObjectDifference {
  /** Names of the inputs that differ: changed, added, removed or not known yet. */
  readonly changed: readonly string[];
  /** Names of inputs and outputs for which the object has to be replaced. */
  readonly replaces: readonly string[];
  /** Whether it has to be replaced although no input differs: its time is up, or it was switched off outside Pulumi. */
  readonly isDue: boolean;
  /** Whether an output is missing that an update will get, although no input differs. */
  readonly isIncomplete: boolean;
}

/**
 * Compares what the program declares with what the state says of the object, without any call. A replacement is always
 * created before the old object goes.
 *
 * @throws MeteredError `AppChanged` when the state belongs to another app than the configured one
 */
export function differenceOf(place: ObjectPlace, known: KnownObject, wanted: WantedObject): ObjectDifference {
  refuseOtherApp(place, known, "update");
  const { type } = place;
  const changed = Object.keys(type.fields).filter((name) => {
    return !isSame(known.settings[name], wanted[name]) || wanted[name] === UNKNOWN;
  });
  const replacing = changed.filter((name) => type.fields[name]?.replaces);
  const due = isDue(known, wanted, serverTime(place, known));
  const replaces = [...replacing, ...(due ? [EXPIRES_AT] : []), ...(known.isDisabled ? ["username"] : [])];
  return { changed, replaces, isDue: due || known.isDisabled, isIncomplete: missingOutputs(type, known).length > 0 };
}

/** Tells why an object is replaced for which the program asks nothing new. */
export function noteRotation(place: ObjectPlace, known: KnownObject, { isDue: isReplaced }: ObjectDifference): void {
  if (!isReplaced) return;
  const subject = objectSubject(place.type, known.settings);
  const { [EXPIRES_AT]: expiresAt } = known.facts;
  if (known.isDisabled) place.tell({ note: "disabled", subject });
  else if (typeof expiresAt === "number")
    place.tell({ note: "rotation", subject, expiresAt, isOver: expiresAt <= serverTime(place, known) });
}

/** What a create couldn't get. A refresh takes away Pulumi's own note of that. */
function missingOutputs({ outputs }: ObjectType, { facts, origin }: KnownObject): string[] {
  if (origin === "lookup") return [];
  return Object.keys(outputs).filter((name) => outputs[name]?.kind === "iceServers" && facts[name] === undefined);
}
