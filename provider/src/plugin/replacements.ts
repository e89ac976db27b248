/**
 * Tells which room a new one is created beside, as the option `deleteBeforeReplace: false` asks for. The engine says so
 * nowhere; but before a replacement it checks the inputs a second time, without the old ones, and then either deletes
 * first or does not.
 */
export class Replacements {
  private readonly known = new Set<string>();
  private readonly replaced = new Set<string>();
  private readonly rooms = new Map<string, string>();

  checked(urn: string, hasOldInputs: boolean): void {
    if (hasOldInputs) this.known.add(urn);
    else if (this.known.has(urn)) this.replaced.add(urn);
  }

  /** @param roomId Metered's `_id` of the room in the state */
  compared(urn: string, roomId: string | undefined): void {
    if (roomId !== undefined) this.rooms.set(urn, roomId);
  }

  deleted(urn: string): void {
    this.known.delete(urn);
    this.replaced.delete(urn);
  }

  /** The `_id` of the room that is replaced, where it lives on until the new one is there. */
  predecessor(urn: string): string | undefined {
    return this.replaced.has(urn) ? this.rooms.get(urn) : undefined;
  }
}
