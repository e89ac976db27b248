import { deepEqual, equal } from "node:assert/strict";
import { problemsOf } from "./calls";
import type { SwitchPromises } from "./switchPromise";
import { expired, updates } from "./switchSteps";

/** What becomes of the settings of a room that is there. */
export const updateSwitches = {
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
} as const satisfies Partial<SwitchPromises>;
