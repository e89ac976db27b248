// Made from ../../rooms/liveStreamingRoom.ts by `npm run generate`; a test fails when it is stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { liveStreamingRoom } from "../../rooms/liveStreamingRoom";
import { optionsOf, propertiesOf, tokenOf, warnAbout } from "./registration";
import { readUndeclared } from "./undeclared";

/** The settings of a {@link LiveStreamingRoom}. Source: Metered REST API, Create Live Streaming Room. */
export interface LiveStreamingRoomArgs {
  /**
   * The room's name, unique within the Metered app. Not given: the resource's name with 8 hex digits behind it, the same on every run.
   * Optional.
   * A change replaces the room.
   */
  roomName?: Input<string | undefined>;
  /**
   * The stream is broadcast over HLS.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  enableLiveStreaming?: Input<boolean | undefined>;
  /**
   * What viewers read while no stream runs.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  displayMessage?: Input<string | undefined>;
  /**
   * CSS for the viewer page.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  customCSS?: Input<string | undefined>;
  /**
   * The stream is recorded.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  enableRecording?: Input<boolean | undefined>;
  /**
   * Audio and video are recorded together, in one file.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  recordComposition?: Input<boolean | undefined>;
  /**
   * The stream is also sent to `rtmpOutURL`.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  enableRTMPOut?: Input<boolean | undefined>;
  /**
   * Where the stream is also sent, an rtmp or rtmps URL. It carries a stream key, so it is a secret.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   * Secret: encrypted in the state, never shown.
   */
  rtmpOutURL?: Input<string | undefined>;
}

/**
 * A Metered live-streaming room. Its `id` is the room's name in Metered's spelling.
 *
 * Errors name the room, the cause and the way out: invalid settings before any call; a name that is taken; a key or an
 * app that Metered does not accept; a server or a network that fails, after all tries.
 */
export class LiveStreamingRoom extends CustomResource {
  /** Metered's own id of the room (`_id`), 24 hex digits. */
  declare readonly roomId: Output<string>;
  /** The Metered app that the room belongs to. */
  declare readonly appName: Output<string>;
  /** When the room was created, ISO 8601 in UTC. */
  declare readonly created: Output<string>;
  /** The page where viewers watch the stream. */
  declare readonly viewerURL: Output<string>;
  /** The page of Metered's dashboard from which the stream is started. */
  declare readonly broadcastManager: Output<string>;
  /** As declared: see {@link LiveStreamingRoomArgs.roomName}. */
  declare readonly roomName: Output<string>;
  /** As declared: see {@link LiveStreamingRoomArgs.enableLiveStreaming}. */
  declare readonly enableLiveStreaming: Output<boolean | undefined>;
  /** As declared: see {@link LiveStreamingRoomArgs.displayMessage}. */
  declare readonly displayMessage: Output<string | undefined>;
  /** As declared: see {@link LiveStreamingRoomArgs.customCSS}. */
  declare readonly customCSS: Output<string | undefined>;
  /** As declared: see {@link LiveStreamingRoomArgs.enableRecording}. */
  declare readonly enableRecording: Output<boolean | undefined>;
  /** As declared: see {@link LiveStreamingRoomArgs.recordComposition}. */
  declare readonly recordComposition: Output<boolean | undefined>;
  /** As declared: see {@link LiveStreamingRoomArgs.enableRTMPOut}. */
  declare readonly enableRTMPOut: Output<boolean | undefined>;
  /** As declared: see {@link LiveStreamingRoomArgs.rtmpOutURL}. */
  declare readonly rtmpOutURL: Output<string | undefined>;

  /**
   * A room that exists, looked up by its name. It is read on every run and never changed or deleted.
   *
   * @param name the resource's name in the program
   * @param id the room's name on Metered
   * @throws at the resource, when there is no such room
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): LiveStreamingRoom {
    return new LiveStreamingRoom(name, {}, { ...opts, id });
  }

  /**
   * Declares a room.
   *
   * @param name the resource's name in the program, unique among the stack's live-streaming rooms
   * @param opts Pulumi's resource options; `import` is refused (pulumi/pulumi#3550), `customTimeouts` have no effect
   */
  constructor(name: string, args: LiveStreamingRoomArgs = {}, opts: CustomResourceOptions = {}) {
    super(
      tokenOf(liveStreamingRoom),
      name,
      propertiesOf(liveStreamingRoom, name, args, opts),
      optionsOf(liveStreamingRoom, args, opts),
    );
    warnAbout(this, liveStreamingRoom, args, opts);
  }

  static {
    readUndeclared(LiveStreamingRoom, liveStreamingRoom);
  }
}
