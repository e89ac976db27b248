/**
 * What a row of a field table says. The tables (meetingRoom.ts, liveStreamingRoom.ts) are the single source of truth
 * of the provider: argument types, `check`, what counts as a change, request bodies, the reading of replies, secret
 * marks and the reference pages all derive from them.
 */

/** The value of a setting, as it is on the wire and in state. */
export type Value = boolean | number | string;

/** Settings by name. A name that is absent is not declared (in a program) or not shown (in a reply). */
export type Settings = Readonly<Record<string, Value>>;

export type Kind =
  | "roomName"
  | "boolean"
  /** A whole number of one or more; 0 is warned about, since it may be the only way to lift a limit. */
  | "count"
  /** A moment in unix seconds. */
  | "unixSeconds"
  | "choice"
  /** An http(s) URL. */
  | "url"
  /** An rtmp(s) URL. */
  | "rtmpUrl"
  | "text";

export interface Field {
  readonly kind: Kind;
  /** What the setting does, in one or two sentences. */
  readonly doc: string;
  /** What a `count` counts. */
  readonly unit?: "participants" | "seconds";
  /** The values of a `choice`. */
  readonly values?: readonly string[];
  readonly required?: true;
  /** Carries a credential: encrypted in state, never quoted in a message. */
  readonly secret?: true;
  /** A change cannot be made on a living room, so it replaces the room. */
  readonly replaces?: true;
  /** What Metered documents as the value of a setting that was never sent. */
  readonly default?: boolean;
  /**
   * What is sent when the setting is taken out of the program. `"kept"`: nothing, because Metered documents no way to
   * clear it; the room keeps its value and an Info line says so.
   */
  readonly whenRemoved: boolean | "kept";
  /** Where the fact comes from, when that is not the type's own source page. */
  readonly source?: string;
}

export type FieldTable = Readonly<Record<string, Field>>;

/** Everything the lifecycle needs to know about a kind of room. */
export interface RoomType {
  /** The resource's name in a program, and in the type token of every user's state. Never changes. */
  readonly name: "MeetingRoom" | "LiveStreamingRoom";
  /** The kind's name in a sentence. */
  readonly label: "meeting room" | "live-streaming room";
  /** The page of Metered's documentation that the table was read from. */
  readonly source: string;
  readonly fields: FieldTable;
  readonly rules: readonly Rule[];
  /** What only the server knows, by the API's own spelling, kept as outputs beside the settings. */
  readonly links: Readonly<Record<string, string>>;
  /** What changes by itself and is true or false, by the API's own spelling: shown by lookups, never in a state. */
  readonly volatile: Readonly<Record<string, string>>;
  /** Whether people join at `https://<app>.metered.live/<roomName>`, so that a `url` output can be given. */
  readonly hasUrl: boolean;
  /** Whether Metered documents a way to delete a room of this kind. */
  readonly canDelete: boolean;
}

/**
 * A rule between fields: when `field` is set (to `is`, where given), `needs` must be set (to `be`, where given).
 * An error is stated by the API document, a warning only inferred from it.
 */
export interface Rule {
  readonly level: "error" | "warning";
  readonly field: string;
  readonly is?: Value;
  readonly needs: string;
  readonly be?: Value;
  readonly why: string;
}

/** What every room is called by in messages: `meeting room "standup"`. */
export function describeRoom(type: RoomType, name: string): string {
  return `${type.label} ${JSON.stringify(name)}`;
}
