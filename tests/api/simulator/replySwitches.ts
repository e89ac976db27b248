import { deepEqual, equal, match } from "node:assert/strict";
import { Calls } from "./calls";
import { bare, type SwitchPromise, type SwitchPromises } from "./switchPromise";

function keyStatus(status: number): SwitchPromise {
  return [
    `a wrong key and an empty one answer ${status}`,
    async (_api, sim) => {
      equal((await new Calls(sim, "wrong").get("meeting", "a")).status, status);
      equal((await new Calls(sim, "").create("live")).status, status);
    },
  ];
}

function keyText(message: string): SwitchPromise {
  return [
    `a wrong key answers "${message}"`,
    async (_api, sim) =>
      deepEqual((await new Calls(sim, "wrong").send("GET", "/rooms")).json, { success: false, message }),
  ];
}

/** The shape of replies, and the account behind them. */
export const replySwitches = {
  errorShape: {
    "with success": [
      "errors carry success: false",
      async (api) => deepEqual((await api.get("meeting", "none")).json, { success: false, message: "room not found" }),
    ],
    "message only": [
      "errors carry a message only",
      async (api) => deepEqual((await api.get("meeting", "none")).json, { message: "room not found" }),
    ],
  },
  listEntries: {
    whole: [
      "the list shows what a get shows",
      async (api) => {
        const { json } = await api.create("meeting", { maxParticipants: 3 });
        deepEqual(await api.list(), [json]);
      },
    ],
    summary: [
      "the list shows enough to find a room",
      async (api) => {
        const { _id, roomName, created } = (await api.create("meeting", { maxParticipants: 3 })).json;
        deepEqual(await api.list(), [{ _id, roomName, created }]);
      },
    ],
  },
  optionalInReplies: {
    echoed: [
      "a meeting room shows every setting",
      async (api) => equal((await api.create("meeting", { maxParticipants: 3 })).json.maxParticipants, 3),
    ],
    omitted: [
      "a meeting room shows the settings of the documented example only",
      async (api) => {
        const { json } = await api.create("meeting", { maxParticipants: 3, autoJoin: true });
        deepEqual([json.maxParticipants, json.autoJoin], [undefined, true]);
      },
    ],
  },
  liveOptionalInReplies: {
    omitted: [
      "a live room shows displayMessage only",
      async (api) => {
        const { json } = await api.create("live", { displayMessage: "soon", enableRecording: true });
        deepEqual([json.displayMessage, json.enableRecording], ["soon", undefined]);
      },
    ],
    echoed: [
      "a live room shows every setting",
      async (api) => {
        const { json } = await api.create("live", { displayMessage: "soon", enableRecording: true });
        deepEqual([json.displayMessage, json.enableRecording], ["soon", true]);
      },
    ],
  },
  replySample: {
    first: [
      "a meeting room looks like the first documented example",
      async (api) => {
        const { json } = await api.create("meeting");
        deepEqual([json.enableChat, json.recordRoom, json.enableRecording, json.__v], [false, false, undefined, 0]);
      },
    ],
    second: [
      "a meeting room looks like the second documented example",
      async (api) => {
        const { json } = await api.create("meeting");
        deepEqual(
          [json.enableChat, json.recordRoom, json.enableRecording, json.__v],
          [true, undefined, false, undefined],
        );
      },
    ],
  },
  links: {
    simulator: [
      "a live room's links open on this server",
      async (api, { url, appId }) => {
        const { viewerURL, broadcastManager, _id } = (await api.create("live")).json;
        equal(viewerURL, `${url}/${_id}/player`);
        equal(broadcastManager, `${url}/livestreaming-rooms/${_id}/app/${appId}/broadcast`);
        for (const link of [viewerURL, broadcastManager]) equal((await fetch(String(link))).status, 200);
      },
    ],
    documented: [
      "a live room's links have Metered's hosts",
      async (api, { app, appId }) => {
        const { viewerURL, broadcastManager, _id } = (await api.create("live")).json;
        equal(viewerURL, `https://${app}.metered.live/${_id}/player`);
        equal(broadcastManager, `https://dashboard.metered.ca/livestreaming-rooms/${_id}/app/${appId}/broadcast`);
      },
    ],
  },
  badKey: { 401: keyStatus(401), 400: keyStatus(400), 403: keyStatus(403) },
  badKeyText: {
    plain: [
      "an absent key is told from a wrong one",
      async (_api, sim) => {
        const absent = await fetch(`${sim.url}/api/v1/rooms`);
        equal(((await absent.json()) as { message: string }).message, "secretKey is required");
        equal((await new Calls(sim, "wrong").send("GET", "/rooms")).json.message, "Invalid secret key");
      },
    ],
    "invalid secretKey app not found": keyText("invalid secretKey app not found"),
    "Invalid request. App not found": keyText("Invalid request. App not found"),
    "Invalid request": keyText("Invalid request"),
  },
  liveStreaming: {
    on: ["live rooms can be made", async (api) => equal((await api.create("live")).status, 200)],
    off: [
      "live routes answer a bare 400, meeting rooms work",
      async (api) => {
        for (const reply of [await api.create("live"), await api.get("live", "a"), await api.update("live", "a", {})]) {
          equal(reply.status, 400);
          deepEqual(reply.json, bare);
        }
        equal((await api.create("meeting")).status, 200);
      },
    ],
  },
  app: {
    known: ["the app answers", async (api) => deepEqual(await api.list(), [])],
    unknown: [
      "everything answers 404 with an HTML page",
      async (api) => {
        for (const reply of [
          await api.create("meeting"),
          await api.send("GET", "/rooms"),
          await api.get("live", "a"),
        ]) {
          equal(reply.status, 404);
          match(reply.text, /^<!DOCTYPE html>/);
          match(reply.headers.get("content-type") ?? "", /^text\/html/);
        }
      },
    ],
  },
} as const satisfies Partial<SwitchPromises>;
