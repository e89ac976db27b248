import type { Diff } from "./diff";
import { askedName, type Bag, roomIdIn, textIn } from "./state";

/**
 * What one run has told so far of the stack's rooms, kept for as long as the provider process lives. Pulumi asks about
 * one resource at a time; two of them may mean the same room.
 */
export class Session {
  /** `_id`s of the rooms that this run created or took over. */
  readonly made = new Set<string>();
  /** `_id`s of the rooms of resources that stay as they are or are updated in this run. */
  readonly held = new Set<string>();
  /** Replacements that change the name: from the `_id` of the old room to the new name. */
  readonly renames = new Map<string, string>();
  /** Names of the rooms that the state and the program have: a refresh compares before anything is checked. */
  private readonly declared = new Set<unknown>();

  /** Names of new rooms, and of those that are to be replaced. */
  private readonly wanted = new Set<unknown>();

  /** `olds` are the inputs of the last run, `{}` for a new room and, a second time, for one that is to be replaced. */
  checked(olds: Bag, { roomName }: Bag): void {
    if (Object.keys(olds).length > 0) this.declared.add(roomName);
    else this.wanted.add(roomName);
  }

  /** Pulumi does not tell `delete` what comes after it, or that another resource has the room; the diffs before it know. */
  compared(olds: Bag, news: Bag, { changes, replaces = [] }: Diff): void {
    const [roomId, name] = [roomIdIn(olds), textIn(news, "roomName")];
    if (roomId === undefined) return;
    if (replaces.includes("roomName") && name !== undefined) this.renames.set(roomId, name);
    else this.renames.delete(roomId);
    // What is changed may still be replaced, by an option that only the engine knows.
    if (changes === false && this.declared.has(news.roomName)) this.held.add(roomId);
  }

  /** Whether a resource of the stack has the room from this run on. */
  isTaken(roomId: string): boolean {
    return this.made.has(roomId) || this.held.has(roomId);
  }

  /**
   * Whether the room that is to be deleted is another resource's by now. Where a new one is wanted under its name, it is
   * replaced although nothing of it has changed, as an option may ask for.
   */
  isPassedOn(roomId: string, olds: Bag): boolean {
    return this.made.has(roomId) || (this.held.has(roomId) && !this.isReplaced(olds));
  }

  /** Whether this run wants a new room under the name. */
  isReplaced(olds: Bag): boolean {
    return this.wanted.has(askedName(olds));
  }
}
