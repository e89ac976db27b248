// Generated from ../../../rooms/liveStreamingRoom.ts by `npm run generate`; a test fails when it is stale.
import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import { liveStreamingRoom } from "../../../rooms/liveStreamingRoom";
import { lookUp, lookUpOutput, roomLookup } from "./lookup";

export interface GetLiveStreamingRoomArgs {
  /** Name of the room on Metered. */
  roomName: string;
}

export interface GetLiveStreamingRoomOutputArgs {
  /** Name of the room on Metered. */
  roomName: Input<string>;
}

/**
 * A live-streaming room as Metered shows it now. Settings that Metered doesn't show are undefined.
 *
 * Settings that may contain a credential are left out (`rtmpOutURL`). `LiveStreamingRoom.get` has them, as secrets.
 */
export interface GetLiveStreamingRoomResult {
  /** Name of the room as Metered stores it. */
  readonly id: string;
  /** Metered's ID of the room (`_id`), 24 hexadecimal digits. */
  readonly roomId: string;
  /** Name of the room as Metered stores it. */
  readonly roomName: string;
  /** The Metered app that the room belongs to. */
  readonly appName: string;
  /** Time when the room was created, in ISO 8601 format (UTC). */
  readonly created: string;
  /** Page where viewers watch the stream. */
  readonly viewerURL: string;
  /** Page of Metered's dashboard from which the stream is started. */
  readonly broadcastManager: string;
  /** Whether the room was deleted (archived). Metered may still show such a room for a while. */
  readonly archived: boolean;
  /** Whether a broadcast is running right now. */
  readonly currentlyBroadcasting: boolean;
  /** Whether the stream is broadcast over HLS. */
  readonly enableLiveStreaming: boolean | undefined;
  /** Message that viewers see while no stream is running. */
  readonly displayMessage: string | undefined;
  /** CSS for the viewer page. */
  readonly customCSS: string | undefined;
  /** Whether the stream is recorded. */
  readonly enableRecording: boolean | undefined;
  /** Whether audio and video are recorded together, in one file. */
  readonly recordComposition: boolean | undefined;
  /** Whether the stream is also sent to `rtmpOutURL`. */
  readonly enableRTMPOut: boolean | undefined;
}

const lookup = roomLookup<GetLiveStreamingRoomResult>("getLiveStreamingRoom", liveStreamingRoom);

/**
 * Looks up a live-streaming room by its name, also in previews.
 *
 * The account comes from the stack's configuration, from the environment, or from a {@link Provider} that you pass as the
 * option `provider` or inherit with `parent`. If a program looks up the same room several times, it is fetched once.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const room = metered.getLiveStreamingRoom({ roomName: "town-hall" });
 * export const link = room.then(({ viewerURL }) => viewerURL);
 * ```
 * @throws RunError whose `name` is the class of the error, such as `RoomNotFound`, `RoomStatusUnknown`,
 * `InvalidSecretKey`, `InvalidConfiguration` or `NoConnection`
 * @see docs/reference/functions.md#getlivestreamingroom
 */
export function getLiveStreamingRoom(
  args: GetLiveStreamingRoomArgs,
  opts: InvokeOptions = {},
): Promise<GetLiveStreamingRoomResult> {
  return lookUp(lookup, args, opts);
}

/**
 * Like {@link getLiveStreamingRoom}, but takes and returns Outputs.
 *
 * The result is secret if the name is. In a preview, it is unknown until the name, the provider and everything in
 * `dependsOn` are known.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as metered from "pulumi-metered";
 *
 * const other = new pulumi.StackReference("acme/rooms/prod");
 * const room = metered.getLiveStreamingRoomOutput({ roomName: other.requireOutput("roomName") });
 * export const link = room.viewerURL;
 * ```
 */
export function getLiveStreamingRoomOutput(
  args: GetLiveStreamingRoomOutputArgs,
  opts: InvokeOutputOptions = {},
): Output<GetLiveStreamingRoomResult> {
  return lookUpOutput(lookup, args, opts);
}
