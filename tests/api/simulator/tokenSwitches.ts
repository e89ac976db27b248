import { deepEqual, equal } from "node:assert/strict";
import type { Simulator } from "metered-simulator";
import type { Calls } from "./calls";
import type { SwitchPromise, SwitchPromises } from "./switchPromise";

async function issue(api: Calls, body: object = { globalToken: true }): Promise<string> {
  return String((await api.send("POST", "/token", body)).json.token);
}

function invalid(status: number): SwitchPromise {
  return [
    `validate answers ${status} for a token from elsewhere`,
    async (api) => {
      const { status: got, json } = await api.send("POST", "/token/validate", { token: `${await issue(api)}x` });
      deepEqual([got, json], [status, { success: false, message: "invalid token" }]);
    },
  ];
}

async function statusFor(api: Calls, body: object): Promise<number> {
  return (await api.send("POST", "/token", body)).status;
}

/** What the pages about access tokens leave open. */
export const tokenSwitches = {
  tokenScope: {
    optional: ["a token needs no scope", async (api) => equal(await statusFor(api, {}), 200)],
    required: [
      "a token needs a room or all rooms",
      async (api) => {
        deepEqual(await Promise.all([{}, { globalToken: false }].map((body) => statusFor(api, body))), [400, 400]);
        equal(await statusFor(api, { globalToken: true }), 200);
        equal(await statusFor(api, { roomName: "a" }), 200);
      },
    ],
  },
  tokenRoom: {
    any: ["a token can be for a room to come", async (api) => equal(await statusFor(api, { roomName: "none" }), 200)],
    "must exist": [
      "a token is for a room that exists",
      async (api) => {
        equal(await statusFor(api, { roomName: "a" }), 400);
        await api.create("meeting", { roomName: "a" });
        equal(await statusFor(api, { roomName: "a" }), 200);
        await api.remove("meeting", "a");
        equal(await statusFor(api, { roomName: "a" }), 400);
      },
    ],
  },
  invalidToken: { 400: invalid(400), 401: invalid(401), 200: invalid(200) },
  validateReply: {
    success: [
      "validate says that the token is valid",
      async (api) => equal((await api.send("POST", "/token/validate", { token: await issue(api) })).json.success, true),
    ],
    payload: [
      "validate shows what the token says",
      async (api: Calls, { app }: Simulator) => {
        const { json } = await api.send("POST", "/token/validate", { token: await issue(api) });
        deepEqual(json.data, { globalToken: true, appName: app });
      },
    ],
  },
} as const satisfies Partial<SwitchPromises>;
