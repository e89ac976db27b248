import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";
import { TurnStory, WEEK } from "../support/turnStory";

describe("TURN credentials and access tokens on the real engine", function () {
  this.timeout(600_000);
  const on = onEngine();

  it("live from up to destroy, with their secrets encrypted, rotating once in between", async () => {
    const { simulator, stack } = on;
    const story = new TurnStory(simulator, stack);
    await story.run("up");
    const { turnProjects, tokens } = simulator;
    assert.deepEqual([simulator.turnCredentials.length, turnProjects.length, tokens.length], [2, 1, 1]);
    const ofProject = simulator.turnCredentials.find(({ label }) => label === "web");
    assert.equal(ofProject?.project, turnProjects[0]?._id);
    await story.run("refresh");
    await story.run("preview", "--expect-no-changes");
    const shown = JSON.parse((await story.run("stack", "output", "--json")).stdout) as Record<string, unknown>;
    for (const name of ["iceServers", "token", "projectKey", "lookedUp", "credentials", "valid"])
      assert.equal(shown[name], "[secret]", name);
    assert.equal(typeof shown.expiresAt, "number");
    assert.equal(shown.usage, 2_000_000);

    const before = story.app?.username;
    story.pass(3 * WEEK);
    await story.run("up");
    assert.notEqual(story.app?.username, before);
    assert.deepEqual([simulator.turnCredentials.length, simulator.tokens.length], [2, 2]);
    await story.run("preview", "--refresh", "--expect-no-changes");
    await story.run("destroy");
    assert.deepEqual([simulator.turnCredentials.length, simulator.turnProjects.length], [0, 0]);
  });
});
