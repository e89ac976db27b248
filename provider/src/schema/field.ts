/**
 * What a row of a field table says. The tables (rooms/meetingRoom.ts, rooms/liveStreamingRoom.ts) are the provider's
 * single source of truth: argument types, checks, what counts as a change, request bodies, how responses are read,
 * secret marks and the reference pages all derive from them.
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
  /** A timestamp in Unix seconds. */
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
  /** Can't be changed on an existing object, so a change replaces it. */
  readonly replaces?: true;
  /** Of `unixSeconds`: must be in the future when it is first set, and what a past one would come to. */
  readonly future?: string;
  /** What Metered documents as the value of a setting that was never sent. */
  readonly default?: boolean;
  /**
   * What is sent when the setting is removed from the program. `"kept"`: nothing, because Metered documents no way to
   * clear it; the object keeps its value and an Info line says so.
   */
  readonly whenRemoved: boolean | "kept";
  /** Where the fact comes from, when that is not the type's own source page. */
  readonly source?: string;
}

export type FieldTable = Readonly<Record<string, Field>>;

/** A kind of object that a program declares. */
export interface ResourceType {
  /** The resource's name in a program, and in the type token of every user's state. Never changes. */
  readonly name: string;
  /** The kind's name in a sentence. */
  readonly label: string;
  /** The page of Metered's documentation that the table was read from. */
  readonly source: string;
  readonly fields: FieldTable;
  readonly rules: readonly Rule[];
}

/**
 * A rule between fields. An error is stated by the API document, a warning only inferred from it.
 */
export type Rule = Needs | EarlierThan;

/** When `field` is set (to `is`, if given), `needs` must be set (to `be`, if given). */
interface Needs {
  readonly level: "error" | "warning";
  readonly field: string;
  readonly is?: Value;
  readonly needs: string;
  readonly be?: Value;
  readonly why: string;
}

/** When both are set, `field` must be the earlier of two timestamps. */
interface EarlierThan {
  readonly level: "error";
  readonly field: string;
  readonly earlierThan: string;
  readonly why: string;
}
