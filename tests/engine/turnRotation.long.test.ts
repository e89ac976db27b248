import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";
import { DAY, TurnStory, WEEK } from "../support/turnStory";

describe("rotation on the real engine", function () {
  this.timeout(900_000);
  const on = onEngine();

  it("comes with a scheduled up, over ten weeks, before every end and never twice", async () => {
    const { simulator, stack } = on;
    const story = new TurnStory(simulator, stack);
    await story.run("up");
    const rotations: number[] = [];
    for (let week = 1; week <= 10; week++) {
      const before = story.app?.username;
      story.pass(WEEK);
      await story.run("up");
      if (story.app?.username !== before) rotations.push(week);
      assert.equal(simulator.turnCredentials.length, 2, "the old one is deleted");
      const end = (story.app?.created ?? 0) + 30 * DAY * 1000;
      assert.ok(end > simulator.now() + WEEK, "it works until the next run");
    }
    assert.deepEqual(rotations, [3, 6, 9]);
    assert.equal(simulator.tokens.length, 4);
    await story.run("destroy");
  });

  it("goes by the server's clock where the machine's is behind, with a refresh", async () => {
    const { simulator, stack } = on;
    const story = new TurnStory(simulator, stack);
    await story.run("up");
    const before = story.app?.username;
    simulator.setClock(simulator.now() + 3 * WEEK);
    await story.run("up", "--refresh");
    const rotated = story.app?.username;
    assert.notEqual(rotated, before);
    await story.run("up");
    await story.run("up", "--refresh");
    assert.equal(story.app?.username, rotated);
  });

  it("makes good for what has expired, which is no error", async () => {
    const { simulator, stack } = on;
    const story = new TurnStory(simulator, stack);
    await story.run("up");
    const before = story.app?.username;
    story.pass(6 * WEEK);
    await story.run("refresh");
    await story.run("up");
    const living = simulator.turnCredentials.filter(({ label, username }) => label === "app" && username !== before);
    assert.equal(living.length, 1);
    await story.run("preview", "--refresh", "--expect-no-changes");
  });
});
