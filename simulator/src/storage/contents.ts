import type { StoredRecording } from "../meetings/types";
import type { StoredRoom } from "../rooms/types";
import type { StoredCredential, StoredProject, UsageEntry } from "../turn/types";

/** Everything that outlives a restart when there is a data file. */
export interface Contents {
  readonly rooms: readonly StoredRoom[];
  readonly credentials: readonly StoredCredential[];
  readonly projects: readonly StoredProject[];
  readonly usage: readonly UsageEntry[];
  readonly recordings: readonly StoredRecording[];
}

export const emptyContents: Contents = { rooms: [], credentials: [], projects: [], usage: [], recordings: [] };
