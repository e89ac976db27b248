import type { Settings, StoredRoom } from "../../rooms/types";
import type { World } from "../../world";

// From the two examples in the documents, which agree neither on the fields nor on the defaults.
const firstSample: Settings = {
  privacy: "public",
  deleteOnExp: false,
  autoJoin: false,
  enableRequestToJoin: false,
  enableChat: false,
  enableScreenSharing: true,
  joinVideoOn: true,
  joinAudioOn: true,
  ownerOnlyBroadcast: false,
  recordRoom: false,
  ejectAtRoomExp: false,
};
const { recordRoom: _, ...inBoth } = firstSample;
const secondSample: Settings = { ...inBoth, enableRequestToJoin: true, enableChat: true, enableRecording: false };

/** A room as the API shows it. */
export function roomReply(room: Readonly<StoredRoom>, world: World): Record<string, unknown> {
  return room.kind === "meeting" ? meetingReply(room, world) : liveReply(room, world);
}

/** A room in a list: whole, or what is enough to find it. */
export function listEntry(room: Readonly<StoredRoom>, world: World): Record<string, unknown> {
  if (world.switches.listEntries === "whole") return roomReply(room, world);
  const { _id, roomName, created } = room;
  return { _id, roomName, created };
}

function meetingReply(room: Readonly<StoredRoom>, { appId, switches }: World): Record<string, unknown> {
  const second = switches.replySample === "second";
  const defaults = second ? secondSample : firstSample;
  const { _id, roomName, created, archived, settings } = room;
  const shown = switches.optionalInReplies === "echoed" ? settings : only(settings, defaults);
  // In this order: with the settings before what every room has, V8 takes thirty times as long, and lists are long.
  return {
    _id,
    roomName,
    app: appId,
    created,
    archived,
    lang: "en",
    ...(second ? {} : { __v: 0 }),
    ...defaults,
    ...shown,
  };
}

/** The settings that a documented example shows. */
function only(settings: Settings, sample: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => Object.hasOwn(sample, key)));
}

function liveReply(room: Readonly<StoredRoom>, world: World): Record<string, unknown> {
  const { displayMessage, ...others } = room.settings;
  return {
    ...(world.switches.liveOptionalInReplies === "echoed" ? others : {}),
    ...(displayMessage === undefined ? {} : { displayMessage }),
    ...(room.archived ? { archived: true } : {}),
    currentlyBroadcasting: room.currentlyBroadcasting,
    _id: room._id,
    roomName: room.roomName,
    ...liveLinks(room, world),
    created: room.created,
  };
}

/** The two links of a live room, with the paths that Metered documents. */
function liveLinks({ _id }: Readonly<StoredRoom>, { app, appId, origin, switches }: World) {
  const own = switches.links === "simulator";
  const viewer = own ? origin : `https://${app}.metered.live`;
  const dashboard = own ? origin : "https://dashboard.metered.ca";
  return {
    viewerURL: `${viewer}/${_id}/player`,
    broadcastManager: `${dashboard}/livestreaming-rooms/${_id}/app/${appId}/broadcast`,
  };
}
