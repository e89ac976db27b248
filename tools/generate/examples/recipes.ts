import { PASSED_ON, TOKENS } from "./moreRecipes";
import { interpolated, noted, type Program, type Resource, ref, unixSeconds } from "./program";
import { EXAMPLES } from "./programs";

const TERM_ENDS = "2030-06-28T17:00:00+02:00";
const STREAM = interpolated("rtmps://a.rtmps.youtube.com/live2/", ref("streamKey"));

/** What the programs on pages of docs/ declare that aren't in the schema. The site shows them in every language. */
const RECIPES: Readonly<Record<string, Program>> = {
  "first-room": {
    steps: [{ resource: "MeetingRoom", as: "standup", inputs: { privacy: "public", maxParticipants: 12 } }],
    outputs: { join: ref("standup", "url") },
  },
  "private-rooms": {
    steps: ["algebra", "biology", "chemistry"].map(
      (as): Resource => ({
        resource: "MeetingRoom",
        as,
        inputs: {
          privacy: "private",
          maxParticipants: 10,
          expireUnixSec: unixSeconds(TERM_ENDS),
          ejectAtRoomExp: noted(true, "everyone has to leave then"),
        },
      }),
    ),
    outputs: {
      algebraRoom: ref("algebra", "url"),
      biologyRoom: ref("biology", "url"),
      chemistryRoom: ref("chemistry", "url"),
    },
  },
  timetable: {
    steps: [
      {
        resource: "MeetingRoomSet",
        as: "term",
        inputs: {
          rooms: Object.fromEntries(
            [["algebra-monday", 12] as const, ["algebra-thursday", 12] as const, ["choir-friday", 40] as const].map(
              ([key, maxParticipants]) => [
                key,
                { privacy: "private", maxParticipants, expireUnixSec: unixSeconds(TERM_ENDS), ejectAtRoomExp: true },
              ],
            ),
          ),
        },
      },
    ],
    outputs: { lessons: ref("term", "rooms") },
  },
  webinar: {
    steps: [
      { config: "streamKey", secret: true },
      {
        resource: "LiveStreamingRoom",
        as: "webinar",
        inputs: {
          displayMessage: "We start at five o'clock.",
          enableLiveStreaming: true,
          enableRecording: true,
          recordComposition: noted(true, "audio and video in one file"),
          enableRTMPOut: true,
          rtmpOutURL: STREAM,
        },
        options: { retainOnDelete: true },
      },
      {
        resource: "MeetingRoom",
        as: "greenRoom",
        name: "green-room",
        inputs: { privacy: "private", maxParticipants: 6 },
      },
    ],
    outputs: {
      watch: ref("webinar", "viewerURL"),
      broadcast: ref("webinar", "broadcastManager"),
      speakers: ref("greenRoom", "url"),
    },
  },
  panel: {
    steps: [
      { config: "streamKey", secret: true },
      {
        resource: "MeetingRoom",
        as: "panel",
        inputs: {
          privacy: "private",
          enableComposition: true,
          compositionLayout: "active_speaker",
          recordComposition: true,
          enableRTMPOut: true,
          rtmpOutURL: STREAM,
        },
      },
    ],
    outputs: { panelists: ref("panel", "url") },
  },
  accounts: {
    steps: [
      { config: "euKey", secret: true },
      { config: "usKey", secret: true },
      { resource: "Provider", as: "eu", inputs: { appName: "acme-eu", secretKey: ref("euKey") } },
      { resource: "Provider", as: "us", inputs: { appName: "acme-us", secretKey: ref("usKey") } },
      {
        resource: "MeetingRoom",
        as: "berlin",
        name: "support-eu",
        inputs: { roomName: "support", privacy: "private" },
        options: { provider: ref("eu") },
        comment: "Names are unique within an app, so both apps can have this one.",
      },
      {
        resource: "MeetingRoom",
        as: "boston",
        name: "support-us",
        inputs: { roomName: "support", privacy: "private" },
        options: { provider: ref("us") },
      },
    ],
    outputs: { euSupport: ref("berlin", "url"), usSupport: ref("boston", "url") },
  },
  protect: {
    steps: [
      {
        resource: "MeetingRoom",
        as: "board",
        inputs: { roomName: "board", privacy: "private", maxParticipants: 20 },
        options: { protect: true },
      },
    ],
    outputs: { boardRoom: ref("board", "url") },
  },
  webhooks: {
    steps: [
      { config: "webhookToken", secret: true },
      {
        resource: "MeetingRoom",
        as: "clinic",
        inputs: {
          privacy: "private",
          meetingStartedWebhook: hook("started"),
          meetingEndedWebhook: hook("ended"),
          meetingJoinWebhook: hook("joined"),
          meetingLeftWebhook: hook("left"),
        },
      },
    ],
    outputs: { join: ref("clinic", "url") },
  },
  ...PASSED_ON,
  ...TOKENS,
};

/** The program of a mark on a page: a recipe's, or the example of a resource or function. */
export function programOf(name: string): Program {
  const program = RECIPES[name] ?? EXAMPLES[name]?.[0]?.program;
  if (!program) throw new Error(`tools/generate/examples has no program "${name}".`);
  return program;
}

/** What a program of a page declares: all names that a mark can have. */
export const PROGRAM_NAMES: readonly string[] = [...Object.keys(RECIPES), ...Object.keys(EXAMPLES)];

function hook(event: string) {
  return interpolated(`https://hooks.example.com/metered/${event}?token=`, ref("webhookToken"));
}
