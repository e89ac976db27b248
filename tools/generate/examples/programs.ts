import { days, noted, type Program, ref, unixSeconds } from "./program";

/** A program that shows what a resource or a function is for. */
export interface Example {
  readonly title: string;
  readonly program: Program;
}

const SECRET = "a secret";
const OFTEN = "7 days: run pulumi up at least once a week";

/** The examples in the descriptions of the schema, by the name of the resource or function. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  MeetingRoom: [
    {
      title: "A private room that closes at a fixed time",
      program: {
        steps: [
          {
            resource: "MeetingRoom",
            as: "review",
            inputs: {
              privacy: "private",
              maxParticipants: 10,
              expireUnixSec: unixSeconds("2030-06-28T17:00:00+02:00"),
              ejectAtRoomExp: true,
            },
          },
        ],
        outputs: { join: ref("review", "url") },
      },
    },
  ],
  LiveStreamingRoom: [
    {
      title: "A recorded broadcast",
      program: {
        steps: [
          {
            resource: "LiveStreamingRoom",
            as: "townHall",
            name: "town-hall",
            inputs: { displayMessage: "We start at five.", enableRecording: true },
            options: { retainOnDelete: true },
            comment: "Metered documents no way to delete a live-streaming room.",
          },
        ],
        outputs: { watch: ref("townHall", "viewerURL"), broadcast: ref("townHall", "broadcastManager") },
      },
    },
  ],
  MeetingRoomSet: [
    {
      title: "A room for each course",
      program: {
        steps: [
          {
            resource: "MeetingRoomSet",
            as: "courses",
            inputs: {
              rooms: {
                math: { privacy: "private", maxParticipants: 30 },
                physics: { privacy: "private", maxParticipants: 30 },
                art: { privacy: "public" },
              },
            },
          },
        ],
        outputs: { math: ref("courses", "rooms", "math", "url") },
      },
    },
  ],
  LiveStreamingRoomSet: [
    {
      title: "A stage for each day",
      program: {
        steps: [
          {
            resource: "LiveStreamingRoomSet",
            as: "stages",
            inputs: {
              rooms: { friday: { enableRecording: true }, saturday: { enableRecording: true } },
              retainRemoved: noted(true, "Metered documents no way to delete a live-streaming room."),
            },
          },
        ],
        outputs: { watch: ref("stages", "rooms", "friday", "viewerURL") },
      },
    },
  ],
  TurnProject: [
    {
      title: "A project with a quota, and a credential in it",
      program: {
        steps: [
          {
            resource: "TurnProject",
            as: "calls",
            inputs: {
              projectName: "calls",
              quotaInBytes: noted(50_000_000_000, "50 GB"),
              quotaExceededAction: "notify",
              notificationEmails: ["ops@example.com"],
            },
          },
          { resource: "TurnCredential", as: "web", inputs: { projectId: ref("calls", "id"), label: "web" } },
        ],
        outputs: { iceServers: noted(ref("web", "iceServers"), SECRET) },
      },
    },
  ],
  TurnCredential: [
    {
      title: "A credential that rotates",
      program: {
        steps: [
          {
            resource: "TurnCredential",
            as: "turn",
            inputs: { label: "app", expiryInSeconds: days(30), rotateBeforeSeconds: noted(days(7), OFTEN) },
          },
        ],
        outputs: { iceServers: noted(ref("turn", "iceServers"), SECRET) },
      },
    },
  ],
  AccessToken: [
    {
      title: "A token for a private room",
      program: {
        steps: [
          { resource: "MeetingRoom", as: "standup", inputs: { privacy: "private" } },
          {
            resource: "AccessToken",
            as: "guest",
            inputs: {
              roomName: ref("standup", "roomName"),
              expiryInSeconds: days(30),
              rotateBeforeSeconds: noted(days(7), OFTEN),
            },
          },
        ],
        outputs: { token: noted(ref("guest", "token"), SECRET) },
      },
    },
  ],
  Provider: [
    {
      title: "A second account",
      program: {
        steps: [
          { config: "euKey", secret: true },
          { resource: "Provider", as: "eu", inputs: { appName: "acme-eu", secretKey: ref("euKey") } },
          {
            resource: "MeetingRoom",
            as: "berlin",
            inputs: { privacy: "private" },
            options: { provider: ref("eu") },
          },
        ],
        outputs: { join: ref("berlin", "url") },
      },
    },
  ],
  getMeetingRoom: lookup("getMeetingRoom", "lobby", { roomName: "lobby" }, "url", "link"),
  getLiveStreamingRoom: lookup("getLiveStreamingRoom", "stage", { roomName: "main-stage" }, "viewerURL", "watch"),
  getMeetingRooms: lookup("getMeetingRooms", "found", { namePrefix: "course-", privacy: "private" }, "rooms"),
  getTurnProjects: lookup("getTurnProjects", "found", {}, "projects"),
  getTurnCredentials: lookup("getTurnCredentials", "found", { label: "web" }, "credentials"),
  getTurnUsage: lookup("getTurnUsage", "usage", {}, "usageInGB"),
  getIceServers: [
    {
      title: "The servers of a credential in one region",
      program: {
        steps: [
          { resource: "TurnCredential", as: "web", inputs: { label: "web" } },
          { lookup: "getIceServers", as: "found", inputs: { apiKey: ref("web", "apiKey"), region: "europe" } },
        ],
        outputs: { iceServers: noted(ref("found", "iceServers"), SECRET) },
      },
    },
  ],
  validateAccessToken: [
    {
      title: "Whether a token is still accepted",
      program: {
        steps: [
          { config: "guestToken", secret: true },
          { lookup: "validateAccessToken", as: "found", inputs: { token: ref("guestToken") } },
        ],
        outputs: { accepted: ref("found", "valid") },
      },
    },
  ],
};

function lookup(
  name: string,
  as: string,
  inputs: Program["outputs"] & object,
  shown: string,
  output = shown,
): Example[] {
  const given = Object.keys(inputs).length > 0 ? { inputs } : {};
  const program = { steps: [{ lookup: name, as, ...given }], outputs: { [output]: ref(as, shown) } };
  return [{ title: "What exists outside the program", program }];
}
