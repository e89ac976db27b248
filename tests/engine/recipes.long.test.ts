import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { notTakenBy } from "../support/documents/runBy";
import { take } from "../support/documents/shell";
import { onEngine } from "../support/onEngine";
import { recipes } from "../support/recipes";
import { TestStack } from "../support/stack";

describe("what the recipes of the site promise, on the real engine", function () {
  this.timeout(180_000);
  const on = onEngine();

  const living = () => on.simulator.rooms.filter(({ archived }) => !archived);

  it("protect: what is protected is neither destroyed nor renamed nor dropped with its declaration", async () => {
    const { stack } = on;
    await stack.configure({ config: { "rooms:isProduction": "true" } });
    const program = recipes().get("protect") ?? "";
    writeFileSync(join(stack.folder, "index.js"), program);
    await stack.pulumi("up");
    const refusals = [await stack.failing("destroy")];
    writeFileSync(join(stack.folder, "index.js"), program.replace('roomName: "board"', 'roomName: "other"'));
    refusals.push(await stack.failing("up"));
    stack.program("");
    refusals.push(await stack.failing("up"));
    for (const { text } of refusals) assert.match(text, /protected|marked for protection/);
    assert.deepEqual(
      living().map(({ roomName }) => roomName),
      ["board"],
    );
    await stack.shell(take("recipes/protect.md", "pulumi stack --show-urns").replace(":prod::", ":dev::"));
    assert.deepEqual(living(), []);
  });

  it("a new key: it takes effect with the next up, and changes no room", async () => {
    const data = join(mkdtempSync(join(tmpdir(), "metered-rooms-")), "rooms.json");
    const former = await startSimulator({ secretKey: canaryKey, data });
    const stack = await TestStack.create({ simulator: former });
    stack.program('new metered.MeetingRoom("r", { privacy: "public" });');
    await stack.pulumi("up");

    await former.close();
    const secretKey = `${canaryKey}-new`;
    const renewed = await startSimulator({ secretKey, data, port: Number(new URL(former.url).port) });
    const [page, set] = ["recipes/key-rotation.md", "pulumi config set --secret metered:secretKey"];
    await stack.shell(take(page, set), {}, secretKey);
    assert.match((await stack.failing("refresh")).text, /\[InvalidSecretKey\]/);
    await stack.shell(take(page, "pulumi refresh --run-program"));
    await stack.pulumi("up");
    await stack.shell(take(page, "pulumi preview --refresh --expect-no-changes"));
    await stack.pulumi("refresh");
    await stack.assertSettled();
    assert.deepEqual(
      renewed.requests.filter(({ method }) => method !== "GET"),
      [],
    );
    await renewed.close();
    stack.dispose();
    rmSync(dirname(data), { recursive: true });
  });

  it("move: a room with a generated name changes its stack and nothing else", async () => {
    const { simulator, stack } = on;
    stack.program('exports.url = new metered.MeetingRoom("lobby", { privacy: "public" }).url;');
    await stack.pulumi("up");
    const { id, outputs } = stack.room("lobby");
    const calls = simulator.requests.length;

    await stack.shell(take("recipes/move.md", "pulumi preview --stack dev --refresh --expect-no-changes"));
    await stack.pulumi("stack", "init", "prod", "--secrets-provider", "hashivault://tests");
    const values = { appName: simulator.app, endpoint: simulator.url, secretKey: simulator.secretKey };
    const settings = Object.entries(values).flatMap(([key, value]) => ["--secret", `metered:${key}=${value}`]);
    await stack.pulumi("config", "set-all", "--stack", "prod", ...settings);
    await stack.shell(take("recipes/move.md", "pulumi state move"));
    assert.deepEqual(stack.rooms(), []);
    await stack.shell(take("recipes/move.md", "pulumi preview --stack prod --refresh --expect-no-changes"));
    stack.program("");
    await stack.pulumi("up", "--stack", "dev");
    const written = simulator.requests.slice(calls).filter(({ method }) => method !== "GET");
    assert.deepEqual(written, []);
    assert.deepEqual(
      living().map(({ roomName, _id }) => [roomName, _id]),
      [[id, outputs.roomId]],
    );
  });

  it("with all commands that are said to be run here", () => assert.deepEqual(notTakenBy(__filename), []));
});
