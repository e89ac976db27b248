import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();
const rtmpServer = config.get("rtmpServer") ?? "rtmps://a.rtmps.youtube.com/live2";
// Anyone with the stream key can broadcast in our name, so it is a secret, and never stored in plaintext.
const streamKey = config.requireSecret("streamKey");

// What the audience watches: recorded, and streamed to another platform. Metered documents no way to delete such a room,
// so `pulumi destroy` would fail. With retainOnDelete, it leaves the room and its recordings on Metered.
const webinar = new metered.LiveStreamingRoom(
  "webinar",
  {
    displayMessage: config.get("displayMessage") ?? "We start at five o'clock.",
    enableLiveStreaming: true,
    enableRecording: true,
    recordComposition: true,
    enableRTMPOut: true,
    rtmpOutURL: pulumi.interpolate`${rtmpServer}/${streamKey}`,
  },
  { retainOnDelete: true },
);

// Where the speakers meet before the broadcast. It is private, so the link alone isn't enough to join, and nothing there
// is recorded. `pulumi destroy` deletes it.
const greenRoom = new metered.MeetingRoom("green-room", {
  privacy: "private",
  maxParticipants: config.getNumber("speakers") ?? 6,
  enableRequestToJoin: true,
  enableRecording: false,
});

export const watch = webinar.viewerURL;
export const broadcast = webinar.broadcastManager;
export const speakers = greenRoom.url;
