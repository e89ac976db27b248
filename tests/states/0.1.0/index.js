const pulumi = require("@pulumi/pulumi");
const metered = require("pulumi-metered");

const config = new pulumi.Config();
const rtmpOutURL = config.requireSecret("rtmpOutURL");
const participants = 12;
const message = "We start soon";

new metered.MeetingRoom("every-setting", {
  roomName: "every-setting",
  privacy: "public",
  expireUnixSec: 4102444800,
  ejectAtRoomExp: true,
  notBeforeUnixSec: 4102441200,
  maxParticipants: participants,
  autoJoin: true,
  showInviteBox: true,
  enableRequestToJoin: true,
  enableChat: true,
  newChatForMeetingSession: true,
  enableScreenSharing: true,
  joinVideoOn: true,
  joinAudioOn: true,
  enableRecording: true,
  recordRoom: true,
  ownerOnlyBroadcast: true,
  ejectAfterElapsedTimeInSec: 600,
  endMeetingAfterNoActivityInSec: 600,
  audioOnlyRoom: true,
  meetingJoinWebhook: "https://hooks.example.com/meetingJoinWebhook",
  meetingLeftWebhook: "https://hooks.example.com/meetingLeftWebhook",
  meetingStartedWebhook: "https://hooks.example.com/meetingStartedWebhook",
  meetingEndedWebhook: "https://hooks.example.com/meetingEndedWebhook",
  enableComposition: true,
  compositionLayout: "grid",
  recordComposition: true,
  enableRTMPOut: true,
  rtmpOutURL: rtmpOutURL,
  enableLiveStreaming: true,
  deleteOnExp: true,
});
new metered.MeetingRoom("least", { privacy: "public" });
new metered.MeetingRoom("numbered", { privacy: "public", maxParticipants: participants });
new metered.MeetingRoom("normalised", { roomName: "Town-Hall", privacy: "public", maxParticipants: participants });
new metered.MeetingRoom("adopted", { roomName: "adopted", privacy: "private", maxParticipants: participants });
new metered.MeetingRoom("finished", {
  roomName: "finished",
  privacy: "public",
  expireUnixSec: 1795802108,
  deleteOnExp: true,
});
new metered.MeetingRoom("not-as-declared", { roomName: "not-as-declared", privacy: "public", maxParticipants: 6 });
new metered.MeetingRoom("in-doubt", { roomName: "in-doubt", privacy: "public", maxParticipants: 6 });

const team = new pulumi.ComponentResource("rooms:index:Team", "team");
new metered.MeetingRoom("child", { privacy: "public", maxParticipants: participants }, { parent: team });

new metered.LiveStreamingRoom("every-live-setting", {
  roomName: "every-live-setting",
  enableLiveStreaming: true,
  displayMessage: message,
  customCSS: "The customCSS",
  enableRecording: true,
  recordComposition: true,
  enableRTMPOut: true,
  rtmpOutURL: rtmpOutURL,
});
new metered.LiveStreamingRoom("least-live");

const other = new metered.Provider("other", {
  appName: "demo",
  secretKey: config.requireSecret("otherKey"),
  endpoint: config.require("otherEndpoint"),
  retrySeconds: 1,
});
new metered.MeetingRoom("elsewhere", { roomName: "elsewhere", privacy: "public", rtmpOutURL }, { provider: other });
new metered.LiveStreamingRoom("live-elsewhere", { displayMessage: message }, { provider: other });

new metered.MeetingRoomSet("courses", {
  rooms: {
    maths: { privacy: "public", maxParticipants: participants },
    physics: { privacy: "private", roomName: "Physics", rtmpOutURL },
  },
});

const project = new metered.TurnProject("every-project-setting", {
  projectName: "The projectName",
  quotaInBytes: 1073741824,
  quotaExceededAction: "disable",
  webhookUrl: "https://hooks.example.com/webhookUrl",
  notificationEmails: ["ops@example.com", "dev@example.com"],
  forceDestroy: true,
});
new metered.TurnProject("least-project", { projectName: "least-project" });
new metered.TurnCredential("every-credential-setting", {
  projectId: project.id,
  label: "The label",
  expiryInSeconds: 2000000000,
  rotateBeforeSeconds: 86400,
  triggers: ["The triggers"],
  region: "global",
});
new metered.TurnCredential("of-app", { label: "of-app", expiryInSeconds: 2000000000, rotateBeforeSeconds: 86400 });
new metered.TurnCredential("least-credential");
new metered.AccessToken("every-token-setting", {
  roomName: "every-setting",
  isAdmin: true,
  name: "The name",
  email: "The email",
  externalUserId: "The externalUserId",
  meta: "The meta",
  expireUnixSec: 4102444800,
  notBeforeUnixSec: 4102441200,
  triggers: ["The triggers"],
  ejectAfterElapsedTimeInSec: 2000000000,
  joinVideoOn: true,
  joinAudioOn: true,
  disableVideo: true,
  disableAudio: true,
  disableScreenSharing: true,
});
new metered.AccessToken("for-all", { globalToken: true, expiryInSeconds: 2000000000, rotateBeforeSeconds: 86400 });

exports.found = metered.MeetingRoom.get("found", "by-hand").maxParticipants;
exports.foundLive = metered.LiveStreamingRoom.get("found-live", "by-hand-live").viewerURL;
exports.foundProject = metered.TurnProject.get("found-project", "6b09c383635d24579d5c6abe").quotaInBytes;
