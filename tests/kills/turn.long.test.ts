import assert from "node:assert/strict";
import { join } from "node:path";
import type { Simulator } from "metered-simulator";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { EngineWorld } from "../support/engineWorld";
import { faces } from "../support/providerHost";
import { type } from "./documented";
import { endWhile } from "./heldRun";

const DAY = 86_400;
const cli = join(__dirname, "..", "..", "provider", "bin", "pulumi-metered.js");

type Kind = "TurnCredential" | "TurnProject" | "AccessToken";
type Act = "create" | "update" | "rotate" | "delete";
interface Case {
  readonly kind: Kind;
  readonly act: Act;
  /** The request that is held: `METHOD path`. */
  readonly at: string;
  /** Whether the server has done it by then, and is about to answer. */
  readonly afterCommit: boolean;
  /** What the way out leaves that the state doesn't know of. */
  readonly leaves: "nothing" | "a credential" | "a project";
}

/** Each request of each operation: arrived and not done, and, of those that change something, done and not answered. */
const REQUESTS: readonly [Kind, Act, string, ("a credential" | "a project")?][] = [
  ["TurnCredential", "create", "POST turn/credential$", "a credential"],
  ["TurnCredential", "create", "GET v1/turn/credentials$", "a credential"],
  ["TurnCredential", "rotate", "POST turn/credential$", "a credential"],
  ["TurnCredential", "rotate", "GET v1/turn/credentials$", "a credential"],
  ["TurnCredential", "rotate", "DELETE turn/credential$"],
  ["TurnCredential", "delete", "DELETE turn/credential$"],
  ["TurnProject", "create", "POST turn/project$", "a project"],
  ["TurnProject", "update", "GET turn/projects$"],
  ["TurnProject", "update", "PUT turn/project/"],
  ["TurnProject", "delete", "GET turn/projects$"],
  ["TurnProject", "delete", "GET credentials$"],
  ["TurnProject", "delete", "DELETE turn/project/"],
  ["AccessToken", "create", "POST v1/token$"],
  ["AccessToken", "rotate", "POST v1/token$"],
];
const all: readonly Case[] = REQUESTS.flatMap(([kind, act, at, left]) => {
  const isLook = at.startsWith("GET");
  // At a look everything before it is done.
  return (isLook ? [false] : [false, true]).map((afterCommit) => {
    return { kind, act, at, afterCommit, leaves: (isLook || afterCommit ? left : undefined) ?? "nothing" } as const;
  });
});
describe("a run that is killed in the middle of TURN or of a token: the documented way out leaves one of each", function () {
  this.timeout(600_000);
  let world: EngineWorld;
  afterEach(() => world.close());

  for (const face of faces) {
    for (const each of all) {
      const { kind, act, at, afterCommit } = each;
      it(`${face}: ${kind}, ${act}, ${afterCommit ? "done" : "held"} at ${at}`, async () => {
        world = await EngineWorld.start({}, {}, face);
        const { stack, simulator } = world;
        declare(world, kind, "before");
        if (act !== "create") await stack.pulumi("up");
        if (act === "rotate" || act === "update") declare(world, kind, "after");
        const [method = "", path = ""] = at.split(" ");
        const held = [{ method, path, afterCommit }];
        await endWhile(held, "SIGKILL", stack, simulator, [act === "delete" ? "destroy" : "up"]);
        await (act === "delete" ? finishDestroy(world) : finishUp(world, each));
      });
    }
  }
});

/** Another value for `after`: of a trigger, or of a quota. */
function declare(world: EngineWorld, kind: Kind, moment: "before" | "after"): void {
  const lasting = { expiryInSeconds: 30 * DAY, triggers: [moment] };
  const args = {
    TurnCredential: { label: "it", ...lasting },
    TurnProject: { projectName: "it", quotaInBytes: moment === "before" ? 2_000_000 : 3_000_000 },
    AccessToken: { globalToken: true, ...lasting },
  };
  world.write(`new metered.${kind}("it", ${JSON.stringify(args[kind])});`);
}

async function finishDestroy({ stack, simulator }: EngineWorld): Promise<void> {
  await type(stack, "When it was a destroy");
  assert.deepEqual([stack.rooms(), stack.pending(), onServer(simulator)], [[], [], []]);
}

async function finishUp(world: EngineWorld, { kind, act, leaves }: Case): Promise<void> {
  const { stack, simulator } = world;
  if (leaves === "a project") {
    const [, up] = await type(stack, "The way out", "pulumi up --yes");
    assert.match(up?.text ?? "", /create TURN project "it".*delete it in Metered's dashboard.*\[NameTaken\]/s);
    await dashboard(simulator, "DELETE", `v2/turn/project/${simulator.turnProjects[0]?._id}`);
  }
  await type(stack, "The way out");
  const { id, outputs } = stack.room("it");
  const unused = onServer(simulator).filter((other) => other !== id);
  assert.equal(unused.length, leaves === "a credential" ? 1 : 0);
  if (leaves === "a credential") {
    // The page says that there is one, and the doctor which.
    const { text } = await stack.shell(`node ${cli} doctor || true`);
    assert.match(
      text,
      new RegExp(`TURN credential "it" \\(id ${unused[0]}\\) has the same label and expiry as one in this stack`),
    );
    const found = simulator.turnCredentials.find(({ username }) => fingerprint(username) === unused[0]);
    await dashboard(simulator, "DELETE", "v1/turn/credential", { username: found?.username });
  }
  assert.deepEqual(onServer(simulator), kind === "AccessToken" ? [] : [id]);
  if (kind === "TurnProject") assert.equal(simulator.turnProjects[0]?.quotaInBytes, outputs.quotaInBytes);
  if (act === "update") assert.equal(outputs.quotaInBytes, 3_000_000);
  if (act === "rotate") assert.deepEqual(outputs.triggers, ["after"]);
  assert.deepEqual([stack.rooms().length, stack.pending()], [1, []]);
  await stack.assertSettled();
}

/** Pulumi ids of all that is there. Metered keeps no tokens. */
function onServer({ turnCredentials, turnProjects }: Simulator): string[] {
  return [...turnCredentials.map(({ username }) => fingerprint(username)), ...turnProjects.map(({ _id }) => _id)];
}

async function dashboard({ url, secretKey }: Simulator, method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(`${url}/api/${path}?secretKey=${encodeURIComponent(secretKey)}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  assert.equal(response.status, 200, await response.text());
}
