import assert from "node:assert/strict";
import { cpSync, existsSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { finishedRelease } from "../../tools/engine";
import { policyLine } from "../../tools/engine/components";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { pluginProgram, usePlugin } from "../support/pluginProgram";
import { faces } from "../support/providerHost";
import type { Run } from "../support/run";
import { TestStack } from "../support/stack";

const root = join(__dirname, "..", "..");
const engine = finishedRelease(policyLine);
const hasSdk = existsSync(join(root, "node_modules", "@pulumi", "policy"));
const missing = !engine
  ? `npm run engine -- ${policyLine} makes the engine`
  : !hasSdk
    ? "@pulumi/policy is not installed"
    : "";

const suite = missing ? describe.skip : describe;
for (const face of faces)
  suite(`the guard rails as a policy pack on the real engine, ${face}${missing && ` (skipped: ${missing})`}`, function () {
    this.timeout(300_000);
    let simulator: Simulator;
    let stack: TestStack;

    before(async () => {
      simulator = await startSimulator({ secretKey: canaryKey });
      stack = await TestStack.create({ simulator });
      if (face === "plugin") usePlugin(stack);
      const pack = join(stack.folder, "policy");
      cpSync(join(root, "policy"), pack, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
      symlinkSync(join(root, "node_modules"), join(pack, "node_modules"));
      await stack.pulumi("config", "set", "--secret", "rtmpOutURL", canaryRtmpURL);
    });
    after(async () => {
      await simulator.close();
      stack.dispose();
    });

    function declare(settings: string): void {
      const body = `
      const rtmpOutURL = new pulumi.Config().requireSecret("rtmpOutURL");
      new metered.MeetingRoom("board", { roomName: "board", ${settings} });
    `;
      if (face === "plugin") pluginProgram(stack, body);
      else stack.program(body);
    }
    async function up(config: object = {}): Promise<Run> {
      const file = join(stack.folder, "guard-rails.json");
      writeFileSync(file, JSON.stringify(config));
      const options = ["--policy-pack", join(stack.folder, "policy"), "--policy-pack-config", file];
      const run = await stack.run(["up", ...options], { PATH: `${engine}${delimiter}${stack.path}` });
      assertNoSecrets("what the pack says", run.text);
      return run;
    }

    it("every rule refuses what it should, all at once, and no room is made", async () => {
      const rtmp = "enableComposition: true, enableRTMPOut: true, rtmpOutURL";
      declare(`privacy: "public", recordRoom: true, meetingEndedWebhook: "http://hooks.example.com", ${rtmp}`);
      const { code, text } = await up({ "room-limits": { requireExpiry: true, maxParticipants: 50 } });
      assert.notEqual(code, 0, text);
      for (const rule of ["private-rooms", "room-limits", "recording", "webhooks", "rtmp-out"]) {
        assert.match(text, new RegExp(`\\b${rule}\\b`));
      }
      assert.match(text, /set privacy to "private"/);
      assert.match(text, /rtmpOutURL goes to live\.example\.com/);
      assert.deepEqual(simulator.rooms, []);
    });

    it("allows a room that keeps to the rules, and one that the configuration allows", async () => {
      declare('privacy: "private", meetingEndedWebhook: "https://hooks.example.com"');
      const plain = await up();
      assert.equal(plain.code, 0, plain.text);
      declare('privacy: "public", recordRoom: true');
      const allowed = await up({ "private-rooms": { allowedPublic: ["board"] }, recording: { projects: ["rooms"] } });
      assert.equal(allowed.code, 0, allowed.text);
      assert.equal(simulator.rooms[0]?.settings.recordRoom, true);
    });

    it("refuses credentials that never expire, and admins of every room, but for stacks that may have them", async () => {
      const body = (expiry: string) => `
        new metered.TurnCredential("web", { label: "web"${expiry} });
        new metered.AccessToken("admin", { globalToken: true, isAdmin: true${expiry} });
      `;
      const declareTurn = (expiry: string) =>
        face === "plugin" ? pluginProgram(stack, body(expiry)) : stack.program(body(expiry));
      declareTurn("");
      const refused = await up();
      assert.notEqual(refused.code, 0, refused.text);
      for (const rule of ["expiring-credentials", "global-admin-tokens"]) assert.match(refused.text, new RegExp(rule));
      assert.deepEqual([simulator.turnCredentials, simulator.tokens], [[], []]);
      declareTurn(", expiryInSeconds: 86400");
      const allowed = await up({ "global-admin-tokens": { stacks: ["*"] } });
      assert.equal(allowed.code, 0, allowed.text);
    });

    it("a configuration that is not one is refused with the setting's name", async () => {
      const { code, text } = await up({ webhooks: { hosts: "hooks.example.com" } });
      assert.notEqual(code, 0);
      assert.match(text, /hosts/);
    });
  });
