// Made from ../../../rooms/meetingRoom.ts by `npm run generate`; a test fails when it is stale.
import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import { meetingRoom } from "../../../rooms/meetingRoom";
import { lookUp, lookUpOutput, roomLookup } from "./lookup";

export interface GetMeetingRoomArgs {
  /** The room's name on Metered. */
  roomName: string;
}

export interface GetMeetingRoomOutputArgs {
  /** The room's name on Metered. */
  roomName: Input<string>;
}

/**
 * A meeting room as Metered shows it right now. Settings that its response doesn't show are undefined. Settings that may
 * carry a credential are left out: `meetingJoinWebhook`, `meetingLeftWebhook`, `meetingStartedWebhook`, `meetingEndedWebhook`, `rtmpOutURL`. `MeetingRoom.get` has them, as secrets.
 */
export interface GetMeetingRoomResult {
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
  /** Where people join: `https://<appName>.metered.live/<roomName>`. */
  readonly url: string;
  /** Whether the room was deleted (archived): Metered may go on showing such a room for a while. */
  readonly archived: boolean;
  /** Who may join: anybody with the link (`public`), or only who brings an access token that your own server mints (`private`). */
  readonly privacy: "public" | "private" | undefined;
  /** From this moment on nobody can join; in the future when it is declared. By itself it neither ejects people nor deletes the room. Unit: unix seconds. */
  readonly expireUnixSec: number | undefined;
  /** Everybody is ejected when `expireUnixSec` is reached. */
  readonly ejectAtRoomExp: boolean | undefined;
  /** Before this moment nobody can join; earlier than `expireUnixSec`. Unit: unix seconds. */
  readonly notBeforeUnixSec: number | undefined;
  /** How many participants the room takes at once. Unit: participants. */
  readonly maxParticipants: number | undefined;
  /** People join at once, without the page that asks for name and devices. */
  readonly autoJoin: boolean | undefined;
  /** The box with the invitation link is shown. Embedded (iframe) rooms only. */
  readonly showInviteBox: boolean | undefined;
  /** In a private room, people without a token may ask an admin to be let in. */
  readonly enableRequestToJoin: boolean | undefined;
  /** The room has a chat. Embedded (iframe) rooms only. */
  readonly enableChat: boolean | undefined;
  /** Every session starts with an empty chat; `false` keeps the history. Embedded (iframe) rooms only. */
  readonly newChatForMeetingSession: boolean | undefined;
  /** Participants may share their screen. Embedded (iframe) rooms only. */
  readonly enableScreenSharing: boolean | undefined;
  /** People join with their camera on. Embedded (iframe) rooms only. */
  readonly joinVideoOn: boolean | undefined;
  /** People join with their microphone on. Embedded (iframe) rooms only. */
  readonly joinAudioOn: boolean | undefined;
  /** Users may record the meeting. */
  readonly enableRecording: boolean | undefined;
  /** The meeting is recorded automatically. */
  readonly recordRoom: boolean | undefined;
  /** Only the admin can share camera, microphone and screen. */
  readonly ownerOnlyBroadcast: boolean | undefined;
  /** How long each person may stay. Unit: seconds. */
  readonly ejectAfterElapsedTimeInSec: number | undefined;
  /** The meeting ends when nobody has shared a device for this long. Unit: seconds. */
  readonly endMeetingAfterNoActivityInSec: number | undefined;
  /** Audio only, billed at the audio price. */
  readonly audioOnlyRoom: boolean | undefined;
  /** All video and audio is composed into one stream: the precondition of `recordComposition`, `enableLiveStreaming` and `enableRTMPOut`. */
  readonly enableComposition: boolean | undefined;
  /** How the composed stream arranges the participants. */
  readonly compositionLayout: "grid" | "active_speaker" | undefined;
  /** The composed stream is recorded. Needs `enableComposition`. */
  readonly recordComposition: boolean | undefined;
  /** The composed stream is sent to `rtmpOutURL`. Needs `enableComposition` and `rtmpOutURL`. */
  readonly enableRTMPOut: boolean | undefined;
  /** The composed stream is broadcast over HLS. Needs `enableComposition`. */
  readonly enableLiveStreaming: boolean | undefined;
  /** Metered removes the room when `expireUnixSec` is reached; that is then no drift. */
  readonly deleteOnExp: boolean | undefined;
}

const lookup = roomLookup<GetMeetingRoomResult>("getMeetingRoom", meetingRoom);

/**
 * Looks up a meeting room by its name, in previews too. The account is that of the stack's configuration and the
 * environment, or of the option `provider` (a {@link Provider}), which the option `parent` hands on. A room that is asked
 * for several times is fetched once.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const room = metered.getMeetingRoom({ roomName: "town-hall" });
 * export const link = room.then(({ url }) => url);
 * ```
 * @throws RunError with the cause as its `name`: `RoomNotFound`, `RoomStatusUnknown` (Metered's response may mean that, or
 * something else), `InvalidSecretKey`, `UnknownApp`, `InvalidConfiguration`, `RateLimited`, `ServerError`, `NoConnection` and others
 */
export function getMeetingRoom(args: GetMeetingRoomArgs, opts: InvokeOptions = {}): Promise<GetMeetingRoomResult> {
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
