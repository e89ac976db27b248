import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { AnyValue, Field, ResourceType } from "../../provider/src/schema/field";
import { accessToken } from "../../provider/src/tokens/accessToken";
import { turnCredential } from "../../provider/src/turn/credential";
import { turnProject } from "../../provider/src/turn/project";

/** A moment that no replay of the record will see: the first second of the year 2100. */
const FAR = 4_102_444_800;
/** More than 60 years: what lasts so long from the record on is not due in any replay. */
const LONG = 2_000_000_000;

/** What the program of a record says at a moment of its story. */
export interface Moment {
  /** When the room that deletes itself is over, in unix seconds. */
  readonly finishedAt: number;
  /** What two rooms declare: of one Metered does not take it in the end, of the other its response is lost. */
  readonly notTaken: number;
  /** The id of the TURN project that the program finds, rather than creates. */
  readonly projectId: string;
}

/** The names of what the program finds, rather than creates. */
export const EXISTING = {
  ...{ adopted: "adopted", meeting: "by-hand", live: "by-hand-live" },
  project: "by-hand-project",
} as const;

/**
 * The body of a program that leaves every kind of state behind that a release writes: every setting of both kinds of room, generated,
 * given, numbered and normalised names, adopted, looked-up, finished, not-as-declared and in-doubt rooms, parents, an
 * explicit provider, a set, and every setting of what isn't a room. `participants` and `message` are what a replay changes.
 */
export function programOf({ finishedAt, notTaken, projectId }: Moment): string {
  return `
const config = new pulumi.Config();
const rtmpOutURL = config.requireSecret("rtmpOutURL");
const participants = 12;
const message = "We start soon";

new metered.MeetingRoom("every-setting", ${declaration(meetingRoom, { roomName: '"every-setting"' })});
new metered.MeetingRoom("least", { privacy: "public" });
new metered.MeetingRoom("numbered", { privacy: "public", maxParticipants: participants });
new metered.MeetingRoom("normalised", { roomName: "Town-Hall", privacy: "public", maxParticipants: participants });
new metered.MeetingRoom("adopted", { roomName: "${EXISTING.adopted}", privacy: "private", maxParticipants: participants });
new metered.MeetingRoom("finished", { roomName: "finished", privacy: "public", expireUnixSec: ${finishedAt}, deleteOnExp: true });
new metered.MeetingRoom("not-as-declared", { roomName: "not-as-declared", privacy: "public", maxParticipants: ${notTaken} });
new metered.MeetingRoom("in-doubt", { roomName: "in-doubt", privacy: "public", maxParticipants: ${notTaken} });

const team = new pulumi.ComponentResource("rooms:index:Team", "team");
new metered.MeetingRoom("child", { privacy: "public", maxParticipants: participants }, { parent: team });

new metered.LiveStreamingRoom("every-live-setting", ${declaration(liveStreamingRoom, { roomName: '"every-live-setting"' })});
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

const project = new metered.TurnProject("every-project-setting", ${declaration(turnProject)});
new metered.TurnProject("least-project", { projectName: "least-project" });
new metered.TurnCredential("every-credential-setting", ${declaration(turnCredential, { projectId: "project.id" })});
new metered.TurnCredential("of-app", { label: "of-app", expiryInSeconds: ${LONG}, rotateBeforeSeconds: 86400 });
new metered.TurnCredential("least-credential");
new metered.AccessToken("every-token-setting", ${declaration(accessToken, { roomName: '"every-setting"', ...NOT_TOGETHER })});
new metered.AccessToken("for-all", { globalToken: true, expiryInSeconds: ${LONG}, rotateBeforeSeconds: 86400 });

exports.found = metered.MeetingRoom.get("found", "${EXISTING.meeting}").maxParticipants;
exports.foundLive = metered.LiveStreamingRoom.get("found-live", "${EXISTING.live}").viewerURL;
exports.foundProject = metered.TurnProject.get("found-project", "${projectId}").quotaInBytes;
`;
}

/** What a token has instead of its settings `roomName` and `expireUnixSec`. */
const NOT_TOGETHER = { globalToken: undefined, expiryInSeconds: undefined, rotateBeforeSeconds: undefined } as const;

/**
 * All settings of a kind of resource, as a program writes them; a setting that is added to the table is among them.
 *
 * @param given expressions by name; undefined leaves the setting out
 */
function declaration(type: ResourceType, given: Readonly<Record<string, string | undefined>> = {}): string {
  const settings = Object.entries(type.fields).flatMap(([name, field]) => {
    const value = name in given ? given[name] : expression(name, field);
    return value === undefined ? [] : [`${name}: ${value}`];
  });
  return `{ ${settings.join(", ")} }`;
}

function expression(name: string, field: Field): string {
  if (field.secret) return name;
  if (name === "maxParticipants") return "participants";
  if (name === "displayMessage") return "message";
  return JSON.stringify(valueFor(name, field));
}

function valueFor(name: string, field: Field): AnyValue {
  switch (field.kind) {
    case "boolean":
      return true;
    case "count":
      return 600;
    case "unixSeconds":
      return name === "notBeforeUnixSec" ? FAR - 3600 : FAR;
    case "duration":
      return name === "rotateBeforeSeconds" ? 86_400 : LONG;
    case "quota":
      return 2 ** 30;
    case "choice":
      return field.values?.[0] ?? "";
    case "url":
    case "httpsUrl":
      return `https://hooks.example.com/${name}`;
    case "emails":
      return ["ops@example.com", "dev@example.com"];
    case "texts":
      return [`The ${name}`];
    default:
      return `The ${name}`;
  }
}
