import { deepEqual, equal } from "node:assert/strict";
import type { Simulator } from "metered-simulator";
import { type Calls, problemsOf } from "./calls";
import { bare, type SwitchPromise, type SwitchPromises } from "./switchPromise";

/** A moment that lies ahead by the server's clock, in Unix seconds. */
function ahead(sim: Simulator): number {
  return Math.floor(sim.now() / 1000) + 3600;
}

/** Settings that the server takes, or the problems that it names instead. */
function creates(promise: string, body: object, ...problems: string[]): SwitchPromise {
  return [
    promise,
    async (api) => {
      const reply = await api.create("meeting", body);
      deepEqual(problemsOf(reply), problems);
      equal(reply.status, problems.length === 0 ? 200 : 400);
    },
  ];
}

async function updates(api: Calls, before: object, change: object): Promise<[number, ...string[]]> {
  await api.create("meeting", { ...before, roomName: "a" });
  const reply = await api.update("meeting", "a", change);
  return [reply.status, ...problemsOf(reply)];
}

async function expired(api: Calls, sim: Simulator): Promise<number> {
  const expireUnixSec = ahead(sim);
  await api.create("meeting", { roomName: "a", expireUnixSec, deleteOnExp: true });
  equal((await api.get("meeting", "a")).status, 200);
  sim.setClock(expireUnixSec * 1000);
  return (await api.get("meeting", "a")).status;
}

/** What settings may be, and what an update does to them. */
export const settingSwitches = {
  deleteOnExp: {
    archives: [
      "a room with deleteOnExp is archived when it expires",
      async (api, sim) => {
        equal(await expired(api, sim), 400);
        deepEqual(
          sim.rooms.map(({ archived }) => archived),
          [true],
        );
      },
    ],
    removes: [
      "a room with deleteOnExp leaves no trace when it expires",
      async (api, sim) => {
        equal(await expired(api, sim), 400);
        deepEqual(sim.rooms, []);
      },
    ],
    ignored: ["a room with deleteOnExp stays when it expires", async (api, sim) => equal(await expired(api, sim), 200)],
  },
  put: {
    merge: [
      "an update keeps what it omits",
      async (api) => {
        deepEqual(await updates(api, { privacy: "private", maxParticipants: 3 }, { autoJoin: true }), [200]);
        const { json } = await api.get("meeting", "a");
        deepEqual([json.privacy, json.maxParticipants, json.autoJoin], ["private", 3, true]);
      },
    ],
    replace: [
      "an update resets what it omits",
      async (api) => {
        deepEqual(await updates(api, { privacy: "private", maxParticipants: 3 }, { autoJoin: true }), [200]);
        const { json } = await api.get("meeting", "a");
        deepEqual([json.privacy, json.maxParticipants, json.autoJoin], ["public", undefined, true]);
      },
    ],
  },
  putRules: {
    body: [
      "rules look at the body of an update alone",
      async (api) => {
        const needs = "rtmpOutURL any.required";
        const before = { enableComposition: true, rtmpOutURL: "rtmp://a.example/key" };
        deepEqual(await updates(api, before, { enableRTMPOut: true, enableComposition: true }), [400, needs]);
      },
    ],
    merged: [
      "rules look at the room that an update makes",
      async (api) => {
        const before = { enableComposition: true, rtmpOutURL: "rtmp://a.example/key" };
        deepEqual(await updates(api, before, { enableRTMPOut: true }), [200]);
        const reply = await api.update("meeting", "a", { enableComposition: false });
        deepEqual(problemsOf(reply), ["enableComposition any.only"]);
      },
    ],
  },
  putRoomName: {
    ignored: [
      "an update does not rename",
      async (api) => {
        deepEqual(await updates(api, {}, { roomName: "b" }), [200]);
        equal((await api.get("meeting", "a")).json.roomName, "a");
      },
    ],
    renames: [
      "an update renames, but not to a taken name",
      async (api) => {
        await api.create("meeting", { roomName: "taken" });
        deepEqual(await updates(api, {}, { roomName: "b" }), [200]);
        equal((await api.get("meeting", "a")).status, 400);
        equal((await api.get("meeting", "b")).status, 200);
        equal((await api.update("meeting", "b", { roomName: "taken" })).status, 400);
      },
    ],
    rejected: [
      "an update may not contain roomName",
      async (api) => deepEqual(await updates(api, {}, { roomName: "a" }), [400, "roomName object.unknown"]),
    ],
  },
  putPrivacy: {
    optional: ["an update may omit privacy", async (api) => deepEqual(await updates(api, {}, {}), [200])],
    required: [
      "an update must contain privacy",
      async (api) => {
        deepEqual(await updates(api, {}, { autoJoin: true }), [400, "privacy any.required"]);
        equal((await api.update("meeting", "a", { privacy: "public" })).status, 200);
      },
    ],
  },
  createPrivacy: {
    optional: creates("a create may omit privacy", {}),
    required: creates("a create must contain privacy", {}, "privacy any.required"),
  },
  composition: {
    required: creates(
      "what needs composition is refused without it",
      { enableLiveStreaming: true },
      "enableComposition any.only",
    ),
    auto: [
      "what needs composition turns it on",
      async (api) => equal((await api.create("meeting", { recordComposition: true })).json.enableComposition, true),
    ],
    ignored: [
      "what needs composition is taken without it",
      async (api) => {
        const { status, json } = await api.create("meeting", { recordComposition: true });
        deepEqual([status, json.enableComposition], [200, undefined]);
      },
    ],
  },
  liveRtmpOutURL: {
    required: [
      "a live room with RTMP needs a URL",
      async (api) =>
        deepEqual(problemsOf(await api.create("live", { enableRTMPOut: true })), ["rtmpOutURL any.required"]),
    ],
    optional: [
      "a live room with RTMP needs no URL",
      async (api) => equal((await api.create("live", { enableRTMPOut: true })).status, 200),
    ],
  },
  pastExpiry: {
    rejected: [
      "a past expiry is refused always",
      async (api) => deepEqual(await pastExpiry(api), ["expireUnixSec number.greater", 400]),
    ],
    "rejected on create": [
      "a past expiry is refused on create only",
      async (api) => deepEqual(await pastExpiry(api), ["expireUnixSec number.greater", 200]),
    ],
    accepted: ["a past expiry is accepted", async (api) => deepEqual(await pastExpiry(api), [200])],
  },
  zeros: {
    accepted: creates("0 is accepted as the document's sample sends it", { maxParticipants: 0, notBeforeUnixSec: 0 }),
    rejected: creates("0 is refused", { maxParticipants: 0 }, "maxParticipants number.min"),
  },
  nullAndEmpty: {
    rejected: [
      "null and an empty text are refused",
      async (api) => {
        deepEqual(problemsOf(await api.create("meeting", { maxParticipants: null })), ["maxParticipants number.base"]);
        deepEqual(problemsOf(await api.create("live", { displayMessage: "" })), ["displayMessage string.empty"]);
      },
    ],
    clears: [
      "null and an empty text unset",
      async (api, sim) => {
        const before = { maxParticipants: 3, meetingJoinWebhook: "https://a.example/" };
        deepEqual(await updates(api, before, { maxParticipants: null, meetingJoinWebhook: "" }), [200]);
        deepEqual(sim.rooms[0]?.settings, {});
      },
    ],
  },
  webhookURLs: {
    checked: creates("webhooks are URLs", { meetingLeftWebhook: "string" }, "meetingLeftWebhook string.pattern.base"),
    "any text": creates("webhooks are any text", { meetingLeftWebhook: "string" }),
  },
  unknownKeys: {
    rejected: creates("unknown settings are refused", { enableScreenShare: true }, "enableScreenShare object.unknown"),
    ignored: [
      "unknown settings are dropped",
      async (api) => {
        const { status, json } = await api.create("meeting", { enableScreenShare: true });
        deepEqual([status, json.enableScreenShare], [200, undefined]);
      },
    ],
  },
  formBodies: {
    read: [
      "a form is read, with booleans and integers",
      async (api, sim) => {
        equal((await sendForm(sim, "roomName=a&privacy=private&maxParticipants=4&autoJoin=true")).status, 200);
        const { json } = await api.get("meeting", "a");
        deepEqual([json.privacy, json.maxParticipants, json.autoJoin], ["private", 4, true]);
      },
    ],
    ignored: [
      "a form is no body",
      async (api, sim) => {
        equal((await sendForm(sim, "roomName=a")).status, 200);
        equal((await api.get("meeting", "a")).json.roomName, undefined);
        equal(sim.rooms.length, 1);
      },
    ],
  },
  validationError: {
    details: creates("a bad setting is named", { autoJoin: "yes" }, "autoJoin boolean.base"),
    bare: [
      "a bad setting is not named",
      async (api) => deepEqual((await api.create("meeting", { autoJoin: "yes" })).json, bare),
    ],
  },
  validationDetails: {
    first: creates("the first problem is named", { autoJoin: 1, enableChat: 1 }, "autoJoin boolean.base"),
    all: creates(
      "all problems are named",
      { autoJoin: 1, enableChat: 1 },
      "autoJoin boolean.base",
      "enableChat boolean.base",
    ),
  },
} as const satisfies Partial<SwitchPromises>;

function sendForm(sim: Simulator, body: string): Promise<Response> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return fetch(`${sim.url}/api/v1/room?secretKey=${sim.secretKey}`, { method: "POST", headers, body });
}

async function pastExpiry(api: Calls): Promise<unknown[]> {
  const created = await api.create("meeting", { roomName: "a", expireUnixSec: 1 });
  if (created.status === 200) return [200];
  await api.create("meeting", { roomName: "a" });
  return [...problemsOf(created), (await api.update("meeting", "a", { expireUnixSec: 1 })).status];
}
