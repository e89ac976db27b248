import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { warningsIn } from "../../schema/check";
import type { ResourceType } from "../../schema/field";
import { warningsOf } from "../../schema/rules";
import { objectKind, roomKind, setKind } from "../kinds";
import { namelessIn, warningsOfSet } from "../setProblems";
import { secretsIn } from "../setState";
import { type Bag, markedWith } from "../state";
import { OBJECT_TYPES, packageTokenOf, ROOM_TYPES, SET_TYPES } from "../types";
import { generatedNameOf, partsOf } from "../urn";
import { objectDiffResponse, roomDiffResponse } from "./diffs";
import { nameInputs } from "./naming";
import { Resources, type Run } from "./resources";
import { setDiffResponse } from "./setDiffs";
import { setFromWire } from "./setValues";

/** Whatever serves the resources of one kind. */
type Serving = Pick<Resources<unknown>, "check" | "diff" | "create" | "read" | "update" | "delete">;

/** Finds what serves a resource, by its URN. */
export function serving(run: Run): (request: { getUrn(): string }) => Serving {
  const rooms = ROOM_TYPES.map((type): [string, Serving] => {
    const room = new Resources(
      {
        kind: roomKind(type),
        warnings: warnings(type),
        named: (olds, news, request) => nameInputs(type, olds, news, request.getUrn(), request.getAutonaming?.()),
        diff: (olds, news, found) => roomDiffResponse(type, olds, news, found),
      },
      run,
    );
    return [packageTokenOf(type), room];
  });
  const objects = OBJECT_TYPES.map((type): [string, Serving] => {
    const named = (_olds: unknown, news: Bag) => news;
    const object = { kind: objectKind(type), warnings: warnings(type), named, diff: objectDiffResponse };
    return [packageTokenOf(type), new Resources(object, run)];
  });
  const sets = SET_TYPES.map((type): [string, Serving] => {
    const set = new Resources(
      {
        kind: setKind(type),
        received: setFromWire,
        warnings: (news) => warningsOfSet(type, news),
        named: (_olds, news, request) => ({ ...news, ...markedWith(generatedNameOf(request.getUrn(), type)) }),
        refusals: (olds, inputs, request) => (isNamingOff(request) ? namelessIn(olds, inputs) : []),
        diff: (_olds, news, found) => setDiffResponse(secretsIn(type, news), found),
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

function warnings(type: ResourceType): (news: Bag) => readonly string[] {
  const inferred = warningsOf(type);
  return (news) => warningsIn(inferred, news);
}

function isNamingOff(request: CheckRequest): boolean {
  return request.getAutonaming?.()?.getMode() === CheckRequest.AutonamingOptions.Mode.DISABLE;
}
