import type { RoomType } from "../core/field";
import { liveStreamingRoom } from "../core/liveStreamingRoom";
import { meetingRoom } from "../core/meetingRoom";
import { autoName } from "../core/names";
import { packageTokenOf, tokenOf } from "../core/token";

export const ROOM_TYPES: readonly RoomType[] = [meetingRoom, liveStreamingRoom];

/** The kind of room that a resource is, by its URN. */
export function roomTypeOf(urn: string): RoomType {
  const { type } = partsOf(urn);
  const found = ROOM_TYPES.find((roomType) => packageTokenOf(roomType) === type);
  if (!found) throw new Error(`pulumi-resource-metered has no resource ${type}`);
  return found;
}

/** The name of a room whose program gives none: the one that the dynamic resource of the same URN has. */
export function autoNameOf(urn: string, { name: kind }: RoomType): string {
  const { project, stack, parentTypes, name } = partsOf(urn);
  const asDynamic = (types: string, type: RoomType) => types.replaceAll(packageTokenOf(type), tokenOf(type));
  return autoName({ project, stack, parentTypes: ROOM_TYPES.reduce(asDynamic, parentTypes), kind, name });
}

/** What a resource is called in the program. */
export function resourceName(urn: string): string {
  return partsOf(urn).name;
}

function partsOf(urn: string) {
  const [head = "", project = "", types = "", ...name] = urn.split("::");
  const chain = types.split("$");
  const type = chain.pop() ?? "";
  return {
    stack: head.replace(/^urn:pulumi:/, ""),
    project,
    parentTypes: chain.join("$"),
    type,
    name: name.join("::"),
  };
}
