import type { Claims } from "../rooms/claims";
import { isSpelling } from "../rooms/name";
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

/** The warning of a name that another resource of the program has as well, where Pulumi says whose it is. */
export function sharedName({ wanted }: Claims, type: RoomType, { owner, place, name, before }: Named): string[] {
  if (owner === undefined || typeof name !== "string" || name === UNKNOWN) return [];
  const isNew = before === undefined || !isSpelling(before, name);
  const other = wanted.want(type, name, { resource: owner, isNew });
  if (other === undefined) return [];
  const holder = JSON.stringify(partsOf(other).name || other);
  return [
    `${place} is ${JSON.stringify(name)}, the same as that of resource ${holder}: two rooms can't have the same name`,
  ];
}
