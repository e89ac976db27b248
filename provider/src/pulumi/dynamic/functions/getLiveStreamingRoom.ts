// Made from ../../../rooms/liveStreamingRoom.ts by `npm run generate`; a test fails when it is stale.
import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import { liveStreamingRoom } from "../../../rooms/liveStreamingRoom";
import { lookUp, lookUpOutput, roomLookup } from "./lookup";

export interface GetLiveStreamingRoomArgs {
  /** The room's name on Metered. */
  roomName: string;
}

export interface GetLiveStreamingRoomOutputArgs {
  /** The room's name on Metered. */
  roomName: Input<string>;
}

/**
 * A live-streaming room as Metered shows it right now. Settings that its response doesn't show are undefined. Settings that may
 * carry a credential are left out: `rtmpOutURL`. `LiveStreamingRoom.get` has them, as secrets.
 */
export interface GetLiveStreamingRoomResult {
  /** The room's name in Metered's spelling. */
  readonly id: string;
  /** Metered's own id of the room (`_id`), 24 hex digits. */
  readonly roomId: string;
  /** The room's name in Metered's spelling. */
  readonly roomName: string;
  /** The Metered app that the room belongs to. */
  readonly appName: string;
  /** When the room was created, ISO 8601 in UTC. */
  readonly created: string;
  /** The page where viewers watch the stream. */
  readonly viewerURL: string;
  /** The page of Metered's dashboard from which the stream is started. */
  readonly broadcastManager: string;
  /** Whether the room was deleted (archived): Metered may go on showing such a room for a while. */
  readonly archived: boolean;
  /** Whether a broadcast is running at this moment. */
  readonly currentlyBroadcasting: boolean;
  /** The stream is broadcast over HLS. */
  readonly enableLiveStreaming: boolean | undefined;
  /** What viewers read while no stream runs. */
  readonly displayMessage: string | undefined;
  /** CSS for the viewer page. */
  readonly customCSS: string | undefined;
  /** The stream is recorded. */
  readonly enableRecording: boolean | undefined;
  /** Audio and video are recorded together, in one file. */
  readonly recordComposition: boolean | undefined;
  /** The stream is also sent to `rtmpOutURL`. */
  readonly enableRTMPOut: boolean | undefined;
}

const lookup = roomLookup<GetLiveStreamingRoomResult>("getLiveStreamingRoom", liveStreamingRoom);

/**
 * Looks up a live-streaming room by its name, in previews too. The account is that of the stack's configuration and the
 * environment, or of the option `provider` (a {@link Provider}), which the option `parent` hands on. A room that is asked
 * for several times is fetched once.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const room = metered.getLiveStreamingRoom({ roomName: "town-hall" });
 * export const link = room.then(({ viewerURL }) => viewerURL);
 * ```
 * @throws RunError with the cause as its `name`: `RoomNotFound`, `RoomStatusUnknown` (Metered's response may mean that, or
 * something else), `InvalidSecretKey`, `UnknownApp`, `InvalidConfiguration`, `RateLimited`, `ServerError`, `NoConnection` and others
 */
export function getLiveStreamingRoom(
  args: GetLiveStreamingRoomArgs,
  opts: InvokeOptions = {},
): Promise<GetLiveStreamingRoomResult> {
  return lookUp(lookup, args, opts);
}

/**
 * The same with Outputs. The result is secret when the name is, and unknown in a preview as long as the name, the
 * provider or a resource that they come from or that `dependsOn` names is. Errors become those of the Output.
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
