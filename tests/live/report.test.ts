import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Simulator, startSimulator, switches } from "metered-simulator";
import { wrongKeyLike } from "../../tools/live/account/keys";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { closeServers, html, serve } from "../support/servers";
import { runCheck } from "./runs";

const launcher = join(dirname(require.resolve("metered-simulator/package.json")), "bin", "metered-simulator.js");

describe("the report of a check", () => {
  let sim: Simulator;
  afterEach(() => sim.close());

  it("holds no secret, and the names of unknown fields, never their values", async () => {
    sim = await startSimulator({ secretKey: canaryKey });
    sim.addRoom("meeting", "standup", { hlsPlaybackURL: "https://stream.example.com/canary-stream-Kj5%26x9.m3u8" });
    sim.addRoom("meeting", "other", { rtmpOutURL: canaryRtmpURL, "61005784c3c9104421af1534": true });
    const echo = { success: false, message: `no such key: ${canaryKey}`, [canaryKey]: canaryRtmpURL };
    sim.faults.inject({ fault: "status", status: 401, body: echo, operation: "list", skip: 1, times: 2 });
    sim.faults.inject({
      fault: "status",
      status: 418,
      body: { message: `${canaryRtmpURL} ${encodeURIComponent(canaryKey)}` },
      operation: "get",
    });
    const { report, said } = await runCheck(sim, { liveRooms: true, patience: true });
    assert.equal(
      sim.faults.list.reduce((sum, { fired }) => sum + fired, 0),
      3,
    );
    assertNoSecrets("what the check says", said);
    assert.ok(said.includes("[secret]"), "something was taken out");
    assert.deepEqual(report.unknownFields["GET /rooms"], ["(looks like a value)", "hlsPlaybackURL"]);
    assert.ok(!said.includes("stream.example.com") && !said.includes("61005784c3c9104421af1534"));
  });

  it("says what no switch value describes, and leaves it out of the profile", async () => {
    sim = await startSimulator();
    const teapot = { success: false, message: "I am a teapot" };
    sim.faults.inject({ fault: "status", status: 418, body: teapot, operation: "get", kind: "meeting" });
    const { report } = await runCheck(sim);
    const seen = 'HTTP 418 "I am a teapot"';
    assert.deepEqual(report.differs, [
      { switch: "missingRoomStatus", assumed: 400, found: seen, isNew: true },
      { switch: "missingRoomMessage", assumed: "room not found", found: seen, isNew: true },
    ]);
    assert.equal(report.switches.missingRoomStatus, undefined);
    assert.equal(report.switches.errorShape, "with success");
  });

  it("tells what the account's server says beside the switches", async () => {
    sim = await startSimulator({ latencyMs: 2 });
    const { report } = await runCheck(sim);
    const facts = Object.fromEntries(report.facts.map(({ question, answer }) => [question, answer]));
    assert.equal(facts["How an update of a missing room is answered"], "as a get is");
    assert.equal(facts["How long a name may be"], "at least 100 characters");
    assert.equal(facts["The form of _id"], "24 hex digits");
    assert.equal(facts["Whether created and the Date header come from one clock"], "yes");
    assert.equal(facts["How rtmpOutURL is shown"], "as it was sent");
    assert.equal(report.dateHeaders, "every reply");
    assert.equal(report.latencyMs.requests, sim.requests.length);
    assert.ok(report.latencyMs.p50 >= 2 && report.latencyMs.longest >= report.latencyMs.p99);
    assert.ok(report.fieldsShown["POST /room"]?.includes("roomName"));
    assert.ok(report.notFoundOut.some(({ question, why }) => /subdomain/.test(question) && /--endpoint/.test(why)));
  });

  it("asks the sub-domain of no app once, with no key", async () => {
    sim = await startSimulator();
    const { origin, seen } = await serve([html(404)]);
    try {
      const { report } = await runCheck(sim, { strangerOrigin: origin });
      assert.deepEqual(
        seen.map(({ method, path, query, body }) => [method, path, [...query], body]),
        [["GET", "/api/v1/rooms", [], ""]],
      );
      const fact = report.facts.find(({ question }) => question === "How a subdomain without an app responds");
      assert.equal(fact?.answer, "HTTP 404, no JSON");
    } finally {
      await closeServers();
    }
  });

  it("makes metered-simulator --profile behave as the server did", async () => {
    const allowed = { liveRooms: true, patience: true };
    sim = await startSimulator({ profile: "strange" });
    const { report } = await runCheck(sim, allowed);
    const folder = mkdtempSync(join(tmpdir(), "metered-report-"));
    const file = join(folder, "live-report.json");
    writeFileSync(file, JSON.stringify(report));
    const child = spawn(process.execPath, [launcher, "--profile", file], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const url = await new Promise<string>((resolve) => {
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
          if (found) resolve(found);
        });
      });
      const current = (await (await fetch(`${url}/__simulator/switches`)).json()) as Record<string, unknown>;
      const defaults = Object.fromEntries(Object.entries(switches).map(([name, { default: value }]) => [name, value]));
      assert.deepEqual(current, { ...defaults, ...report.switches });
      assert.ok(report.differs.length > 15);
    } finally {
      child.kill();
      rmSync(folder, { recursive: true });
    }
  });

  it("comes of a wrong key that looks like the right one", () => {
    const key = "aB3-xyz_0Z9";
    const wrong = wrongKeyLike(key);
    assert.notEqual(wrong, key);
    assert.match(wrong, /^[a-z][A-Z]\d[a-z]{5}\d[A-Z]\d$/);
  });
});
