import type { StoredRecording } from "../meetings/types";
import type { StoredRoom } from "../rooms/types";
import type { StoredCredential, StoredProject, UsageEntry } from "../turn/types";

/** Everything that outlives a restart when there is a data file. */
export interface Contents {
  readonly rooms: readonly Readonly<StoredRoom>[];
  readonly credentials: readonly StoredCredential[];
  readonly projects: readonly StoredProject[];
  readonly usage: readonly UsageEntry[];
  readonly recordings: readonly StoredRecording[];
}

export type ListName = keyof Contents;
export type ItemOf<L extends ListName> = Contents[L][number];

export const emptyContents: Contents = { rooms: [], credentials: [], projects: [], usage: [], recordings: [] };
export const listNames = Object.keys(emptyContents) as ListName[];

/** What tells the items of a list apart; usage only grows. */
export function idOf(list: ListName, item: object): string | undefined {
  const { _id, username } = item as { readonly _id?: string; readonly username?: string };
  if (list === "usage") return undefined;
  return list === "credentials" ? username : _id;
}

export function countOf(contents: Contents): number {
  return listNames.reduce((sum, list) => sum + contents[list].length, 0);
}
