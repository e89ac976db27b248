import assert from "node:assert/strict";
import { startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { onEngine } from "../support/onEngine";

describe("Pulumi's commands and their flags", function () {
  this.timeout(300_000);
  const on = onEngine();

  const room = (settings: string, options = "{}") =>
    on.stack.program(`new metered.MeetingRoom("r", { privacy: "public", ${settings} }, ${options});`);

  slowTest("import is refused with the way to do it; customTimeouts gets a warning", async () => {
    room("", '{ import: "r" }');
    assert.match(
      (await on.stack.failing("preview")).text,
      /import doesn't work with a dynamic resource.*npx pulumi-metered import/s,
    );
    room("", '{ customTimeouts: { create: "5m" } }');
    assert.match(
      (await on.stack.pulumi("preview")).text,
      /customTimeouts don't reach a dynamic provider.*metered:timeoutSeconds/s,
    );
  });

  it("--run-program: refresh and destroy use the new key after a rotation", async () => {
    room('roomName: "r"');
    await on.stack.pulumi("up");
    const rotated = await startSimulator({ secretKey: `${canaryKey}-rotated` });
    rotated.addRoom("meeting", "r", { privacy: "public" });
    await on.stack.configure({ secretKey: `${canaryKey}-rotated`, config: { endpoint: rotated.url } });
    try {
      await on.stack.pulumi("refresh", "--run-program");
      assert.deepEqual(
        rotated.requests.map(({ method, status }) => [method, status]),
        [["GET", 200]],
      );
      await on.stack.pulumi("destroy", "--run-program");
      assert.equal(
        rotated.requests.some(({ status }) => status === 401),
        false,
      );
    } finally {
      await rotated.close();
    }
  });

  slowTest("preview --json tells the steps, and which settings change", async () => {
    room("maxParticipants: 5");
    await on.stack.pulumi("up");
    room("maxParticipants: 6");
    const { steps } = JSON.parse((await on.stack.pulumi("preview", "--json")).text) as {
      steps: { op: string; urn: string; detailedDiff?: object }[];
    };
    const step = steps.find(({ urn }) => urn.endsWith("::r"));
    assert.equal(step?.op, "update");
    assert.deepEqual(Object.keys(step?.detailedDiff ?? {}), ["maxParticipants"]);
  });
});
