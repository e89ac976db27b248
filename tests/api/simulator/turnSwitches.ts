import { deepEqual, equal } from "node:assert/strict";
import type { Simulator } from "metered-simulator";
import type { SwitchPromise, SwitchPromises } from "./switchPromise";
import { TurnCalls } from "./turnCalls";

type Check = (turn: TurnCalls, sim: Simulator) => Promise<void>;

function turn(promise: string, check: Check): SwitchPromise {
  return [promise, (_api, sim) => check(new TurnCalls(sim), sim)];
}

function wrongKey(path: string, method: string, status: number, message: string): SwitchPromise {
  return turn(`${method} ${path} with a wrong key answers ${status} "${message}"`, async (calls) => {
    const reply = await calls.send(method, path, undefined, { secretKey: "wrong" });
    deepEqual([reply.status, reply.json], [status, { message }]);
  });
}

/** What the pages about TURN leave open. */
export const turnSwitches = {
  turnPlan: {
    subscribed: turn("the account has TURN", async (calls) => deepEqual(await calls.list(), [])),
    none: turn("no TURN route works without a plan", async (calls) => {
      const message = "Invalid request. Not subscribed to any turn server plan";
      for (const [method, path] of [
        ["POST", "/v1/turn/credential"],
        ["GET", "/v2/turn/projects"],
        ["GET", "/v1/turn/current_usage"],
      ] as const) {
        const { status, json } = await calls.send(method, path);
        deepEqual([status, json], [400, { message }], path);
      }
    }),
    free: turn("a free plan creates credentials and can't list them", async (calls) => {
      equal(typeof (await calls.create()).username, "string");
      const { status, json } = await calls.send("GET", "/v2/turn/credentials");
      deepEqual([status, json.message], [400, "api not available under free plan"]);
    }),
  },
  turnKeyErrors: {
    documented: wrongKey("/v1/turn/credential/enable", "POST", 401, "Invalid secret key"),
    "authorization failed": wrongKey("/v1/turn/credential/enable", "POST", 401, "authorization failed"),
    "invalid secretkey": wrongKey("/v2/turn/projects", "GET", 400, "invalid secretkey"),
  },
  turnLimit: {
    none: turn("there is room for another credential", async (calls, sim) => {
      await calls.create();
      equal(sim.turnCredentials.length, 1);
    }),
    reached: turn("there is no room for another credential", async (calls, sim) => {
      const { status, json } = await calls.send("POST", "/v1/turn/credential");
      deepEqual([status, json], [403, { message: "Maximum credential limit reached" }]);
      deepEqual(sim.turnCredentials, []);
    }),
  },
  turnCreateReply: {
    whole: turn("a create shows label and expiry", async (calls) => {
      const { label, expiryInSeconds } = await calls.create({ label: "a", expiryInSeconds: 60 });
      deepEqual([label, expiryInSeconds], ["a", 60]);
    }),
    sample: turn("a create shows neither label nor expiry", async (calls) => {
      const reply = await calls.create({ label: "a", expiryInSeconds: 60 });
      deepEqual(Object.keys(reply).sort(), ["apiKey", "password", "username"]);
      equal((await calls.list())[0]?.label, "a");
    }),
  },
  turnDisabledInList: {
    listed: turn("a disabled credential is listed", async (calls) => equal(await disabledListed(calls), 1)),
    hidden: turn("a disabled credential isn't listed", async (calls) => equal(await disabledListed(calls), 0)),
  },
  turnAppList: {
    "app only": turn("the app's list leaves those of projects out", async (calls) => equal(await appList(calls), 1)),
    "with projects": turn("the app's list contains those of projects", async (calls) => equal(await appList(calls), 2)),
  },
  turnQuotaAction: {
    "lower case": turn("the action is spelled as it was sent", async (calls) =>
      equal((await calls.project({ projectName: "a", quotaExceededAction: "notify" })).quotaExceededAction, "notify"),
    ),
    "upper case": turn("the action is spelled in capitals", async (calls) =>
      equal(
        (await calls.project({ projectName: "a", quotaExceededAction: "notify" })).quotaExceededAction,
        "NOTIFY_ONLY",
      ),
    ),
  },
  projectApiKey: {
    "on create": turn("only the create shows a project's apiKey", async (calls) =>
      deepEqual(await projectKeys(calls), [true, false, false]),
    ),
    always: turn("every response shows a project's apiKey", async (calls) =>
      deepEqual(await projectKeys(calls), [true, true, true]),
    ),
  },
} as const satisfies Partial<SwitchPromises>;

async function disabledListed(calls: TurnCalls): Promise<number> {
  const { username } = await calls.create();
  equal((await calls.send("POST", "/v1/turn/credential/disable", { username })).status, 200);
  return (await calls.list()).length;
}

async function appList(calls: TurnCalls): Promise<number> {
  const { _id } = await calls.project({ projectName: "a" });
  await calls.create({}, String(_id));
  await calls.create();
  return (await calls.list()).length;
}

async function projectKeys(calls: TurnCalls): Promise<boolean[]> {
  const created = await calls.project({ projectName: "a" });
  const updated = await calls.send("PUT", `/v2/turn/project/${created._id}`, { quotaInBytes: 0 });
  const listed = JSON.parse((await calls.send("GET", "/v2/turn/projects")).text) as object[];
  return [created, updated.json, listed[0] ?? {}].map((reply) => "apiKey" in reply);
}
