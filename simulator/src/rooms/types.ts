export type RoomKind = "meeting" | "live";
export const roomKinds: readonly RoomKind[] = ["meeting", "live"];

export type Setting = string | number | boolean;
/** The settings that were given for a room, by their names in the API. */
export type Settings = Record<string, Setting>;

/** A room as this server keeps it. Defaults are not stored: replies add them. */
export interface StoredRoom {
  kind: RoomKind;
  _id: string;
  roomName: string;
  /** ISO-8601 UTC with milliseconds. */
  created: string;
  archived: boolean;
  /** Live rooms only. */
  currentlyBroadcasting: boolean;
  settings: Settings;
}
