/**
 * What a row of a field table says. The tables (rooms/meetingRoom.ts, rooms/liveStreamingRoom.ts) are the provider's
 * single source of truth: argument types, checks, what counts as a change, request bodies, how responses are read,
 * secret marks and the reference pages all derive from them.
 */

/** The value of a setting, as it is on the wire and in state. No setting of a room is a list. */
export type Value = boolean | number | string;

/** The same of any object. */
export type AnyValue = Value | readonly string[];

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
  | "text"
  /** An https URL. */
  | "httpsUrl"
  /** A string of 1 to 99 characters. */
  | "label"
  /** Metered's `_id` of another object, 24 hex digits. */
  | "objectId"
  /** A length of time in seconds, a whole number of 1 or more. */
  | "duration"
  /** A number of bytes: 0 for no quota, else 1,048,576 or more. */
  | "quota"
  /** At most ten email addresses. */
  | "emails"
  /** Any number of strings. */
  | "texts";

export interface Field {
  readonly kind: Kind;
  /** What the setting does, in one or two sentences. */
  readonly doc: string;
  /** What a `count` counts. */
  readonly unit?: "participants" | "seconds";
  /** The values of a `choice`. */
  readonly values?: readonly string[];
  /** Other words of responses for a value of a `choice`, in lower case: `{ notify_only: "notify" }`. */
  readonly spellings?: Readonly<Record<string, string>>;
  /** Decides when Pulumi does something, and is never sent to Metered. */
  readonly local?: true;
  readonly required?: true;
  /** Carries a credential: encrypted in state, never quoted in a message. */
  readonly secret?: true;
  /** Can't be changed on an existing object, so a change replaces it. */
  readonly replaces?: true;
  /** Of `unixSeconds`: must be in the future when it is first set, and what a past one would come to. */
  readonly future?: string;
  /** What Metered documents as the value of a setting that was never sent. */
  readonly default?: Value;
  /**
   * What is sent when the setting is removed from the program. `"kept"`: nothing, because Metered documents no way to
   * clear it; the object keeps its value and an Info line says so. `"emptied"`: an empty list.
   */
  readonly whenRemoved: Value | "kept" | "emptied";
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
export type Rule = Needs | EarlierThan | SmallerThan | Excludes | OneOf;

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

/** When both are set, `field` must be the smaller of two numbers. */
interface SmallerThan {
  readonly level: "error";
  readonly field: string;
  readonly smallerThan: string;
  readonly why: string;
}

/** When `field` is set (to `is`, if given), `excludes` must not be set (to `be`, if given). */
interface Excludes {
  readonly level: "error";
  readonly field: string;
  readonly is?: Value;
  readonly excludes: string;
  readonly be?: Value;
  readonly why: string;
}

/** `field` must be set, or `orElse` must be true. */
interface OneOf {
  readonly level: "error";
  readonly field: string;
  readonly orElse: string;
  readonly why: string;
}
