import type { dynamic } from "@pulumi/pulumi";
import type { ObjectDifference } from "../../objects/difference";
import type { ObjectType } from "../../objects/objectType";
import type { Difference } from "../../rooms/diff";
import type { RoomType } from "../../rooms/roomType";
import type { SetType } from "../../rooms/set/setType";
import type { SetDifference } from "../setOperations";
import { type Bag, hasText } from "../state";

/** What the engine is told of a room's difference. */
export function roomDiff(type: RoomType, olds: Bag, found: Difference): dynamic.DiffResult {
  const { changed, replaces, isRewritten, deleteBeforeReplace } = found;
  if (changed.length === 0 && !isRewritten && hasText(type, olds)) return { changes: false };
  return changes({ deleteBeforeReplace, replaces }, hasOpen(changed, olds));
}

/** The same of an object that isn't a room: its time, too, may be up, or something be missing. */
export function objectDiff(type: ObjectType, olds: Bag, found: ObjectDifference): dynamic.DiffResult {
  const { changed, replaces, isDue, isIncomplete } = found;
  const isHidden = isDue || isIncomplete;
  if (changed.length === 0 && !isHidden && hasText(type, olds)) return { changes: false };
  return changes({ deleteBeforeReplace: false, replaces }, isHidden || hasOpen(changed, olds));
}

/** A set is never replaced: what a room has to be replaced for is done by its update. */
export function setDiff(type: SetType, olds: Bag, { isChanged }: SetDifference): dynamic.DiffResult {
  return { changes: isChanged || !hasText(type, olds) };
}

/** @param isHidden whether it shows in no input, so that the engine would see nothing to do */
function changes(
  { deleteBeforeReplace, replaces }: Pick<Difference, "deleteBeforeReplace" | "replaces">,
  isHidden: boolean,
): dynamic.DiffResult {
  const order = { deleteBeforeReplace, ...(replaces.length > 0 ? { replaces: [...replaces] } : {}) };
  // `changes` stays open, so that the engine compares the inputs itself, and honours `replaceOnChanges`.
  return isHidden ? { changes: true, ...order } : order;
}

/** Whether a lost update has left open what one of these settings is. */
function hasOpen(changed: readonly string[], olds: Bag): boolean {
  return changed.some((name) => olds[name] === null);
}
