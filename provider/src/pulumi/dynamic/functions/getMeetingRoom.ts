// Generated from ../../../rooms/meetingRoom.ts by `npm run generate`; a test fails when it is stale.
import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import { meetingRoom } from "../../../rooms/meetingRoom";
import { lookUp, lookUpOutput, roomLookup } from "./lookup";

export interface GetMeetingRoomArgs {
  /** Name of the room on Metered. */
  roomName: string;
}

export interface GetMeetingRoomOutputArgs {
  /** Name of the room on Metered. */
  roomName: Input<string>;
}

/**
 * A meeting room as Metered shows it now. Settings that Metered doesn't show are undefined.
 *
 * Settings that may contain a credential are left out (`meetingJoinWebhook`, `meetingLeftWebhook`, `meetingStartedWebhook`, `meetingEndedWebhook`, `rtmpOutURL`). `MeetingRoom.get` has them, as secrets.
 */
export interface GetMeetingRoomResult {
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
  /** URL where people join: `https://<appName>.metered.live/<roomName>`. */
  readonly url: string;
  /** Whether the room was deleted (archived). Metered may still show such a room for a while. */
  readonly archived: boolean;
  /** Who can join: anyone with the link (`public`), or only people with an access token issued by your server (`private`). */
  readonly privacy: "public" | "private" | undefined;
  /** Time after which nobody can join, in Unix seconds (not milliseconds). */
  readonly expireUnixSec: number | undefined;
  /** Whether everyone is ejected when `expireUnixSec` is reached. */
  readonly ejectAtRoomExp: boolean | undefined;
  /** Time before which nobody can join, in Unix seconds (not milliseconds). */
  readonly notBeforeUnixSec: number | undefined;
  /** Maximum number of people in the room at the same time. */
  readonly maxParticipants: number | undefined;
  /** Whether people join immediately, without the page that asks for their name and devices. */
  readonly autoJoin: boolean | undefined;
  /** Whether the box with the invitation link is shown. */
  readonly showInviteBox: boolean | undefined;
  /** Whether people without a token can ask an admin of a private room to let them in. */
  readonly enableRequestToJoin: boolean | undefined;
  /** Whether the room has a chat. */
  readonly enableChat: boolean | undefined;
  /** Whether every session starts with an empty chat. `false` keeps the history. */
  readonly newChatForMeetingSession: boolean | undefined;
  /** Whether participants can share their screen. */
  readonly enableScreenSharing: boolean | undefined;
  /** Whether people join with their camera on. */
  readonly joinVideoOn: boolean | undefined;
  /** Whether people join with their microphone on. */
  readonly joinAudioOn: boolean | undefined;
  /** Whether participants can record the meeting. */
  readonly enableRecording: boolean | undefined;
  /** Whether the meeting is recorded automatically. */
  readonly recordRoom: boolean | undefined;
  /** Whether only the admin can share camera, microphone and screen. */
  readonly ownerOnlyBroadcast: boolean | undefined;
  /** Maximum time that each person can stay, in seconds. */
  readonly ejectAfterElapsedTimeInSec: number | undefined;
  /** How long a meeting can go on without anyone sharing a device, in seconds. */
  readonly endMeetingAfterNoActivityInSec: number | undefined;
  /** Whether the room is audio only, billed at the audio price. */
  readonly audioOnlyRoom: boolean | undefined;
  /** Whether all video and audio is composed into one stream. */
  readonly enableComposition: boolean | undefined;
  /** How the composed stream arranges the participants. */
  readonly compositionLayout: "grid" | "active_speaker" | undefined;
  /** Whether the composed stream is recorded. */
  readonly recordComposition: boolean | undefined;
  /** Whether the composed stream is sent to `rtmpOutURL`. */
  readonly enableRTMPOut: boolean | undefined;
  /** Whether the composed stream is broadcast over HLS. */
  readonly enableLiveStreaming: boolean | undefined;
  /** Whether Metered deletes the room when `expireUnixSec` is reached. */
  readonly deleteOnExp: boolean | undefined;
}

const lookup = roomLookup<GetMeetingRoomResult>("getMeetingRoom", meetingRoom);

/**
 * Looks up a meeting room by its name, also in previews.
 *
 * The account comes from the stack's configuration, from the environment, or from a {@link Provider} that you pass as the
 * option `provider` or inherit with `parent`. If a program looks up the same room several times, it is fetched once.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const room = metered.getMeetingRoom({ roomName: "town-hall" });
 * export const link = room.then(({ url }) => url);
 * ```
 * @throws RunError whose `name` is the class of the error, such as `RoomNotFound`, `RoomStatusUnknown`,
 * `InvalidSecretKey`, `InvalidConfiguration` or `NoConnection`
 * @see docs/reference/functions.md#getmeetingroom
 */
export function getMeetingRoom(args: GetMeetingRoomArgs, opts: InvokeOptions = {}): Promise<GetMeetingRoomResult> {
  return lookUp(lookup, args, opts);
}

/**
 * Like {@link getMeetingRoom}, but takes and returns Outputs.
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
 * const room = metered.getMeetingRoomOutput({ roomName: other.requireOutput("roomName") });
 * export const link = room.url;
 * ```
 */
export function getMeetingRoomOutput(
  args: GetMeetingRoomOutputArgs,
  opts: InvokeOutputOptions = {},
): Output<GetMeetingRoomResult> {
  return lookUpOutput(lookup, args, opts);
}
