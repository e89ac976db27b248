import type { RoomType } from "../../provider/src/rooms/roomType";

type Name = RoomType["name"];

/** What each kind of room is for. */
const SUMMARIES: Readonly<Record<Name, string>> = {
  MeetingRoom: "A Metered meeting room, where people meet in the browser.",
  LiveStreamingRoom: "A Metered live-streaming room, for one-to-many broadcasts.",
};

export function summaryOf({ name }: RoomType): string {
  return SUMMARIES[name];
}

/** The program that introduces each kind of room. */
export const PROGRAMS: Readonly<Record<Name, string>> = {
  MeetingRoom: `import * as metered from "pulumi-metered";

const review = new metered.MeetingRoom("review", {
  privacy: "private",
  maxParticipants: 10,
  expireUnixSec: Date.parse("2030-06-28T17:00:00+02:00") / 1000,
  ejectAtRoomExp: true,
});

export const join = review.url;`,
  LiveStreamingRoom: `import * as metered from "pulumi-metered";

const townHall = new metered.LiveStreamingRoom(
  "town-hall",
  { displayMessage: "We start at five.", enableRecording: true },
  { retainOnDelete: true }, // Metered documents no way to delete it
);

export const watch = townHall.viewerURL;
export const broadcast = townHall.broadcastManager;`,
};
