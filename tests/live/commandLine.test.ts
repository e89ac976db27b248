import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { Refusal, readArguments } from "../../tools/live/arguments";
import type { Report } from "../../tools/live/report/report";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { roomsOfRuns, until } from "./runs";

const root = join(__dirname, "..", "..");
const account = { METERED_APP_NAME: "demo", METERED_SECRET_KEY: "simulator-secret" };

describe("npm run test:live refuses to start", () => {
  const refusal = (args: string[], env: NodeJS.ProcessEnv): string => {
    try {
      readArguments(args, env);
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
    throw new Error("it was not refused");
  };

  it("without the account", () => {
    assert.match(refusal(["--yes"], {}), /METERED_APP_NAME and METERED_SECRET_KEY must be set.*Nothing was done/);
    assert.match(refusal(["--yes"], { METERED_APP_NAME: "demo" }), /^METERED_SECRET_KEY must be set/);
    assert.match(refusal(["--yes"], { ...account, METERED_SECRET_KEY: " " }), /^METERED_SECRET_KEY must be set/);
  });

  it("without --yes, and says what it would do", () => {
    const text = refusal([], account);
    for (const words of [
      /the app demo at https:\/\/demo\.metered\.live/,
      /up to 20 rooms/,
      /create no live-streaming rooms/,
    ]) {
      assert.match(text, words);
    }
    assert.match(text, /at most 2 a second[\s\S]*Nothing was done\. Run it again with --yes\.$/);
    assert.match(
      refusal(["--live-rooms", "--without-engine"], account),
      /2 of them as live-streaming rooms[\s\S]*not run the Pulumi/,
    );
    assert.match(refusal(["--clean-up"], account), /would delete, on the app demo/);
    assert.ok(!text.includes(account.METERED_SECRET_KEY));
  });

  it("where the key could be read on the way, or the arguments make no sense", () => {
    assert.match(
      refusal(["--yes", "--endpoint", "http://demo.example.com"], account),
      /--endpoint must start with https:/,
    );
    assert.match(refusal(["--yes"], { ...account, NODE_TLS_REJECT_UNAUTHORIZED: "0" }), /certificate checks/);
    assert.match(refusal(["--yes"], { ...account, METERED_APP_NAME: "Demo.metered.live" }), /METERED_APP_NAME/);
    assert.match(refusal(["--yes", "--rate", "fast"], account), /--rate "fast" must be a number/);
    assert.match(refusal(["--yes", "--rate", "0"], account), /--rate/);
    assert.match(refusal(["--yess"], account), /Unknown option '--yess'/);
  });

  it("but starts with all of them, careful where nothing else is said", () => {
    const given = readArguments(["--yes"], account);
    assert.ok(given !== "help");
    assert.equal(given.origin, "https://demo.metered.live");
    assert.deepEqual(given.allowed, { liveRooms: false, patience: false, turn: true });
    assert.deepEqual([given.perSecond, given.engine, given.cleanUpOnly], [2, true, false]);
    assert.match(given.strangerOrigin ?? "", /^https:\/\/[0-9a-f]{24}\.metered\.live$/);
  });
});

describe("npm run test:live", function () {
  this.timeout(120_000);
  let sim: Simulator;
  let folder: string;
  let child: ChildProcess;
  let printed = "";

  beforeEach(async () => {
    sim = await startSimulator({ secretKey: canaryKey });
    sim.addRoom("meeting", "standup");
    folder = mkdtempSync(join(tmpdir(), "metered-check-test-"));
    printed = "";
  });
  afterEach(async () => {
    child.kill("SIGKILL");
    await sim.close();
    rmSync(folder, { recursive: true });
    assertNoSecrets("what was printed", printed);
  });

  const reportFile = () => join(folder, "report.json");
  const report = () => JSON.parse(readFileSync(reportFile(), "utf8")) as Report;

  function start(...args: string[]): Promise<number | null> {
    const script = ["-r", "ts-node/register/transpile-only", join("tools", "live", "index.ts"), "--yes", ...args];
    const rest = ["--endpoint", sim.url, "--report", reportFile(), "--rate", "1000", "--without-engine"];
    child = spawn(process.execPath, [...script, ...rest], {
      cwd: root,
      env: { ...process.env, METERED_APP_NAME: sim.app, METERED_SECRET_KEY: canaryKey },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
    }
    return new Promise((resolve) => child.once("close", resolve));
  }

  it("writes the report, and says the same for people", async () => {
    assert.equal(await start(), 0);
    assert.equal(report().ran, "to its end");
    assert.deepEqual(report().differs, []);
    assert.match(printed, /# A check of another server[\s\S]*## What is as assumed\n.*missingRoomStatus/);
    assertNoSecrets("the report", readFileSync(reportFile(), "utf8"));
  });

  for (const signal of isExhaustive ? (["SIGINT", "SIGTERM"] as const) : (["SIGINT"] as const)) {
    it(`ends in order on ${signal}: the room that is just being made is deleted too`, async () => {
      sim.faults.inject({ fault: "delay", ms: 300, operation: "create", skip: 3 });
      const ended = start();
      await until(() => sim.faults.list[0]?.fired === 1);
      child.kill(signal);
      assert.equal(await ended, 130);
      assert.deepEqual(
        sim.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName),
        ["standup"],
      );
      assert.match(report().ran, /interrupted/);
    });
  }

  if (isExhaustive) {
    it("ends at once on the second signal, and says what that leaves", async () => {
      sim.faults.inject({ fault: "delay", ms: 20_000, operation: "create", skip: 3 });
      const ended = start();
      await until(() => sim.faults.list[0]?.fired === 1);
      child.kill("SIGINT");
      await until(() => /Once more ends it at once/.test(printed));
      child.kill("SIGINT");
      assert.equal(await ended, 130);
      assert.match(printed, /Rooms may be left: run it again with --clean-up/);
    });
  }

  it("leaves rooms behind when it is killed, and deletes them with --clean-up", async () => {
    const killed = start();
    await until(() => roomsOfRuns(sim).length >= 2);
    child.kill("SIGKILL");
    await killed;
    assert.ok(roomsOfRuns(sim).length >= 1);
    assert.equal(existsSync(reportFile()), false);
    assert.equal(await start("--clean-up"), 0);
    assert.deepEqual(
      sim.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName),
      ["standup"],
    );
    assert.match(printed, /No meeting room, TURN credential or TURN project of an earlier run is left/);
  });
});
