/**
 * Tells whether a room is created while the one that it replaces still lives, as the option `deleteBeforeReplace: false`
 * asks for. The engine says so nowhere; but before a replacement it checks the inputs a second time, without the old
 * ones, and then either deletes first or does not.
 */
export class Replacements {
  private readonly known = new Set<string>();
  private readonly replaced = new Set<string>();

  checked(urn: string, hasOldInputs: boolean): void {
    if (hasOldInputs) this.known.add(urn);
    else if (this.known.has(urn)) this.replaced.add(urn);
  }

  deleted(urn: string): void {
    this.known.delete(urn);
    this.replaced.delete(urn);
  }

  isBesideOld(urn: string): boolean {
    return this.replaced.has(urn);
  }
}
