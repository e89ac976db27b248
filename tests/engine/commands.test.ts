import assert from "node:assert/strict";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { TestStack } from "../support/stack";

describe("Pulumi's commands and their flags", function () {
  this.timeout(180_000);
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator });
  });
  afterEach(async () => {
    await simulator.close();
    stack.dispose();
  });

  const room = (settings: string, options = "{}") =>
    stack.program(`new metered.MeetingRoom("r", { privacy: "public", ${settings} }, ${options});`);
  const living = () => simulator.rooms.filter(({ archived }) => !archived);
  const names = () => living().map(({ roomName }) => roomName);

  it("import is refused with the way in; customTimeouts is met with a warning", async () => {
    room("", '{ import: "r" }');
    assert.match((await stack.failing("preview")).text, /import cannot work on a dynamic resource.*adoptExisting/s);
    room("", '{ customTimeouts: { create: "5m" } }');
    assert.match((await stack.pulumi("preview")).text, /customTimeouts do not reach.*metered:timeoutSeconds/s);
  });

  it("up --target: only the named room is made", async () => {
    stack.program('for (const n of ["a", "b"]) new metered.MeetingRoom(n, { privacy: "public", roomName: n });');
    await stack.pulumi("up", "--target", "urn:pulumi:dev::rooms::pulumi-nodejs:dynamic/metered:MeetingRoom::b");
    assert.deepEqual(names(), ["b"]);
    await stack.upAndSettle();
  });

  it("--run-program: refresh and destroy use the new key after a rotation", async () => {
    room('roomName: "r"');
    await stack.pulumi("up");
    const rotated = await startSimulator({ secretKey: `${canaryKey}-rotated` });
    rotated.addRoom("meeting", "r", { privacy: "public" });
    await stack.configure({ secretKey: `${canaryKey}-rotated`, config: { endpoint: rotated.url } });
    try {
      await stack.pulumi("refresh", "--run-program");
      assert.deepEqual(
        rotated.requests.map(({ method, status }) => [method, status]),
        [["GET", 200]],
      );
      await stack.pulumi("destroy", "--run-program");
      assert.equal(
        rotated.requests.some(({ status }) => status === 401),
        false,
      );
    } finally {
      await rotated.close();
    }
  });

  it("update plans: what the preview planned is what up does", async () => {
    room("maxParticipants: 5");
    const plan = join(stack.folder, "plan.json");
    const env = { PULUMI_EXPERIMENTAL: "1" };
    assert.equal((await stack.run(["preview", "--save-plan", plan], env)).code, 0);
    const run = await stack.run(["up", "--plan", plan], env);
    assert.equal(run.code, 0, run.text);
    assert.equal(living().length, 1);
    await stack.assertSettled();
  });

  it("preview --json tells the steps, and which settings change", async () => {
    room("maxParticipants: 5");
    await stack.pulumi("up");
    room("maxParticipants: 6");
    const { steps } = JSON.parse((await stack.pulumi("preview", "--json")).text) as {
      steps: { op: string; urn: string; detailedDiff?: object }[];
    };
    const step = steps.find(({ urn }) => urn.endsWith("::r"));
    assert.equal(step?.op, "update");
    assert.deepEqual(Object.keys(step?.detailedDiff ?? {}), ["maxParticipants"]);
  });
});
