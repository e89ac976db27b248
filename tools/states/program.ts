import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field, Value } from "../../provider/src/schema/field";

/** A moment that no replay of the record will see: the first second of the year 2100. */
const FAR = 4_102_444_800;

/** What the program of a record says at a moment of its story. */
export interface Moment {
  /** When the room that deletes itself is over, in unix seconds. */
  readonly finishedAt: number;
  /** What two rooms declare: of one Metered does not take it in the end, of the other its response is lost. */
  readonly notTaken: number;
}

/** The names of the rooms that the program finds, rather than makes. */
export const EXISTING = { adopted: "adopted", meeting: "by-hand", live: "by-hand-live" } as const;

/**
 * The body of a program that leaves every kind of state behind that a release writes: every setting of both kinds of room, generated,
 * given, numbered and normalised names, adopted, looked-up, finished, not-as-declared and in-doubt rooms, parents and an
 * explicit provider. `participants` and `message` are what a replay changes.
 */
export function programOf({ finishedAt, notTaken }: Moment): string {
  return `
const config = new pulumi.Config();
const rtmpOutURL = config.requireSecret("rtmpOutURL");
const participants = 12;
const message = "We start soon";

new metered.MeetingRoom("every-setting", ${declaration(meetingRoom, "every-setting")});
new metered.MeetingRoom("least", { privacy: "public" });
new metered.MeetingRoom("numbered", { privacy: "public", maxParticipants: participants });
new metered.MeetingRoom("normalised", { roomName: "Town-Hall", privacy: "public", maxParticipants: participants });
new metered.MeetingRoom("adopted", { roomName: "${EXISTING.adopted}", privacy: "private", maxParticipants: participants });
new metered.MeetingRoom("finished", { roomName: "finished", privacy: "public", expireUnixSec: ${finishedAt}, deleteOnExp: true });
new metered.MeetingRoom("not-as-declared", { roomName: "not-as-declared", privacy: "public", maxParticipants: ${notTaken} });
new metered.MeetingRoom("in-doubt", { roomName: "in-doubt", privacy: "public", maxParticipants: ${notTaken} });

const team = new pulumi.ComponentResource("rooms:index:Team", "team");
new metered.MeetingRoom("child", { privacy: "public", maxParticipants: participants }, { parent: team });

new metered.LiveStreamingRoom("every-live-setting", ${declaration(liveStreamingRoom, "every-live-setting")});
new metered.LiveStreamingRoom("least-live");

const other = new metered.Provider("other", {
  appName: "demo",
  secretKey: config.requireSecret("otherKey"),
  endpoint: config.require("otherEndpoint"),
  retrySeconds: 1,
});
new metered.MeetingRoom("elsewhere", { roomName: "elsewhere", privacy: "public", rtmpOutURL }, { provider: other });
new metered.LiveStreamingRoom("live-elsewhere", { displayMessage: message }, { provider: other });

exports.found = metered.MeetingRoom.get("found", "${EXISTING.meeting}").maxParticipants;
exports.foundLive = metered.LiveStreamingRoom.get("found-live", "${EXISTING.live}").viewerURL;
`;
}

/** All settings of a kind of room, as a program writes them; a setting that is added to the table is among them. */
function declaration(type: RoomType, roomName: string): string {
  const settings = Object.entries(type.fields).map(([name, field]) => `${name}: ${expression(name, field, roomName)}`);
  return `{ ${settings.join(", ")} }`;
}

function expression(name: string, field: Field, roomName: string): string {
  if (field.secret) return name;
  if (name === "maxParticipants") return "participants";
  if (name === "displayMessage") return "message";
  return JSON.stringify(field.kind === "roomName" ? roomName : valueFor(name, field));
}

function valueFor(name: string, field: Field): Value {
  switch (field.kind) {
    case "boolean":
      return true;
    case "count":
      return 600;
    case "unixSeconds":
      return name === "notBeforeUnixSec" ? FAR - 3600 : FAR;
    case "choice":
      return field.values?.[0] ?? "";
    case "url":
      return `https://hooks.example.com/${name}`;
    default:
      return `The ${name}`;
  }
}
