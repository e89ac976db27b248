import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Matched } from "../../rooms/set/plan";
import type { SetDifference } from "../setOperations";
import { placeOf } from "../setProblems";
import type { KnownSet } from "../setState";

const { ADD, DELETE, UPDATE } = PropertyDiff.Kind;

/** What the engine is told of a set's difference: what becomes of each room, by its key. Nothing replaces a set. */
export function setDiffResponse(isSecret: KnownSet["isSecret"], { steps, isChanged }: SetDifference): DiffResponse {
  const response = new DiffResponse();
  if (!isChanged) return response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
  const properties = steps.flatMap((step): [string, PropertyDiff.Kind][] => {
    if (step.step === "create") return [[placeOf(step.key), ADD]];
    if (step.step === "delete") return [[placeOf(step.key), DELETE]];
    return [...moved(step), ...step.found.changed.map((name) => changed(isSecret, step, name))];
  });
  const map = response.getDetaileddiffMap();
  for (const [path, kind] of properties) {
    // Another room has moved to the key of one that is removed, or that has moved itself.
    if (kind === DELETE && map.has(path)) continue;
    map.set(path, new PropertyDiff().setInputdiff(true).setKind(kind));
  }
  return response
    .setChanges(DiffResponse.DiffChanges.DIFF_SOME)
    .setDiffsList([...new Set(properties.map(([path]) => path.replace(/\[.*/s, "")))])
    .setHasdetaileddiff(properties.length > 0);
}

/** A room that has another key now: it isn't touched, but a reader sees it under both. */
function moved({ key, from }: Matched): [string, PropertyDiff.Kind][] {
  if (key === from) return [];
  return [
    [placeOf(key), UPDATE],
    [placeOf(from), DELETE],
  ];
}

function changed(
  isSecret: KnownSet["isSecret"],
  { key, known, wanted }: Matched,
  name: string,
): [string, PropertyDiff.Kind] {
  const map = isSecret(key, name) ? `secretSettings[${JSON.stringify(key)}]` : placeOf(key);
  const isAdded = known.settings[name] === undefined;
  const isRemoved = wanted.settings[name] === undefined;
  return [`${map}.${name}`, name === "roomName" ? UPDATE : isAdded ? ADD : isRemoved ? DELETE : UPDATE];
}
