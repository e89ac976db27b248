import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();

// A private room for the team: people join with an access token that your server issues.
const standup = new metered.MeetingRoom("standup", {
  privacy: "private",
  maxParticipants: config.getNumber("maxParticipants") ?? 12,
});

// A room that broadcasts. Metered documents no way to delete one, so `pulumi destroy` leaves it on Metered.
const townHall = new metered.LiveStreamingRoom(
  "town-hall",
  { enableRecording: true, displayMessage: "We start in a minute." },
  { retainOnDelete: true },
);

export const standupName = standup.roomName;
export const join = standup.url;
export const watch = townHall.viewerURL;
export const broadcast = townHall.broadcastManager;
