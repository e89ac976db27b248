import type { RoomType } from "../../rooms/roomType";
import { packageTokenOf, ROOM_TYPES } from "../types";
import { partsOf } from "../urn";

/** The kind of room that a resource is, by its URN. */
export function roomTypeIn(urn: string): RoomType {
  const { type } = partsOf(urn);
  const found = ROOM_TYPES.find((roomType) => packageTokenOf(roomType) === type);
  if (!found) throw new Error(`pulumi-resource-metered has no resource ${type}`);
  return found;
}
