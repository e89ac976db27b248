import type { Owner } from "./owner";
import { nameKey, type RoomType } from "./roomType";

/** A resource that is to have a name. */
export interface Wanted {
  readonly owner: Owner;
}

/** The names that the program gives the rooms of one run, as their resources are checked with them. */
export class WantedNames {
  private readonly names = new Map<string, readonly Wanted[]>();

  /**
   * Notes a name, and finds the resource that was noted with it first, if that is another one. Where Pulumi doesn't say
   * whose it is, only a check without old inputs is to be noted: that comes once for each resource.
   */
  want(type: RoomType, name: string, owner: Owner): Wanted | undefined {
    const key = nameKey(type, name);
    const all = this.names.get(key) ?? [];
    this.names.set(key, [...all, { owner }]);
    const [first] = all;
    return first?.owner === owner ? undefined : first;
  }

  /** Another resource of the program that is to have the name as well. */
  rivalOf(type: RoomType, name: string, owner: Owner): Wanted | undefined {
    const all = this.names.get(nameKey(type, name)) ?? [];
    return owner === undefined ? all[1] : all.find((each) => each.owner !== owner);
  }
}
