import assert from "node:assert/strict";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { URN } from "../support/fakePulumi";
import { postProject } from "../support/objects";
import { type Finding, onDoctor } from "./onDoctor";

const DAY = 86_400;
const FACES = ["pulumi-nodejs:dynamic/metered:", "metered:index:"];

for (const face of FACES) {
  describe(`pulumi-metered doctor, about TURN and tokens (${face})`, function () {
    this.timeout(60_000);
    const on = onDoctor();
    const now = () => Math.floor(Date.now() / 1000);
    const resource = (kind: string, name: string, id: string, outputs: object, more: object = {}) => ({
      ...{ urn: `${URN}${face}${kind}::${name}`, type: face + kind, id, outputs: { appName: "demo", ...outputs } },
      ...more,
    });
    const set = (...resources: Record<string, unknown>[]) =>
      on.pulumi.set({ resources: [on.pulumi.stack.resources?.[0] ?? {}, ...resources] });
    /** What isn't in order, apart from how Pulumi finds a plugin that isn't installed here. */
    const troubles = async (): Promise<Finding[]> => {
      const findings = await on.examine();
      return findings.filter(({ status, subject }) => status !== "ok" && subject !== "Plugin");
    };

    it("finds nothing where all is managed, kept to be deleted, or another's", async () => {
      const [mine, old] = [1, 2].map(() => on.simulator.addTurnCredential({ label: "web" }));
      on.simulator.addTurnCredential({ label: "another's" });
      set(
        resource("TurnCredential", "web", fingerprint(mine?.username ?? ""), { label: "web" }),
        resource("TurnCredential", "web", fingerprint(old?.username ?? ""), { label: "web" }, { delete: true }),
      );
      assert.deepEqual(await troubles(), []);
      const turn = (await on.examine()).find(({ subject }) => subject === "TURN");
      assert.match(
        turn?.message ?? "",
        /^0 projects and 3 credentials; not managed by this stack: TURN credential "another's" \(id [0-9a-f]{16}\)$/,
      );
    });

    it("shows a credential that a lost create has left, and how to import it", async () => {
      const lasting = { label: "web", expiryInSeconds: DAY };
      const mine = on.simulator.addTurnCredential(lasting);
      const orphan = on.simulator.addTurnCredential(lasting);
      on.simulator.addTurnCredential({ label: "web" });
      set(resource("TurnCredential", "web", fingerprint(mine.username), lasting));
      const [found, ...more] = await troubles();
      assert.deepEqual(more, []);
      const id = fingerprint(orphan.username);
      assert.match(
        found?.message ?? "",
        new RegExp(`^TURN credential "web" \\(id ${id}\\) has the same label and expiry as one in this stack`),
      );
      assert.match(found?.message ?? "", /retainOnDelete, or another stack\. It stops working when it expires/);
      assert.equal(found?.commands[0], `npx pulumi-metered import --turn ${id}`);
    });

    it("shows what an interrupted update had begun, with the project that it has left", async () => {
      const id = await postProject(on.simulator, { projectName: "calls" });
      const begun = (kind: string, type: string, inputs: object) => ({
        type: kind,
        resource: { ...resource(type, "it", "", {}), inputs },
      });
      on.pulumi.set({
        pending: [
          begun("creating", "TurnProject", { projectName: "calls" }),
          begun("creating", "AccessToken", { roomName: "standup" }),
          begun("deleting", "TurnCredential", { label: "web" }),
        ],
      });
      const [creates, credential, orphan, ...more] = await troubles();
      assert.deepEqual(more, []);
      assert.match(
        creates?.message ?? "",
        /interrupted while creating TURN project "calls" \(resource "it"\) and access token "standup" \(resource "it"\); they may exist\. If a line below shows one of them/,
      );
      assert.match(credential?.message ?? "", /deleting TURN credential "web".*The next pulumi up checks it/);
      assert.match(orphan?.message ?? "", /^TURN project "calls" .*An interrupted update may have left it\.$/);
      assert.equal(orphan?.commands[0], `npx pulumi-metered import --turn ${id}`);
      assert.deepEqual(creates?.commands.slice(1), ["pulumi up", "pulumi refresh --clear-pending-creates"]);
    });

    it("has only Pulumi's note to clear where the state has a project that was being created", async () => {
      const id = await postProject(on.simulator, { projectName: "calls" });
      const calls = resource("TurnProject", "calls", id, { projectName: "calls" });
      on.pulumi.set({ pending: [{ type: "creating", resource: { ...calls, inputs: { projectName: "calls" } } }] });
      set(calls);
      const [note, ...more] = await troubles();
      assert.deepEqual(more, []);
      assert.match(note?.message ?? "", /; it is in the state by now\. To clear Pulumi's note of that:$/);
      assert.deepEqual(note?.commands, ["pulumi refresh --clear-pending-creates"]);
    });

    it("tells what is due, over or disabled, by the server's clock", async () => {
      const rotating = { expiryInSeconds: 30 * DAY, rotateBeforeSeconds: 10 * DAY };
      const credentials = ["due", "fine", "off"].map((label) => on.simulator.addTurnCredential({ label }));
      const [due, fine, off] = credentials.map(({ username }) => fingerprint(username));
      // The server's clock is five days ahead of the machine's.
      on.simulator.setClock(Date.now() + 5 * DAY * 1000);
      set(
        resource("TurnCredential", "due", due ?? "", { label: "due", ...rotating, expiresAt: now() + 14 * DAY }),
        resource("TurnCredential", "fine", fine ?? "", { label: "fine", ...rotating, expiresAt: now() + 16 * DAY }),
        resource("TurnCredential", "off", off ?? "", { label: "off", __disabled: true }),
        resource("AccessToken", "over", "0123456789abcdef", {
          roomName: "a",
          expiryInSeconds: DAY,
          expiresAt: now() + 4 * DAY,
        }),
        resource("AccessToken", "fixed", "1123456789abcdef", { globalToken: true, expireUnixSec: 1, expiresAt: 1 }),
      );
      const found = await troubles();
      assert.deepEqual(
        found.map(({ subject, message }) => [subject, message.replace(/\d{4}-\S+ \S+ UTC/, "TIME")]),
        [
          [
            "Rotation",
            'TURN credential "due" (resource "due") expires TIME, which is less than rotateBeforeSeconds away. The next pulumi up replaces it:',
          ],
          [
            "Rotation",
            'TURN credential "off" (resource "off") was disabled outside Pulumi. The next pulumi up replaces it:',
          ],
          ["Rotation", 'access token "a" (resource "over") expired TIME. The next pulumi up replaces it:'],
          [
            "Rotation",
            'access token "(every room)" (resource "fixed") expired TIME, as its expireUnixSec says. Set a later one, then:',
          ],
        ],
      );
      assert.deepEqual(found[0]?.commands, ["pulumi up"]);
    });

    it("says nothing of TURN where the plan has none, and no more than what failed where it fails", async () => {
      on.simulator.setSwitches({ turnPlan: "none" });
      assert.ok((await on.examine()).every(({ subject }) => subject !== "TURN"));
      on.simulator.setSwitches({ turnPlan: "subscribed" });
      on.simulator.faults.inject({ fault: "status", path: "/v2/turn", status: 500, times: "always" });
      const [found, ...more] = await troubles();
      assert.deepEqual([found?.subject, found?.status, more], ["TURN", "warn", []]);
    });
  });
}
