import { warningsOf } from "../../schema/rules";
import { objectKind, roomKind, setKind } from "../kinds";
import { type Bag, markedWith } from "../state";
import { OBJECT_TYPES, packageTokenOf, ROOM_TYPES, SET_TYPES } from "../types";
import { generatedNameOf, partsOf } from "../urn";
import { objectDiffResponse, roomDiffResponse } from "./diffs";
import { nameInputs } from "./naming";
import { Resources, type Run } from "./resources";
import { setDiffResponse } from "./setDiffs";

/** Whatever serves the resources of one kind. */
type Serving = Pick<Resources<unknown>, "check" | "diff" | "create" | "read" | "update" | "delete">;

/** Finds what serves a resource, by its URN. */
export function serving(run: Run): (request: { getUrn(): string }) => Serving {
  const rooms = ROOM_TYPES.map((type): [string, Serving] => {
    const room = new Resources(
      {
        kind: roomKind(type),
        warnings: warningsOf(type),
        named: (olds, news, request) => nameInputs(type, olds, news, request.getUrn(), request.getAutonaming?.()),
        diff: (olds, news, found) => roomDiffResponse(type, olds, news, found),
      },
      run,
    );
    return [packageTokenOf(type), room];
  });
  const objects = OBJECT_TYPES.map((type): [string, Serving] => {
    const named = (_olds: unknown, news: Bag) => news;
    const object = { kind: objectKind(type), warnings: warningsOf(type), named, diff: objectDiffResponse };
    return [packageTokenOf(type), new Resources(object, run)];
  });
  const sets = SET_TYPES.map((type): [string, Serving] => {
    const set = new Resources(
      {
        kind: setKind(type),
        warnings: [],
        named: (_olds, news, request) => ({ ...news, ...markedWith(generatedNameOf(request.getUrn(), type)) }),
        diff: (_olds, _news, found) => setDiffResponse(type, found),
      },
      run,
    );
    return [packageTokenOf(type), set];
  });
  const all = new Map([...rooms, ...objects, ...sets]);
  return (request) => {
    const { type } = partsOf(request.getUrn());
    const found = all.get(type);
    if (!found) throw new Error(`pulumi-resource-metered has no resource ${type}`);
    return found;
  };
}
