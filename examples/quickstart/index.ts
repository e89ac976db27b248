import * as metered from "pulumi-metered";

// A private room for the team: people join with an access token that your own server mints.
const standup = new metered.MeetingRoom("standup", {
  privacy: "private",
  maxParticipants: 12,
});

// A room that broadcasts. Metered documents no way to delete one, so `destroy` leaves it where it is.
const townHall = new metered.LiveStreamingRoom(
  "town-hall",
  { enableRecording: true, displayMessage: "We start in a minute." },
  { retainOnDelete: true },
);

export const join = standup.url;
export const watch = townHall.viewerURL;
export const broadcast = townHall.broadcastManager;
