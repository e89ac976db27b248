/**
 * What the order of the engine's calls tells of the two rooms of a replacement, and nothing else does. A program's
 * resource is checked with its old inputs, unless the run was told to replace it (`--replace`, a tainted room). Before
 * a replacement the engine checks it a second time, without them, and then either deletes first or does not.
 */
export class Replacements {
  private readonly known = new Set<string>();
  private readonly replaced = new Set<string>();
  /** `_id`s of the rooms in the state, by the resource that was compared with the program. */
  private readonly compared = new Map<string, string>();

  checked(urn: string, hasOldInputs: boolean): void {
    if (hasOldInputs) this.known.add(urn);
    else if (this.known.has(urn)) this.replaced.add(urn);
  }

  diffed(urn: string, roomId: string | undefined): void {
    if (roomId !== undefined) this.compared.set(urn, roomId);
  }

  deleted(urn: string): void {
    this.known.delete(urn);
    this.replaced.delete(urn);
  }

  /** Whether a room is created while the one that it replaces still lives: the option `deleteBeforeReplace: false`. */
  isBesideOld(urn: string): boolean {
    return this.replaced.has(urn);
  }

  /**
   * Whether the room is that of a resource which this run leaves in place. Where the engine has it deleted all the same,
   * it is what an earlier run left to do: a forced replacement that took its own room over, and was then cut off.
   */
  isKept(urn: string, roomId: string | undefined): boolean {
    const isInPlace = this.known.has(urn) && !this.replaced.has(urn);
    return isInPlace && roomId !== undefined && this.compared.get(urn) === roomId;
  }
}
