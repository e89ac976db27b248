// Generated from ../../rooms/liveStreamingRoom.ts by `npm run generate`; a test fails when it is stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { liveStreamingRoom } from "../../rooms/liveStreamingRoom";
import {
  keepNumberedName,
  lookupOptions,
  optionsOf,
  propertiesOf,
  readUndeclared,
  tokenOf,
  warnAbout,
  warnAboutName,
} from "./registration";

/** The inputs of a {@link LiveStreamingRoom}. Inputs that you leave out aren't managed. */
export interface LiveStreamingRoomArgs {
  /**
   * The room's name, unique within the Metered app. If you leave it out, it's generated from the resource's name, with 8 hex digits appended, and stays the same on every run.
   *
   * Changing it replaces the room: Pulumi creates the new room, then deletes the old one. If you remove it, the room keeps its name.
   *
   * @example "town-hall"
   * @see docs/reference/live-streaming-room.md#access
   */
  roomName?: Input<string | undefined>;
  /**
   * Whether the stream is broadcast over HLS.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/live-streaming-room.md#streaming
   */
  enableLiveStreaming?: Input<boolean | undefined>;
  /**
   * Message that viewers see while no stream is running.
   *
   * @see docs/reference/live-streaming-room.md#viewer-page
   */
  displayMessage?: Input<string | undefined>;
  /**
   * CSS for the viewer page.
   *
   * @see docs/reference/live-streaming-room.md#viewer-page
   */
  customCSS?: Input<string | undefined>;
  /**
   * Whether the stream is recorded.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/live-streaming-room.md#recording
   */
  enableRecording?: Input<boolean | undefined>;
  /**
   * Whether audio and video are recorded together, in one file.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/live-streaming-room.md#recording
   */
  recordComposition?: Input<boolean | undefined>;
  /**
   * Whether the stream is also sent to `rtmpOutURL`.
   *
   * Set `rtmpOutURL` as well. Otherwise the stream has no destination.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/live-streaming-room.md#streaming
   */
  enableRTMPOut?: Input<boolean | undefined>;
  /**
   * RTMP or RTMPS URL that the stream is also sent to. It contains a stream key, so it's a secret.
   *
   * @example config.requireSecret("rtmpOutURL")
   * @see docs/reference/live-streaming-room.md#streaming
   */
  rtmpOutURL?: Input<string | undefined>;
}

/**
 * A Metered live-streaming room, for one-to-many broadcasts.
 *
 * Every input is an output as well, undefined if the program doesn't set it. The `id` is the room's name as Metered
 * stores it.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * // Metered documents no way to delete a live-streaming room.
 * const townHall = new metered.LiveStreamingRoom(
 *   "town-hall",
 *   {
 *     displayMessage: "We start at five.",
 *     enableRecording: true,
 *   },
 *   { retainOnDelete: true },
 * );
 *
 * export const watch = townHall.viewerURL;
 * export const broadcast = townHall.broadcastManager;
 * ```
 * @see docs/reference/live-streaming-room.md
 */
export class LiveStreamingRoom extends CustomResource {
  /** Metered's ID of the room (`_id`), 24 hexadecimal digits. */
  declare readonly roomId: Output<string>;
  /** The Metered app that the room belongs to. */
  declare readonly appName: Output<string>;
  /** Time when the room was created, in ISO 8601 format (UTC). */
  declare readonly created: Output<string>;
  /** Page where viewers watch the stream. */
  declare readonly viewerURL: Output<string>;
  /** Page of Metered's dashboard from which the stream is started. */
  declare readonly broadcastManager: Output<string>;
  /** The room's name, unique within the Metered app. */
  declare readonly roomName: Output<string>;
  /** Whether the stream is broadcast over HLS. */
  declare readonly enableLiveStreaming: Output<boolean | undefined>;
  /** Message that viewers see while no stream is running. */
  declare readonly displayMessage: Output<string | undefined>;
  /** CSS for the viewer page. */
  declare readonly customCSS: Output<string | undefined>;
  /** Whether the stream is recorded. */
  declare readonly enableRecording: Output<boolean | undefined>;
  /** Whether audio and video are recorded together, in one file. */
  declare readonly recordComposition: Output<boolean | undefined>;
  /** Whether the stream is also sent to `rtmpOutURL`. */
  declare readonly enableRTMPOut: Output<boolean | undefined>;
  /** RTMP or RTMPS URL that the stream is also sent to. */
  declare readonly rtmpOutURL: Output<string | undefined>;

  /**
   * Looks up an existing room. It is read on every run, and never changed or deleted.
   *
   * @param name the name of the resource in the program
   * @param id the name of the room on Metered
   * @throws `RoomNotFound`, as an error of the resource, if there is no such room
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): LiveStreamingRoom {
    return new LiveStreamingRoom(name, {}, lookupOptions(liveStreamingRoom, name, id, opts));
  }

  /**
   * Creates a live-streaming room.
   *
   * @param name the name of the resource in the program, unique among the stack's live-streaming rooms
   * @param args the inputs of the room
   * @param opts Pulumi's resource options. `import` can't be used (pulumi/pulumi#3550), and `customTimeouts` has no effect
   */
  constructor(name: string, args: LiveStreamingRoomArgs = {}, opts: CustomResourceOptions = {}) {
    super(
      tokenOf(liveStreamingRoom),
      name,
      propertiesOf(liveStreamingRoom, name, args, opts),
      optionsOf(liveStreamingRoom, args, opts),
    );
    warnAbout(this, liveStreamingRoom, args, opts);
    warnAboutName(this, liveStreamingRoom, name, args, opts);
    keepNumberedName(this, args);
  }

  static {
    readUndeclared(LiveStreamingRoom, liveStreamingRoom);
  }
}
