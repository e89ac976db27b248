import { fits, isGiven, isLimit, objectionTo, projectOf, type Room } from "./room";

type Json = { readonly type: string; readonly items?: Json; readonly minimum?: number; readonly default?: unknown };

/** A guard rail. Its settings are checked by `settings` and have the defaults given there. */
export interface Rule<Settings> {
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<keyof Settings, Json>>;
  /** What is wrong with a room, each with the fix; nothing if it is allowed. */
  check(room: Room, settings: Settings): readonly string[];
}

const names = (preset: readonly string[] = []): Json => ({ type: "array", items: { type: "string" }, default: preset });

interface PrivateRooms {
  /** Names of rooms that may be public; `*` matches anything. */
  readonly allowedPublic: readonly string[];
}

export const privateRooms: Rule<PrivateRooms> = {
  name: "private-rooms",
  description: "Meeting rooms must be private, unless their names are listed as public.",
  settings: { allowedPublic: names() },
  check({ kind, settings: { privacy, roomName } }, { allowedPublic }) {
    if (kind !== "MeetingRoom" || privacy === "private" || fits(roomName, allowedPublic)) return [];
    return ['Anyone with the link can join: set privacy to "private", or add the room\'s name to allowedPublic.'];
  },
};

interface Limits {
  /** Whether every meeting room says until when it can be joined. */
  readonly requireExpiry: boolean;
  /** How many participants a meeting room may have at most, and must declare; 0 for no limit. */
  readonly maxParticipants: number;
}

export const limits: Rule<Limits> = {
  name: "room-limits",
  description: "Meeting rooms must expire, and can't hold more people than allowed, if the options say so.",
  settings: {
    requireExpiry: { type: "boolean", default: false },
    maxParticipants: { type: "integer", minimum: 0, default: 0 },
  },
  check({ kind, settings }, { requireExpiry, maxParticipants: most }) {
    if (kind !== "MeetingRoom") return [];
    const problems: string[] = [];
    if (requireExpiry && !isLimit(settings.expireUnixSec)) problems.push("It never expires: set expireUnixSec.");
    if (most > 0 && !(isLimit(settings.maxParticipants) && settings.maxParticipants <= most)) {
      problems.push(`It allows any number of people, or too many: set maxParticipants to a number from 1 to ${most}.`);
    }
    return problems;
  },
};

const RECORDING = ["enableRecording", "recordRoom", "recordComposition"];

interface Recording {
  /** Names of the Pulumi projects whose rooms may be recorded; `*` matches anything. */
  readonly projects: readonly string[];
}

export const recording: Rule<Recording> = {
  name: "recording",
  description: "Only the listed projects can record rooms.",
  settings: { projects: names() },
  check(room, { projects }) {
    if (fits(projectOf(room), projects)) return [];
    return RECORDING.filter((setting) => room.settings[setting] === true).map(
      (setting) => `${setting} is on, but project ${projectOf(room)} may not record: remove it.`,
    );
  },
};

interface Webhooks {
  /** Hosts that webhooks can call; `*` matches anything. */
  readonly hosts: readonly string[];
}

export const webhooks: Rule<Webhooks> = {
  name: "webhooks",
  description: "Webhooks must use https, and go to allowed hosts.",
  settings: { hosts: names(["*"]) },
  check({ settings }, { hosts }) {
    const declared = Object.keys(settings).filter((name) => name.endsWith("Webhook") && isGiven(settings[name]));
    return declared.flatMap((name) => {
      const objection = objectionTo(settings[name], ["https:"], hosts);
      return objection ? [`${name} ${objection}.`] : [];
    });
  },
};

interface RtmpOut {
  /** Hosts that a stream may be sent on to; `*` matches anything. */
  readonly hosts: readonly string[];
}

export const rtmpOut: Rule<RtmpOut> = {
  name: "rtmp-out",
  description: "Streams can only be sent to allowed hosts.",
  settings: { hosts: names() },
  check({ settings: { rtmpOutURL } }, { hosts }) {
    const objection = isGiven(rtmpOutURL) ? objectionTo(rtmpOutURL, ["rtmp:", "rtmps:"], hosts) : undefined;
    return objection ? [`rtmpOutURL ${objection}.`] : [];
  },
};
