import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { ObjectDifference } from "../../objects/difference";
import type { Difference } from "../../rooms/diff";
import { factNames } from "../../rooms/room";
import type { RoomType } from "../../rooms/roomType";
import type { Bag } from "../state";

const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;

/** What the engine is told of a difference: every property, what becomes of it, and whether that replaces the room. */
export function roomDiffResponse(type: RoomType, olds: Bag, news: Bag, found: Difference): DiffResponse {
  const { changed, replaces, isRewritten, deleteBeforeReplace } = found;
  const response = new DiffResponse().setDeletebeforereplace(deleteBeforeReplace);
  if (changed.length === 0 && !isRewritten) return response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
  for (const name of changed) {
    const kind = kindOf(olds[name], news[name], replaces.includes(name));
    response.getDetaileddiffMap().set(name, new PropertyDiff().setInputdiff(true).setKind(kind));
  }
  if (replaces.length === 0) response.setStablesList(["roomId", "appName", ...factNames(type), "roomName"]);
  return response
    .setChanges(DiffResponse.DiffChanges.DIFF_SOME)
    .setDiffsList([...changed])
    .setReplacesList([...replaces])
    .setHasdetaileddiff(changed.length > 0);
}

/** Every property that differs, and whether that replaces the object: also outputs whose time is up. */
export function objectDiffResponse(olds: Bag, news: Bag, found: ObjectDifference): DiffResponse {
  const { changed, replaces, isDue, isIncomplete } = found;
  const response = new DiffResponse().setDeletebeforereplace(false);
  if (changed.length === 0 && !isDue && !isIncomplete) return response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
  const names = [...new Set([...changed, ...replaces])];
  for (const name of names) {
    const isInput = changed.includes(name);
    const kind = isInput ? kindOf(olds[name], news[name], replaces.includes(name)) : UPDATE_REPLACE;
    response.getDetaileddiffMap().set(name, new PropertyDiff().setInputdiff(isInput).setKind(kind));
  }
  return response
    .setChanges(DiffResponse.DiffChanges.DIFF_SOME)
    .setDiffsList(names)
    .setReplacesList([...replaces])
    .setHasdetaileddiff(true);
}

function kindOf(before: unknown, after: unknown, replaces: boolean): PropertyDiff.Kind {
  if (before === undefined) return replaces ? ADD_REPLACE : ADD;
  if (after === undefined) return replaces ? DELETE_REPLACE : DELETE;
  return replaces ? UPDATE_REPLACE : UPDATE;
}
