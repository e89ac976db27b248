import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();
const rtmpServer = config.get("rtmpServer") ?? "rtmps://a.rtmps.youtube.com/live2";
// Whoever has the stream key can broadcast in our name: it is a secret of the stack, and never leaves it in clear.
const streamKey = config.requireSecret("streamKey");

// What the audience watches: recorded, and sent on to another platform. Metered documents no way to delete such a room,
// so `pulumi destroy` would end in an error; with retainOnDelete it leaves the room, and its recordings, where they are.
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

// Where the speakers meet before they go on air. It is private, so that a link that gets out lets nobody in, and what
// is said there is not recorded. It has no reason to outlive the webinar: `pulumi destroy` deletes it.
const greenRoom = new metered.MeetingRoom("green-room", {
  privacy: "private",
  maxParticipants: config.getNumber("speakers") ?? 6,
  enableRequestToJoin: true,
  enableRecording: false,
});

export const watch = webinar.viewerURL;
export const broadcast = webinar.broadcastManager;
export const speakers = greenRoom.url;
