import type { RoomType } from "../../provider/src/rooms/roomType";

/** The reference page of a kind of room, without its ending. */
export function pageOf(type: RoomType): string {
  return type.label.replace(" ", "-");
}

/** How a page groups the inputs. One that no group names is shown at the end, so that a new field is a row in one table. */
const GROUPS: readonly (readonly [title: string, names: readonly string[]])[] = [
  ["Access", ["roomName", "privacy", "maxParticipants", "enableRequestToJoin"]],
  [
    "Schedule",
    [
      ["expireUnixSec", "ejectAtRoomExp", "deleteOnExp", "notBeforeUnixSec"],
      ["ejectAfterElapsedTimeInSec", "endMeetingAfterNoActivityInSec"],
    ].flat(),
  ],
  ["Joining", ["autoJoin", "joinVideoOn", "joinAudioOn", "showInviteBox"]],
  [
    "Chat and sharing",
    ["enableChat", "newChatForMeetingSession", "enableScreenSharing", "ownerOnlyBroadcast", "audioOnlyRoom"],
  ],
  ["Viewer page", ["displayMessage", "customCSS"]],
  ["Recording", ["enableRecording", "recordRoom", "recordComposition"]],
  ["Streaming", ["enableComposition", "compositionLayout", "enableLiveStreaming", "enableRTMPOut", "rtmpOutURL"]],
  ["Webhooks", ["meetingStartedWebhook", "meetingEndedWebhook", "meetingJoinWebhook", "meetingLeftWebhook"]],
];

interface Group {
  readonly title: string;
  readonly names: readonly string[];
}

export function groupsOf(type: RoomType): Group[] {
  const known = new Set(GROUPS.flatMap(([, names]) => names));
  const rest = Object.keys(type.fields).filter((name) => !known.has(name));
  return [...GROUPS, ["More", rest] as const]
    .map(([title, names]) => ({ title, names: names.filter((name) => name in type.fields) }))
    .filter(({ names }) => names.length > 0);
}

/** The heading below which a page shows an input, as an anchor. */
export function anchorOf(type: RoomType, name: string): string {
  const group = groupsOf(type).find(({ names }) => names.includes(name));
  return (group?.title ?? "Inputs").toLowerCase().replaceAll(" ", "-");
}
