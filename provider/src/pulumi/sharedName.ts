import type { Claims } from "../rooms/claims";
import type { Owner } from "../rooms/owner";
import type { RoomType } from "../rooms/roomType";
import { UNKNOWN } from "../schema/kinds";
import { partsOf } from "./urn";

interface Named {
  readonly owner: Owner;
  /** How the name's input is called: `roomName`. */
  readonly place: string;
  /** Whatever the program gives. */
  readonly name: unknown;
  /** The name that the room has had in the last run. */
  readonly before: string | undefined;
}

/**
 * Notes the name that a program gives a room. Where Pulumi says whose it is, answers the warning of a preview if another
 * resource has it as well.
 */
export function sharedName({ wanted }: Claims, type: RoomType, { owner, place, name, before }: Named): string[] {
  if (typeof name !== "string" || name === UNKNOWN || (owner === undefined && before !== undefined)) return [];
  const other = wanted.want(type, name, owner);
  if (other?.owner === undefined) return [];
  const holder = JSON.stringify(partsOf(other.owner).name || other.owner);
  return [
    `${place} is ${JSON.stringify(name)}, the same as that of resource ${holder}: two rooms can't have the same name`,
  ];
}
