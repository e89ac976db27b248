// Made from ../../rooms/meetingRoom.ts by `npm run generate`; a test fails when it is stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { meetingRoom } from "../../rooms/meetingRoom";
import { optionsOf, propertiesOf, tokenOf, warnAbout } from "./registration";
import { readUndeclared } from "./undeclared";

/** The settings of a {@link MeetingRoom}. Source: Metered REST API, Create Room. */
export interface MeetingRoomArgs {
  /**
   * The room's name, the last part of the address where people join. Unique within the Metered app. Not given: the resource's name with 8 hex digits behind it, the same on every run.
   * Optional.
   * A change replaces the room.
   */
  roomName?: Input<string | undefined>;
  /**
   * Who may join: anybody with the link (`public`), or only who brings an access token that your own server mints (`private`).
   * Required.
   * A change updates the room in place.
   */
  privacy: Input<"public" | "private">;
  /**
   * From this moment on nobody can join; in the future when it is declared. By itself it neither ejects people nor deletes the room.
   * Unit: unix seconds (not milliseconds).
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  expireUnixSec?: Input<number | undefined>;
  /**
   * Everybody is ejected when `expireUnixSec` is reached.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  ejectAtRoomExp?: Input<boolean | undefined>;
  /**
   * Before this moment nobody can join; earlier than `expireUnixSec`.
   * Unit: unix seconds (not milliseconds).
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  notBeforeUnixSec?: Input<number | undefined>;
  /**
   * How many participants the room takes at once.
   * Unit: participants, a whole number of 1 or more.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  maxParticipants?: Input<number | undefined>;
  /**
   * People join at once, without the page that asks for name and devices.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  autoJoin?: Input<boolean | undefined>;
  /**
   * The box with the invitation link is shown. Embedded (iframe) rooms only.
   * Default: true; when the setting is removed from the program, the room is set to true.
   * A change updates the room in place.
   */
  showInviteBox?: Input<boolean | undefined>;
  /**
   * In a private room, people without a token may ask an admin to be let in.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  enableRequestToJoin?: Input<boolean | undefined>;
  /**
   * The room has a chat. Embedded (iframe) rooms only.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  enableChat?: Input<boolean | undefined>;
  /**
   * Every session starts with an empty chat; `false` keeps the history. Embedded (iframe) rooms only.
   * Default: true; when the setting is removed from the program, the room is set to true.
   * A change updates the room in place.
   */
  newChatForMeetingSession?: Input<boolean | undefined>;
  /**
   * Participants may share their screen. Embedded (iframe) rooms only.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  enableScreenSharing?: Input<boolean | undefined>;
  /**
   * People join with their camera on. Embedded (iframe) rooms only.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  joinVideoOn?: Input<boolean | undefined>;
  /**
   * People join with their microphone on. Embedded (iframe) rooms only.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  joinAudioOn?: Input<boolean | undefined>;
  /**
   * Users may record the meeting.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  enableRecording?: Input<boolean | undefined>;
  /**
   * The meeting is recorded automatically.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  recordRoom?: Input<boolean | undefined>;
  /**
   * Only the admin can share camera, microphone and screen.
   * Default: false; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  ownerOnlyBroadcast?: Input<boolean | undefined>;
  /**
   * How long each person may stay.
   * Unit: seconds, a whole number of 1 or more.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  ejectAfterElapsedTimeInSec?: Input<number | undefined>;
  /**
   * The meeting ends when nobody has shared a device for this long.
   * Unit: seconds, a whole number of 1 or more.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  endMeetingAfterNoActivityInSec?: Input<number | undefined>;
  /**
   * Audio only, billed at the audio price.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  audioOnlyRoom?: Input<boolean | undefined>;
  /**
   * Called when a participant joins.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  meetingJoinWebhook?: Input<string | undefined>;
  /**
   * Called when a participant leaves.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  meetingLeftWebhook?: Input<string | undefined>;
  /**
   * Called when a session of the room starts.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  meetingStartedWebhook?: Input<string | undefined>;
  /**
   * Called when a meeting ends.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  meetingEndedWebhook?: Input<string | undefined>;
  /**
   * All video and audio is composed into one stream: the precondition of `recordComposition`, `enableLiveStreaming` and `enableRTMPOut`.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  enableComposition?: Input<boolean | undefined>;
  /**
   * How the composed stream arranges the participants.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   */
  compositionLayout?: Input<"grid" | "active_speaker" | undefined>;
  /**
   * The composed stream is recorded. Needs `enableComposition`.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  recordComposition?: Input<boolean | undefined>;
  /**
   * The composed stream is sent to `rtmpOutURL`. Needs `enableComposition` and `rtmpOutURL`.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  enableRTMPOut?: Input<boolean | undefined>;
  /**
   * Where the composed stream is sent, an rtmp or rtmps URL. It carries a stream key, so it is a secret.
   * Metered's default is not documented; when the setting is removed from the program, the room keeps the value it has.
   * A change updates the room in place.
   * Secret: encrypted in the state, never shown.
   */
  rtmpOutURL?: Input<string | undefined>;
  /**
   * The composed stream is broadcast over HLS. Needs `enableComposition`.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   */
  enableLiveStreaming?: Input<boolean | undefined>;
  /**
   * Metered removes the room when `expireUnixSec` is reached; that is then no drift.
   * Metered's default is not documented; when the setting is removed from the program, the room is set to false.
   * A change updates the room in place.
   * Source: the Node sample and the example reply of that page; its table does not list it, so the meaning is inferred.
   */
  deleteOnExp?: Input<boolean | undefined>;
}

/**
 * A Metered meeting room. Its `id` is the room's name in Metered's spelling.
 *
 * Errors name the room, the cause and the way out: invalid settings before any call; a name that is taken; a key or an
 * app that Metered does not accept; a server or a network that fails, after all tries.
 */
export class MeetingRoom extends CustomResource {
  /** Metered's own id of the room (`_id`), 24 hex digits. */
  declare readonly roomId: Output<string>;
  /** The Metered app that the room belongs to. */
  declare readonly appName: Output<string>;
  /** When the room was created, ISO 8601 in UTC. */
  declare readonly created: Output<string>;
  /** Where people join: `https://<appName>.metered.live/<roomName>`. */
  declare readonly url: Output<string>;
  /** As declared: see {@link MeetingRoomArgs.roomName}. */
  declare readonly roomName: Output<string>;
  /** As declared: see {@link MeetingRoomArgs.privacy}. */
  declare readonly privacy: Output<"public" | "private">;
  /** As declared: see {@link MeetingRoomArgs.expireUnixSec}. */
  declare readonly expireUnixSec: Output<number | undefined>;
  /** As declared: see {@link MeetingRoomArgs.ejectAtRoomExp}. */
  declare readonly ejectAtRoomExp: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.notBeforeUnixSec}. */
  declare readonly notBeforeUnixSec: Output<number | undefined>;
  /** As declared: see {@link MeetingRoomArgs.maxParticipants}. */
  declare readonly maxParticipants: Output<number | undefined>;
  /** As declared: see {@link MeetingRoomArgs.autoJoin}. */
  declare readonly autoJoin: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.showInviteBox}. */
  declare readonly showInviteBox: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.enableRequestToJoin}. */
  declare readonly enableRequestToJoin: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.enableChat}. */
  declare readonly enableChat: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.newChatForMeetingSession}. */
  declare readonly newChatForMeetingSession: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.enableScreenSharing}. */
  declare readonly enableScreenSharing: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.joinVideoOn}. */
  declare readonly joinVideoOn: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.joinAudioOn}. */
  declare readonly joinAudioOn: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.enableRecording}. */
  declare readonly enableRecording: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.recordRoom}. */
  declare readonly recordRoom: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.ownerOnlyBroadcast}. */
  declare readonly ownerOnlyBroadcast: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.ejectAfterElapsedTimeInSec}. */
  declare readonly ejectAfterElapsedTimeInSec: Output<number | undefined>;
  /** As declared: see {@link MeetingRoomArgs.endMeetingAfterNoActivityInSec}. */
  declare readonly endMeetingAfterNoActivityInSec: Output<number | undefined>;
  /** As declared: see {@link MeetingRoomArgs.audioOnlyRoom}. */
  declare readonly audioOnlyRoom: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.meetingJoinWebhook}. */
  declare readonly meetingJoinWebhook: Output<string | undefined>;
  /** As declared: see {@link MeetingRoomArgs.meetingLeftWebhook}. */
  declare readonly meetingLeftWebhook: Output<string | undefined>;
  /** As declared: see {@link MeetingRoomArgs.meetingStartedWebhook}. */
  declare readonly meetingStartedWebhook: Output<string | undefined>;
  /** As declared: see {@link MeetingRoomArgs.meetingEndedWebhook}. */
  declare readonly meetingEndedWebhook: Output<string | undefined>;
  /** As declared: see {@link MeetingRoomArgs.enableComposition}. */
  declare readonly enableComposition: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.compositionLayout}. */
  declare readonly compositionLayout: Output<"grid" | "active_speaker" | undefined>;
  /** As declared: see {@link MeetingRoomArgs.recordComposition}. */
  declare readonly recordComposition: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.enableRTMPOut}. */
  declare readonly enableRTMPOut: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.rtmpOutURL}. */
  declare readonly rtmpOutURL: Output<string | undefined>;
  /** As declared: see {@link MeetingRoomArgs.enableLiveStreaming}. */
  declare readonly enableLiveStreaming: Output<boolean | undefined>;
  /** As declared: see {@link MeetingRoomArgs.deleteOnExp}. */
  declare readonly deleteOnExp: Output<boolean | undefined>;

  /**
   * A room that exists, looked up by its name. It is read on every run and never changed or deleted.
   *
   * @param name the resource's name in the program
   * @param id the room's name on Metered
   * @throws at the resource, when there is no such room
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): MeetingRoom {
    return new MeetingRoom(name, {} as MeetingRoomArgs, { ...opts, id });
  }

  /**
   * Declares a room.
   *
   * @param name the resource's name in the program, unique among the stack's meeting rooms
   * @param opts Pulumi's resource options; `import` is refused (pulumi/pulumi#3550), `customTimeouts` have no effect
   */
  constructor(name: string, args: MeetingRoomArgs, opts: CustomResourceOptions = {}) {
    super(tokenOf(meetingRoom), name, propertiesOf(meetingRoom, name, args, opts), optionsOf(meetingRoom, args, opts));
    warnAbout(this, meetingRoom, args, opts);
  }

  static {
    readUndeclared(MeetingRoom, meetingRoom);
  }
}
