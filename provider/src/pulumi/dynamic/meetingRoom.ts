// Generated from ../../rooms/meetingRoom.ts by `npm run generate`; a test fails when it is stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { meetingRoom } from "../../rooms/meetingRoom";
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

/** The inputs of a {@link MeetingRoom}. Inputs that you leave out aren't managed. */
export interface MeetingRoomArgs {
  /**
   * The room's name, which is the last part of the address where people join. Unique within the Metered app. If you leave it out, it's generated from the resource's name, with 8 hex digits appended, and stays the same on every run.
   *
   * Changing it replaces the room: Pulumi creates the new room, then deletes the old one. If you remove it, the room keeps its name.
   *
   * @example "town-hall"
   * @see docs/reference/meeting-room.md#access
   */
  roomName?: Input<string | undefined>;
  /**
   * Who can join: anyone with the link (`public`), or only people with an access token issued by your server (`private`).
   *
   * @see docs/reference/meeting-room.md#access
   */
  privacy: Input<"public" | "private">;
  /**
   * Time after which nobody can join, in Unix seconds (not milliseconds). Must be in the future when first set. By itself it neither ejects people nor deletes the room.
   *
   * Must be later than `notBeforeUnixSec`.
   *
   * @example Date.parse("2030-06-28T17:00:00+02:00") / 1000
   * @see docs/reference/meeting-room.md#schedule
   */
  expireUnixSec?: Input<number | undefined>;
  /**
   * Whether everyone is ejected when `expireUnixSec` is reached.
   *
   * Set `expireUnixSec` as well. Otherwise the room never expires and nobody is ejected.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/meeting-room.md#schedule
   */
  ejectAtRoomExp?: Input<boolean | undefined>;
  /**
   * Time before which nobody can join, in Unix seconds (not milliseconds).
   *
   * Must be earlier than `expireUnixSec`.
   *
   * @example Date.parse("2030-06-28T16:00:00+02:00") / 1000
   * @see docs/reference/meeting-room.md#schedule
   */
  notBeforeUnixSec?: Input<number | undefined>;
  /**
   * Maximum number of people in the room at the same time.
   *
   * @see docs/reference/meeting-room.md#access
   */
  maxParticipants?: Input<number | undefined>;
  /**
   * Whether people join immediately, without the page that asks for their name and devices.
   *
   * @see docs/reference/meeting-room.md#joining
   */
  autoJoin?: Input<boolean | undefined>;
  /**
   * Whether the box with the invitation link is shown. Embedded (iframe) rooms only.
   *
   * If you remove it from the program, it is set to `true`.
   *
   * @default true
   * @see docs/reference/meeting-room.md#joining
   */
  showInviteBox?: Input<boolean | undefined>;
  /**
   * Whether people without a token can ask an admin of a private room to let them in.
   *
   * @see docs/reference/meeting-room.md#access
   */
  enableRequestToJoin?: Input<boolean | undefined>;
  /**
   * Whether the room has a chat. Embedded (iframe) rooms only.
   *
   * @see docs/reference/meeting-room.md#chat-and-sharing
   */
  enableChat?: Input<boolean | undefined>;
  /**
   * Whether every session starts with an empty chat. `false` keeps the history. Embedded (iframe) rooms only.
   *
   * If you remove it from the program, it is set to `true`.
   *
   * @default true
   * @see docs/reference/meeting-room.md#chat-and-sharing
   */
  newChatForMeetingSession?: Input<boolean | undefined>;
  /**
   * Whether participants can share their screen. Embedded (iframe) rooms only.
   *
   * @see docs/reference/meeting-room.md#chat-and-sharing
   */
  enableScreenSharing?: Input<boolean | undefined>;
  /**
   * Whether people join with their camera on. Embedded (iframe) rooms only.
   *
   * @see docs/reference/meeting-room.md#joining
   */
  joinVideoOn?: Input<boolean | undefined>;
  /**
   * Whether people join with their microphone on. Embedded (iframe) rooms only.
   *
   * @see docs/reference/meeting-room.md#joining
   */
  joinAudioOn?: Input<boolean | undefined>;
  /**
   * Whether participants can record the meeting.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/meeting-room.md#recording
   */
  enableRecording?: Input<boolean | undefined>;
  /**
   * Whether the meeting is recorded automatically.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/meeting-room.md#recording
   */
  recordRoom?: Input<boolean | undefined>;
  /**
   * Whether only the admin can share camera, microphone and screen.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @default false
   * @see docs/reference/meeting-room.md#chat-and-sharing
   */
  ownerOnlyBroadcast?: Input<boolean | undefined>;
  /**
   * Maximum time that each person can stay, in seconds.
   *
   * @see docs/reference/meeting-room.md#schedule
   */
  ejectAfterElapsedTimeInSec?: Input<number | undefined>;
  /**
   * How long a meeting can go on without anyone sharing a device, in seconds.
   *
   * @see docs/reference/meeting-room.md#schedule
   */
  endMeetingAfterNoActivityInSec?: Input<number | undefined>;
  /**
   * Whether the room is audio only, billed at the audio price.
   *
   * @see docs/reference/meeting-room.md#chat-and-sharing
   */
  audioOnlyRoom?: Input<boolean | undefined>;
  /**
   * URL that Metered calls when a participant joins.
   *
   * @example "https://example.com/metered/meetingjoinwebhook"
   * @see docs/reference/meeting-room.md#webhooks
   */
  meetingJoinWebhook?: Input<string | undefined>;
  /**
   * URL that Metered calls when a participant leaves.
   *
   * @example "https://example.com/metered/meetingleftwebhook"
   * @see docs/reference/meeting-room.md#webhooks
   */
  meetingLeftWebhook?: Input<string | undefined>;
  /**
   * URL that Metered calls when a session of the room starts.
   *
   * @example "https://example.com/metered/meetingstartedwebhook"
   * @see docs/reference/meeting-room.md#webhooks
   */
  meetingStartedWebhook?: Input<string | undefined>;
  /**
   * URL that Metered calls when a meeting ends.
   *
   * @example "https://example.com/metered/meetingendedwebhook"
   * @see docs/reference/meeting-room.md#webhooks
   */
  meetingEndedWebhook?: Input<string | undefined>;
  /**
   * Whether all video and audio is composed into one stream. Required for `recordComposition`, `enableLiveStreaming` and `enableRTMPOut`.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/meeting-room.md#streaming
   */
  enableComposition?: Input<boolean | undefined>;
  /**
   * How the composed stream arranges the participants.
   *
   * @see docs/reference/meeting-room.md#streaming
   */
  compositionLayout?: Input<"grid" | "active_speaker" | undefined>;
  /**
   * Whether the composed stream is recorded.
   *
   * `true` requires `enableComposition: true`.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/meeting-room.md#recording
   */
  recordComposition?: Input<boolean | undefined>;
  /**
   * Whether the composed stream is sent to `rtmpOutURL`.
   *
   * `true` requires `rtmpOutURL` and `enableComposition: true`.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/meeting-room.md#streaming
   */
  enableRTMPOut?: Input<boolean | undefined>;
  /**
   * RTMP or RTMPS URL that the composed stream is sent to. It contains a stream key, so it's a secret.
   *
   * @example config.requireSecret("rtmpOutURL")
   * @see docs/reference/meeting-room.md#streaming
   */
  rtmpOutURL?: Input<string | undefined>;
  /**
   * Whether the composed stream is broadcast over HLS.
   *
   * `true` requires `enableComposition: true`.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/meeting-room.md#streaming
   */
  enableLiveStreaming?: Input<boolean | undefined>;
  /**
   * Whether Metered deletes the room when `expireUnixSec` is reached. Pulumi doesn't report that as drift.
   *
   * Set `expireUnixSec` as well. Otherwise the room never expires and is never deleted.
   *
   * If you remove it from the program, it is set to `false`.
   *
   * @see docs/reference/meeting-room.md#schedule
   */
  deleteOnExp?: Input<boolean | undefined>;
}

/**
 * A Metered meeting room, where people meet in the browser.
 *
 * Every input is an output as well, undefined if the program doesn't set it. The `id` is the room's name as Metered
 * stores it.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const review = new metered.MeetingRoom("review", {
 *   privacy: "private",
 *   maxParticipants: 10,
 *   // 2030-06-28T17:00:00+02:00
 *   expireUnixSec: 1_908_889_200,
 *   ejectAtRoomExp: true,
 * });
 *
 * export const join = review.url;
 * ```
 * @see docs/reference/meeting-room.md
 */
export class MeetingRoom extends CustomResource {
  /** Metered's ID of the room (`_id`), 24 hexadecimal digits. */
  declare readonly roomId: Output<string>;
  /** The Metered app that the room belongs to. */
  declare readonly appName: Output<string>;
  /** Time when the room was created, in ISO 8601 format (UTC). */
  declare readonly created: Output<string>;
  /** URL where people join: `https://<appName>.metered.live/<roomName>`. */
  declare readonly url: Output<string>;
  /** The room's name, which is the last part of the address where people join. */
  declare readonly roomName: Output<string>;
  /** Who can join: anyone with the link (`public`), or only people with an access token issued by your server (`private`). */
  declare readonly privacy: Output<"public" | "private">;
  /** Time after which nobody can join, in Unix seconds (not milliseconds). */
  declare readonly expireUnixSec: Output<number | undefined>;
  /** Whether everyone is ejected when `expireUnixSec` is reached. */
  declare readonly ejectAtRoomExp: Output<boolean | undefined>;
  /** Time before which nobody can join, in Unix seconds (not milliseconds). */
  declare readonly notBeforeUnixSec: Output<number | undefined>;
  /** Maximum number of people in the room at the same time. */
  declare readonly maxParticipants: Output<number | undefined>;
  /** Whether people join immediately, without the page that asks for their name and devices. */
  declare readonly autoJoin: Output<boolean | undefined>;
  /** Whether the box with the invitation link is shown. */
  declare readonly showInviteBox: Output<boolean | undefined>;
  /** Whether people without a token can ask an admin of a private room to let them in. */
  declare readonly enableRequestToJoin: Output<boolean | undefined>;
  /** Whether the room has a chat. */
  declare readonly enableChat: Output<boolean | undefined>;
  /** Whether every session starts with an empty chat. `false` keeps the history. */
  declare readonly newChatForMeetingSession: Output<boolean | undefined>;
  /** Whether participants can share their screen. */
  declare readonly enableScreenSharing: Output<boolean | undefined>;
  /** Whether people join with their camera on. */
  declare readonly joinVideoOn: Output<boolean | undefined>;
  /** Whether people join with their microphone on. */
  declare readonly joinAudioOn: Output<boolean | undefined>;
  /** Whether participants can record the meeting. */
  declare readonly enableRecording: Output<boolean | undefined>;
  /** Whether the meeting is recorded automatically. */
  declare readonly recordRoom: Output<boolean | undefined>;
  /** Whether only the admin can share camera, microphone and screen. */
  declare readonly ownerOnlyBroadcast: Output<boolean | undefined>;
  /** Maximum time that each person can stay, in seconds. */
  declare readonly ejectAfterElapsedTimeInSec: Output<number | undefined>;
  /** How long a meeting can go on without anyone sharing a device, in seconds. */
  declare readonly endMeetingAfterNoActivityInSec: Output<number | undefined>;
  /** Whether the room is audio only, billed at the audio price. */
  declare readonly audioOnlyRoom: Output<boolean | undefined>;
  /** URL that Metered calls when a participant joins. */
  declare readonly meetingJoinWebhook: Output<string | undefined>;
  /** URL that Metered calls when a participant leaves. */
  declare readonly meetingLeftWebhook: Output<string | undefined>;
  /** URL that Metered calls when a session of the room starts. */
  declare readonly meetingStartedWebhook: Output<string | undefined>;
  /** URL that Metered calls when a meeting ends. */
  declare readonly meetingEndedWebhook: Output<string | undefined>;
  /** Whether all video and audio is composed into one stream. */
  declare readonly enableComposition: Output<boolean | undefined>;
  /** How the composed stream arranges the participants. */
  declare readonly compositionLayout: Output<"grid" | "active_speaker" | undefined>;
  /** Whether the composed stream is recorded. */
  declare readonly recordComposition: Output<boolean | undefined>;
  /** Whether the composed stream is sent to `rtmpOutURL`. */
  declare readonly enableRTMPOut: Output<boolean | undefined>;
  /** RTMP or RTMPS URL that the composed stream is sent to. */
  declare readonly rtmpOutURL: Output<string | undefined>;
  /** Whether the composed stream is broadcast over HLS. */
  declare readonly enableLiveStreaming: Output<boolean | undefined>;
  /** Whether Metered deletes the room when `expireUnixSec` is reached. */
  declare readonly deleteOnExp: Output<boolean | undefined>;

  /**
   * Looks up an existing room. It is read on every run, and never changed or deleted.
   *
   * @param name the name of the resource in the program
   * @param id the name of the room on Metered
   * @throws `RoomNotFound`, as an error of the resource, if there is no such room
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): MeetingRoom {
    return new MeetingRoom(name, {} as MeetingRoomArgs, lookupOptions(meetingRoom, name, id, opts));
  }

  /**
   * Creates a meeting room.
   *
   * @param name the name of the resource in the program, unique among the stack's meeting rooms
   * @param args the inputs of the room
   * @param opts Pulumi's resource options. `import` can't be used (pulumi/pulumi#3550), and `customTimeouts` has no effect
   */
  constructor(name: string, args: MeetingRoomArgs, opts: CustomResourceOptions = {}) {
    super(tokenOf(meetingRoom), name, propertiesOf(meetingRoom, name, args, opts), optionsOf(meetingRoom, args, opts));
    warnAbout(this, meetingRoom, args, opts);
    warnAboutName(this, meetingRoom, name, args, opts);
    keepNumberedName(this, args);
  }

  static {
    readUndeclared(MeetingRoom, meetingRoom);
  }
}
