import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { changedSettings, type Diff } from "../core/diff";
import type { RoomType } from "../core/field";
import { INTERNAL } from "../core/internal";
import { identityNames } from "../core/outputs";
import { type Bag, unsettledIn } from "../core/state";

const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;

/** What the engine is told of a difference: every property, what becomes of it, and whether that replaces the room. */
export function diffResponse(type: RoomType, id: string, olds: Bag, news: Bag, found: Diff): DiffResponse {
  // A room's name is its identity, so a new one in its place meets the old one unless that is deleted first.
  const response = new DiffResponse().setDeletebeforereplace(true);
  if (found.changes === false) return response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
  const { replaces = [] } = found;
  const before: Bag = { roomName: id, ...olds };
  const names = [...new Set([...changedSettings(type, before, news), ...replaces, ...unsettled(olds)])];
  for (const name of names) {
    const diff = new PropertyDiff()
      .setInputdiff(true)
      .setKind(kindOf(before[name], news[name], replaces.includes(name)));
    response.getDetaileddiffMap().set(name, diff);
  }
  if (replaces.length === 0) response.setStablesList([...identityNames(type), "roomName"]);
  return response
    .setChanges(DiffResponse.DiffChanges.DIFF_SOME)
    .setDiffsList(names)
    .setReplacesList(replaces)
    .setHasdetaileddiff(names.length > 0);
}

function kindOf(before: unknown, after: unknown, replaces: boolean): PropertyDiff.Kind {
  if (before === undefined) return replaces ? ADD_REPLACE : ADD;
  if (after === undefined) return replaces ? DELETE_REPLACE : DELETE;
  return replaces ? UPDATE_REPLACE : UPDATE;
}

/** What an update settles without any change of the program. */
function unsettled(olds: Bag): string[] {
  return [...unsettledIn(olds), ...(olds[INTERNAL.otherRoomId] === undefined ? [] : ["roomId"])];
}
