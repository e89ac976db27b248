import type { ConfigurationProblem, Facts, FactsOf, Subject } from "../../provider/src/errors";
import type { Note, Shortfall } from "../../provider/src/notes";
import type { AccountSource, Viewpoint } from "../../provider/src/pulumi/words/viewpoint";

export const standup: Subject = { label: "meeting room", name: "standup", resource: "MeetingRoom" };
export const turn: Subject = { label: "TURN credential", name: "app", resource: "TurnCredential" };
const calls: Subject = { label: "TURN project", name: "calls", resource: "TurnProject" };
export const stage: Subject = { label: "live-streaming room", name: "stage", resource: "LiveStreamingRoom" };

const app = "demo";
const urnOf = (type: string, name: string) => `urn:pulumi:dev::rooms::metered:index:${type}::${name}`;
const create = { action: "create", subject: standup, app } as const;
const createLive = { action: "create", subject: stage, app } as const;
const read = { action: "read", subject: standup, app } as const;
const lookUp = { action: "look up", subject: standup, app } as const;
const update = { action: "update", subject: standup, app } as const;
const remove = { action: "delete", subject: standup, app } as const;
const removeLive = { action: "delete", subject: stage, app } as const;
const list = { action: "list", app } as const;
const createTurn = { action: "create", subject: turn, app } as const;

/** 2026-11-27 03:55 UTC. */
const SINCE = Date.UTC(2026, 10, 27, 3, 55, 30) / 1000;

const many = { attempts: 18, seconds: 119.6 };
const once = { attempts: 1, seconds: 0.2 };
const never = { attempts: 0, seconds: 0 };
const refused = { host: "127.0.0.1:9", problem: "connection refused" };
const lost = { host: "demo.metered.live", problem: "connection lost before the response was complete" };

/** Every cause, and every form of its sentence that docs/errors.md shows. The compiler misses none of the causes. */
export const FACTS: { readonly [C in Facts["cause"]]: readonly FactsOf<C>[] } = {
  InvalidConfiguration: [
    {
      cause: "InvalidConfiguration",
      problems: [
        { problem: "missing", key: "secretKey" },
        { problem: "app name", meant: "demo" },
      ],
    },
  ],
  InvalidSecretKey: [{ cause: "InvalidSecretKey", said: "Invalid secret key", ...create }],
  UnknownApp: [{ cause: "UnknownApp", said: "App not found", ...read }],
  AppChanged: [{ cause: "AppChanged", owner: "demo", ...update, app: "other" }],
  ForeignRoom: [{ cause: "ForeignRoom", declared: "daily", ...update }],
  NameTaken: [
    { cause: "NameTaken", how: "exists", since: SINCE, ...create },
    { cause: "NameTaken", how: "generated exists", since: SINCE, ...create },
    { cause: "NameTaken", how: "replaced", since: SINCE, ...create },
    { cause: "NameTaken", how: "reserved", ...create },
    { cause: "NameTaken", how: "unseen", ...create },
    { cause: "NameTaken", how: "exists", since: SINCE, ...create, subject: calls },
  ],
  NamePossiblyTaken: [
    { cause: "NamePossiblyTaken", other: "standup", ...create, subject: { ...standup, name: "StandUp" } },
  ],
  NameUsedTwice: [
    { cause: "NameUsedTwice", how: "kept", holder: urnOf("MeetingRoom", "first"), ...create },
    { cause: "NameUsedTwice", how: "wanted", holder: urnOf("MeetingRoom", "first"), ...create },
    { cause: "NameUsedTwice", how: "rename failed", holder: urnOf("MeetingRoom", "first"), newName: "xeno", ...create },
    {
      cause: "NameUsedTwice",
      how: "rename not begun",
      holder: urnOf("MeetingRoom", "first"),
      newName: "xeno",
      ...create,
    },
    {
      cause: "NameUsedTwice",
      how: "rename failed",
      holder: urnOf("MeetingRoom", "first"),
      newName: "xeno",
      released: ["xeno"],
      ...create,
    },
    { cause: "NameUsedTwice", how: "removal not begun", holder: urnOf("MeetingRoomSet", "courses"), ...create },
  ],
  RoomNotFound: [
    { cause: "RoomNotFound", certain: true, ...update },
    { cause: "RoomNotFound", certain: true, isOver: true, ...update },
    { cause: "RoomNotFound", certain: true, ...lookUp },
    { cause: "RoomNotFound", certain: false, ...lookUp },
  ],
  ObjectNotFound: [
    { cause: "ObjectNotFound", certain: true, ...update, subject: calls },
    { cause: "ObjectNotFound", certain: true, ...lookUp, subject: turn },
  ],
  PossiblyCreated: [
    {
      cause: "PossiblyCreated",
      since: SINCE,
      candidates: 2,
      problem: "connection lost before the response was complete",
      expiryInSeconds: 3600,
      ...createTurn,
    },
  ],
  RoomStatusUnknown: [
    { cause: "RoomStatusUnknown", said: "Invalid request", isLive: false, ...read },
    { cause: "RoomStatusUnknown", said: "Invalid request", isLive: true, ...removeLive },
  ],
  RoomReplacedOutside: [
    { cause: "RoomReplacedOutside", there: "65f0c2", ours: "65f0a1", ...update },
    { cause: "RoomReplacedOutside", there: "65f0c2", ours: "65f0a1", mayBeChanged: true, ...update },
  ],
  InvalidSetting: [{ cause: "InvalidSetting", said: '"privacy" must be one of [public, private]', ...create }],
  PlanLimit: [
    { cause: "PlanLimit", said: "Maximum room limit reached, please upgrade your plan", ...create },
    { cause: "PlanLimit", said: "Recording is not part of your plan", ...update },
  ],
  LiveStreamingOff: [{ cause: "LiveStreamingOff", said: "Invalid request", ...createLive }],
  RequestRefused: [
    { cause: "RequestRefused", said: "Invalid request", isBare: true, ...create },
    { cause: "RequestRefused", said: "Invalid request", isBare: true, ...update },
    { cause: "RequestRefused", said: "Not allowed here", isBare: false, ...create },
    {
      cause: "RequestRefused",
      said: "Invalid API Key",
      isBare: false,
      about: "apiKey",
      action: "look up",
      app,
      what: "the ICE servers",
    },
  ],
  RateLimited: [{ cause: "RateLimited", isUnchanged: true, ...create, ...many }],
  ServerError: [
    { cause: "ServerError", status: 502, said: "", mayHaveHappened: false, ...read, ...many },
    { cause: "ServerError", status: 500, said: "event 12", mayHaveHappened: true, ...create, ...once },
  ],
  NoConnection: [
    { cause: "NoConnection", ...refused, advice: "network", mayHaveHappened: false, ...create, ...many },
    { cause: "NoConnection", ...lost, advice: "network", mayHaveHappened: true, ...create, ...once },
    { cause: "NoConnection", ...lost, mayHaveHappened: true, ...update, ...many },
    {
      cause: "NoConnection",
      host: "demo.metered.live",
      problem: "its certificate can't be trusted, SELF_SIGNED_CERT_IN_CHAIN",
      advice: "certificate",
      mayHaveHappened: false,
      ...read,
      ...once,
    },
    {
      cause: "NoConnection",
      host: "demo.metered.live",
      problem: "the proxy asks for a login (HTTP 407)",
      advice: "proxy login",
      mayHaveHappened: false,
      ...create,
      ...once,
    },
    {
      cause: "NoConnection",
      host: "demo.metered.live",
      problem: "no time left",
      advice: "time",
      mayHaveHappened: false,
      ...remove,
      ...never,
    },
    { cause: "NoConnection", ...refused, advice: "cancelled", mayHaveHappened: false, ...create, ...never },
    { cause: "NoConnection", ...refused, advice: "cancelled", mayHaveHappened: false, ...create, ...many },
  ],
  UnexpectedResponse: [
    { cause: "UnexpectedResponse", problem: "isn't a room", mayHaveHappened: false, ...read },
    { cause: "UnexpectedResponse", problem: "isn't JSON", mayHaveHappened: true, ...update },
  ],
  CannotDelete: [
    { cause: "CannotDelete", how: "still there", ...removeLive },
    { cause: "CannotDelete", how: "extended", until: SINCE, ...remove },
    { cause: "CannotDelete", how: "in use", credentials: 3, ...remove, subject: calls },
  ],
};

/** The same sentences about another object or action. */
const VARIANTS: readonly Facts[] = [
  { cause: "InvalidSecretKey", said: "", ...list },
  { cause: "InvalidSecretKey", said: "", ...list, what: "the TURN credentials" },
  { cause: "CannotDelete", how: "in use", credentials: 1, ...remove, subject: calls },
  { cause: "PossiblyCreated", since: SINCE, candidates: 0, problem: "HTTP 500", projectId: "65f0c2", ...createTurn },
  { cause: "ServerError", status: 500, said: "", mayHaveHappened: true, ...createTurn, ...once },
  { cause: "InvalidSecretKey", said: "", ...list, subject: standup },
  { cause: "NameTaken", how: "exists", ...createLive },
  { cause: "NameUsedTwice", how: "kept", ...create },
  { cause: "NameUsedTwice", how: "rename failed", ...create },
  { cause: "RoomStatusUnknown", said: "", isLive: false, ...lookUp },
  { cause: "RequestRefused", said: "", isBare: false, ...remove },
  { cause: "RateLimited", isUnchanged: false, ...create, ...many },
  { cause: "ServerError", status: 500, said: "", mayHaveHappened: true, ...update, ...many },
  { cause: "ServerError", status: 500, said: "", mayHaveHappened: true, ...remove, ...never },
  { cause: "NoConnection", ...refused, advice: "cancelled", mayHaveHappened: true, ...create, ...many },
  { cause: "UnexpectedResponse", problem: "isn't a list of rooms", mayHaveHappened: false, ...list },
];

export const ALL_FACTS: readonly Facts[] = [...Object.values(FACTS).flat(), ...VARIANTS];

const courses: Subject = { label: "meeting room set", name: "courses-1a2b3c4d", resource: "MeetingRoomSet" };

export const NOTES: { readonly [N in Note["note"]]: readonly Extract<Note, { note: N }>[] } = {
  waiting: [
    { note: "waiting", subject: standup, app, problem: "connection refused" },
    { note: "waiting", subject: undefined, app, problem: "HTTP 503" },
  ],
  adopted: [{ note: "adopted", subject: standup }],
  "set summary": [
    { note: "set summary", subject: courses, create: 12, update: 3, replace: 2, delete: 1, leave: 0, unchanged: 1982 },
  ],
  "set progress": [{ note: "set progress", subject: courses, done: 612, total: 1000 }],
  "more notes": [{ note: "more notes", subject: courses, count: 30 }],
  "named otherwise": [{ note: "named otherwise", subject: { ...standup, name: "stand.up" }, actual: "standup" }],
  respelled: [{ note: "respelled", subject: stage, setting: "displayMessage" }],
  "value kept": [
    { note: "value kept", subject: standup, settings: ["maxParticipants"] },
    { note: "value kept", subject: standup, settings: ["maxParticipants", "endpointUrl", "audioOnlyRoom"] },
  ],
  "not reset": [{ note: "not reset", subject: standup, setting: "enableChat", shown: "true" }],
  "past time refused": [
    { note: "past time refused", subject: standup, setting: "expireUnixSec", declared: SINCE, shown: SINCE + 86_400 },
    { note: "past time refused", subject: standup, setting: "expireUnixSec", declared: SINCE, shown: undefined },
  ],
  "other room": [{ note: "other room", subject: standup }],
  "handed over": [{ note: "handed over", subject: standup }],
  disabled: [{ note: "disabled", subject: turn }],
  rotation: [
    { note: "rotation", subject: turn, expiresAt: SINCE, isOver: false },
    { note: "rotation", subject: turn, expiresAt: SINCE, isOver: true },
  ],
  "not declarable": [{ note: "not declarable", subject: standup, problem: "deleteOnExp needs expireUnixSec" }],
};

export const ALL_NOTES: readonly Note[] = Object.values(NOTES).flat();

export const SHORTFALLS: readonly Shortfall[] = [
  { shortfall: "not taken", setting: "maxParticipants", sent: "12", shown: "10" },
  { shortfall: "no longer set", setting: "expireUnixSec" },
];

/** What a TURN credential lacks that exists, but whose ICE servers couldn't be read. */
export const INCOMPLETE: readonly Shortfall[] = [{ shortfall: "no ICE servers" }];

const ACCOUNTS: readonly AccountSource[] = [
  { kind: "stack" },
  { kind: "environment" },
  { kind: "environment", isAlone: true },
  { kind: "provider", name: "eu" },
  { kind: "provider", name: "eu", urn: "urn:pulumi:dev::shop::pulumi:providers:metered::eu" },
];

export const RESOURCE = { name: "standup-room", urn: "urn:pulumi:dev::shop::metered:index:MeetingRoom::standup-room" };

/** The face of a TypeScript program, with the stack's own account. */
export const DYNAMIC: Viewpoint = { face: "dynamic", account: { kind: "stack" } };

export const VIEWPOINTS: readonly Viewpoint[] = ACCOUNTS.flatMap((account): Viewpoint[] => [
  { face: "dynamic", account },
  { face: "plugin", account, resource: RESOURCE },
  { face: "plugin", account },
  { face: "command", account },
]);

/** Every problem of a configuration, and every form of it. */
export const PROBLEMS: readonly ConfigurationProblem[] = [
  { problem: "missing", key: "appName" },
  { problem: "missing", key: "secretKey" },
  { problem: "app name", meant: "demo" },
  { problem: "app name", meant: undefined },
  { problem: "number", key: "timeoutSeconds", byDefault: 30 },
  { problem: "true or false", key: "adoptExisting" },
  { problem: "misspelled key", key: "retrySecond", meant: "retrySeconds" },
  { problem: "endpoint", flaw: "no URL" },
  { problem: "endpoint", flaw: "scheme", given: "ftp:" },
  { problem: "endpoint", flaw: "login" },
  { problem: "endpoint", flaw: "plain http" },
  { problem: "certificates unchecked" },
  { problem: "key in plaintext" },
];
