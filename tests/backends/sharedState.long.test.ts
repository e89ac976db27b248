import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { Machine } from "./machine";
import { findPostgres, startPostgres } from "./postgres";
import { findMoto, startS3 } from "./s3";
import type { StateServer } from "./server";

interface Backend {
  readonly name: string;
  readonly missing: string;
  readonly found: string | undefined;
  start(found: string): Promise<StateServer>;
}

const postgres = findPostgres();
const moto = findMoto();
const backends: readonly Backend[] = [
  { name: "PostgreSQL", missing: "no PostgreSQL here", found: postgres, start: startPostgres },
  { name: "S3", missing: "no moto here", found: moto, start: startS3 },
];

/** Two rooms, one with a secret of its own. */
const program = `
  const rtmpOutURL = new pulumi.Config().requireSecret("rtmpOutURL");
  const rtmp = { enableComposition: true, enableRTMPOut: true, rtmpOutURL };
  new metered.MeetingRoom("plain", { roomName: "plain", privacy: "public", maxParticipants: 5 });
  new metered.MeetingRoom("sent-on", { roomName: "sent-on", privacy: "public", ...rtmp });
`;

for (const { name, missing, found, start } of backends) {
  const title = `state that several machines share, in ${name}`;
  const skipped = `${title} (skipped: ${missing}; tools/servers/install.sh installs it)`;
  (found ? describe : describe.skip)(found ? title : skipped, function () {
    this.timeout(300_000);
    let server: StateServer;
    let simulator: Simulator;
    let here: Machine;
    let there: Machine;

    before(async () => {
      server = await start(found ?? "");
      simulator = await startSimulator({ secretKey: canaryKey });
      here = await Machine.first(server, simulator, program, { rtmpOutURL: canaryRtmpURL });
      there = await here.another();
    });
    after(async () => {
      await simulator?.close();
      await server?.stop();
      for (const machine of [here, there]) machine?.dispose();
    });

    const living = () => simulator.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);
    const creates = () => simulator.requests.filter(({ method }) => method === "POST").length;

    it("what one machine has made, another one finds unchanged; no secret is stored in clear", async () => {
      await here.pulumi("up");
      assert.deepEqual(living().sort(), ["plain", "sent-on"]);
      const calls = simulator.requests.length;
      await there.pulumi("preview", "--refresh", "--expect-no-changes");
      assert.equal(simulator.requests.length, calls + 2, "one GET for each room");
      const stored = await server.contents();
      assert.ok(stored.includes("MeetingRoom::sent-on"), "what is stored can be read");
      assertNoSecrets("the stored state", stored);
    });

    it("two machines at once: one works, the other is told that the stack is locked, nothing is doubled", async () => {
      simulator.archiveRoom("meeting", "plain");
      const slow = simulator.faults.inject({ fault: "delay", ms: 15_000, operation: "create" });
      const before = creates();
      const first = here.start("up", "--refresh");
      while (slow.fired === 0) await sleep(50);
      const second = await there.start("up", "--refresh").ended;
      assert.notEqual(second.code, 0);
      assert.match(second.text, /the stack is currently locked by 1 lock/);
      assert.match(second.text, /pulumi cancel/);
      const { code, text } = await first.ended;
      assert.equal(code, 0, text);
      assert.equal(creates(), before + 1);
      assert.deepEqual(living().sort(), ["plain", "sent-on"]);
      await there.pulumi("up");
    });

    it("a machine that died holds the lock until another one cancels its run, and then goes on", async () => {
      simulator.archiveRoom("meeting", "plain");
      const hanging = simulator.faults.inject({ fault: "hang", operation: "create", afterCommit: false });
      const dying = here.start("up", "--refresh");
      while (hanging.fired === 0) await sleep(50);
      dying.child.kill("SIGKILL");
      await dying.ended;
      assert.match((await there.start("up").ended).text, /the stack is currently locked by 1 lock/);
      await there.pulumi("cancel", "dev", "--yes");
      await there.pulumi("up");
      await there.pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
      await there.pulumi("preview", "--expect-no-changes");
      assert.deepEqual(living().sort(), ["plain", "sent-on"]);
    });

    it("the other machine may change what the first one has made, and take all of it down", async () => {
      there.edit("maxParticipants: 5", "maxParticipants: 6");
      await there.pulumi("up");
      assert.equal(
        simulator.rooms.find(({ roomName, archived }) => roomName === "plain" && !archived)?.settings.maxParticipants,
        6,
      );
      await there.pulumi("destroy");
      assert.deepEqual(living(), []);
      assertNoSecrets("the stored state and its history", await server.contents());
    });
  });
}
