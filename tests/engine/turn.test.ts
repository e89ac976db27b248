import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onEngine } from "../support/onEngine";
import { assertNoTurnSecrets } from "../support/turnSecrets";

const DAY = 86_400;
const WEEK = 7 * DAY * 1000;

describe("TURN credentials and access tokens on the real engine", function () {
  this.timeout(600_000);
  const on = onEngine();

  const program = (more = "") =>
    on.stack.program(`
      const project = new metered.TurnProject("calls", { projectName: "calls", quotaInBytes: 2000000 });
      const rotating = { expiryInSeconds: ${30 * DAY}, rotateBeforeSeconds: ${10 * DAY} };
      const app = new metered.TurnCredential("app", { label: "app", ...rotating });
      const inProject = new metered.TurnCredential("in-project", { projectId: project.id, label: "web" });
      const room = new metered.MeetingRoom("standup", { privacy: "private", roomName: "standup" });
      const guest = new metered.AccessToken("guest", { roomName: room.roomName, ...rotating });
      exports.iceServers = app.iceServers;
      exports.token = guest.token;
      exports.expiresAt = app.expiresAt;
      exports.projectKey = project.apiKey;
      ${more}
    `);
  /** Moves every clock: the server's, and that of every Node process of the run. */
  const laterBy = (ms: number) => {
    on.simulator.setClock(on.simulator.now() + ms);
    ahead += ms;
    const shift = join(on.stack.folder, "shift.cjs");
    writeFileSync(shift, `const now = Date.now; Date.now = () => now() + ${ahead};\n`);
    return { NODE_OPTIONS: `--require ${shift}` };
  };
  let ahead = 0;

  beforeEach(() => {
    ahead = 0;
  });
  afterEach(() => assertNoTurnSecrets(on.simulator, on.stack));

  it("live from up to destroy, with their secrets encrypted, and nothing to do in between", async () => {
    program();
    await on.stack.pulumi("up");
    const { turnCredentials, turnProjects, tokens } = on.simulator;
    assert.deepEqual([turnCredentials.length, turnProjects.length, tokens.length], [2, 1, 1]);
    assert.equal(turnCredentials.find(({ label }) => label === "web")?.project, turnProjects[0]?._id);
    await on.stack.assertSettled();
    await on.stack.pulumi("refresh");
    await on.stack.pulumi("preview", "--expect-no-changes");
    const shown = JSON.parse((await on.stack.pulumi("stack", "output", "--json")).stdout) as Record<string, unknown>;
    for (const name of ["iceServers", "token", "projectKey"]) assert.equal(shown[name], "[secret]", name);
    assert.equal(typeof shown.expiresAt, "number");
    await on.stack.pulumi("destroy");
    assert.deepEqual([on.simulator.turnCredentials.length, on.simulator.turnProjects.length], [0, 0]);
  });

  it("rotate by a scheduled up, over ten weeks, each before its end and none twice", async () => {
    program();
    await on.stack.pulumi("up");
    const seen: string[] = [];
    const living = () => on.simulator.turnCredentials.find(({ label }) => label === "app");
    for (let week = 1; week <= 10; week++) {
      const env = laterBy(WEEK);
      const before = living()?.username;
      assert.equal((await on.stack.run(["up"], env)).code, 0);
      const after = living();
      assert.equal(on.simulator.turnCredentials.length, 2, "the old one is deleted");
      if (after?.username !== before) seen.push(`week ${week}`);
      assert.ok((after?.created ?? 0) + 30 * DAY * 1000 > on.simulator.now() + WEEK, "lives until the next run");
    }
    assert.deepEqual(seen, ["week 3", "week 6", "week 9"]);
    assert.equal(on.simulator.tokens.length, 4);
    assert.equal((await on.stack.run(["destroy"], laterBy(0))).code, 0);
  });

  it("rotate by the server's clock where the machine's is behind, with a refresh", async () => {
    program();
    await on.stack.pulumi("up");
    const [before] = on.simulator.turnCredentials;
    on.simulator.setClock(on.simulator.now() + 4 * WEEK);
    await on.stack.pulumi("up", "--refresh");
    assert.equal(
      on.simulator.turnCredentials.some(({ username }) => username === before?.username),
      false,
    );
    const rotated = on.simulator.turnCredentials.map(({ username }) => username);
    await on.stack.pulumi("up");
    await on.stack.pulumi("up", "--refresh");
    assert.deepEqual(
      on.simulator.turnCredentials.map(({ username }) => username),
      rotated,
    );
  });

  it("that have expired are gone at a refresh, and made again", async () => {
    program();
    await on.stack.pulumi("up");
    assert.equal((await on.stack.run(["up", "--refresh"], laterBy(6 * WEEK))).code, 0);
    const living = on.simulator.turnCredentials.filter(
      ({ created, expiryInSeconds = Number.POSITIVE_INFINITY }) =>
        created + expiryInSeconds * 1000 > on.simulator.now(),
    );
    assert.deepEqual(living.map(({ label }) => label).sort(), ["app", "web"]);
  });
});
