import type { Input, Output } from "@pulumi/pulumi/output";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource";
import { liveStreamingRoomSet, meetingRoomSet } from "../../rooms/set/setType";
import type { LiveStreamingRoomArgs } from "./liveStreamingRoom";
import type { MeetingRoomArgs } from "./meetingRoom";
import { RoomSet } from "./roomSet";

/** A room of a set: what Metered shows of it, and its settings. */
export type RoomInSet<Args, Links> = {
  /** Metered's own id of the room (`_id`), 24 hex digits. */
  readonly roomId: string;
  /** The room's name, given or generated. */
  readonly roomName: string;
  /** When the room was created, ISO 8601 in UTC. */
  readonly created: string;
} & Links & { readonly [name in keyof Omit<Args, "roomName" | "rtmpOutURL">]-?: Plain<Args[name]> };

type Plain<T> = T extends Input<infer U> ? Exclude<U, Promise<unknown> | { apply: unknown }> : T;

/** The inputs of a {@link MeetingRoomSet}. */
export interface MeetingRoomSetArgs {
  /**
   * The settings of each room, by a key of your choice. If the key and the `roomName` stay, or only the key changes, it's the
   * same room. A room without a `roomName` gets one generated from the set and the key, so a new key is a new room.
   *
   * A room whose key is removed is deleted. Changing a `roomName` creates the room under its new name, then deletes the
   * old one. Secret settings (`rtmpOutURL`) are kept apart as {@link MeetingRoomSet.secretSettings}.
   *
   * @example
   * ```ts
   * rooms: { "math-1": { privacy: "private" }, "math-2": { privacy: "private", maxParticipants: 30 } }
   * ```
   */
  rooms: Input<Record<string, Input<MeetingRoomArgs>>>;
  /** Secret settings, under the keys of `rooms`. They are encrypted in the state. */
  secretSettings?: Input<Record<string, Input<Partial<MeetingRoomArgs>>> | undefined>;
  /**
   * Leave rooms that are removed from the set on Metered, and stop managing them. If a `roomName` changes, the old room stays,
   * too. This applies to updates of the set. To keep the rooms of a set that is removed as a whole, use the resource option
   * `retainOnDelete`.
   *
   * @default false
   */
  retainRemoved?: Input<boolean | undefined>;
}

/**
 * Any number of Metered meeting rooms as one resource. Pulumi writes the whole state twice for each resource, so a thousand
 * rooms are created in seconds as a set, and in minutes as one resource per room.
 *
 * The trade-off: the summary of a preview counts one resource, and resource options such as `protect`, `ignoreChanges` or
 * `dependsOn` apply to the set as a whole. Its `id` is a name generated from the set's URN.
 *
 * Rooms that fail don't stop the others: the state contains every room that exists, the error names the first ten, and the next
 * `pulumi up` continues with the rest.
 *
 * @example
 * ```ts
 * const courses = new metered.MeetingRoomSet("courses", {
 *   rooms: { "math-1": { privacy: "private" }, "math-2": { privacy: "private" } },
 * });
 * export const math = courses.room("math-1").url;
 * ```
 */
export class MeetingRoomSet extends RoomSet<RoomInSet<MeetingRoomArgs, MeetingRoomLinks>> {
  /** The Metered app that the rooms belong to. */
  declare readonly appName: Output<string>;
  /** The secret settings of rooms, by their keys. Undefined if no room has any. */
  declare readonly secretSettings: Output<Record<string, Partial<MeetingRoomArgs>> | undefined>;
  /** As set: see {@link MeetingRoomSetArgs.retainRemoved}. */
  declare readonly retainRemoved: Output<boolean | undefined>;

  /**
   * Creates a set of meeting rooms.
   *
   * @param name the resource's name in the program, unique among the stack's meeting room sets
   * @param opts Pulumi's resource options, for the set as a whole; `import` is refused, and `customTimeouts` has no effect
   */
  constructor(name: string, args: MeetingRoomSetArgs, opts: CustomResourceOptions = {}) {
    super(meetingRoomSet, name, args, opts);
  }
}

/** What only the server knows of a meeting room. */
export interface MeetingRoomLinks {
  /** Where people join: `https://<appName>.metered.live/<roomName>`. */
  readonly url: string;
}

/** The inputs of a {@link LiveStreamingRoomSet}. */
export interface LiveStreamingRoomSetArgs {
  /**
   * The settings of each room, by a key of your choice. If the key and the `roomName` stay, or only the key changes, it's the
   * same room. A room without a `roomName` gets one generated from the set and the key, so a new key is a new room.
   *
   * Metered documents no way to delete a live-streaming room, so removing a key fails unless `retainRemoved` is set. So does
   * changing a `roomName`, which creates a room under the new name first.
   */
  rooms: Input<Record<string, Input<LiveStreamingRoomArgs>>>;
  /** Secret settings, under the keys of `rooms`. They are encrypted in the state. */
  secretSettings?: Input<Record<string, Input<Partial<LiveStreamingRoomArgs>>> | undefined>;
  /**
   * Leave rooms that are removed from the set on Metered, and stop managing them. If a `roomName` changes, the old room stays,
   * too. This applies to updates of the set. To keep the rooms of a set that is removed as a whole, use the resource option
   * `retainOnDelete`.
   *
   * @default false
   */
  retainRemoved?: Input<boolean | undefined>;
}

/** What only the server knows of a live-streaming room. */
export interface LiveStreamingRoomLinks {
  /** The page where viewers watch the stream. */
  readonly viewerURL: string;
  /** The page of Metered's dashboard from which the stream is started. */
  readonly broadcastManager: string;
}

/**
 * Any number of Metered live-streaming rooms as one resource: see {@link MeetingRoomSet}. Metered has no list of these rooms, so
 * a refresh asks for each of them.
 */
export class LiveStreamingRoomSet extends RoomSet<RoomInSet<LiveStreamingRoomArgs, LiveStreamingRoomLinks>> {
  /** The Metered app that the rooms belong to. */
  declare readonly appName: Output<string>;
  /** The secret settings of rooms, by their keys. Undefined if no room has any. */
  declare readonly secretSettings: Output<Record<string, Partial<LiveStreamingRoomArgs>> | undefined>;
  /** As set: see {@link LiveStreamingRoomSetArgs.retainRemoved}. */
  declare readonly retainRemoved: Output<boolean | undefined>;

  /**
   * Creates a set of live-streaming rooms.
   *
   * @param name the resource's name in the program, unique among the stack's live-streaming room sets
   * @param opts Pulumi's resource options, for the set as a whole; `import` is refused, and `customTimeouts` has no effect
   */
  constructor(name: string, args: LiveStreamingRoomSetArgs, opts: CustomResourceOptions = {}) {
    super(liveStreamingRoomSet, name, args, opts);
  }
}
