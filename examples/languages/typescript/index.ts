import * as metered from "pulumi-metered-plugin";

const standup = new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });
const townHall = new metered.LiveStreamingRoom(
  "town-hall",
  { roomName: "town-hall", enableRecording: true },
  // Metered documents no way to delete such a room.
  { retainOnDelete: true },
);
// Created outside Pulumi, only looked up.
const found = metered.getMeetingRoomOutput({ roomName: "lobby" });

export const join = standup.url;
export const watch = townHall.viewerURL;
export const broadcast = townHall.broadcastManager;
export const lobby = found.url;
