import { nameKey, type RoomType } from "./roomType";

interface Wanted {
  readonly resource: string;
  /** Whether the room is to be created under the name, or to be renamed to it. */
  readonly isNew: boolean;
}

/**
 * The names that the resources of one run are checked with, so that a preview tells of two rooms with one name. Only a
 * process that is told whose inputs it checks can say so.
 */
export class WantedNames {
  private readonly names = new Map<string, Wanted>();

  /**
   * Notes a name, and finds the other resource that has it as well. Two that have had it since an earlier run are left
   * alone: they share a room already, and their stack must remain usable.
   */
  want(type: RoomType, name: string, wanted: Wanted): string | undefined {
    const key = nameKey(type, name);
    const first = this.names.get(key);
    if (!first || first.resource === wanted.resource) {
      this.names.set(key, wanted);
      return undefined;
    }
    return first.isNew || wanted.isNew ? first.resource : undefined;
  }
}
