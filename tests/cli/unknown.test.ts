import assert from "node:assert/strict";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { URN } from "../support/fakePulumi";
import { postProject } from "../support/objects";
import { onAccount } from "../support/onAccount";

const FACES = ["pulumi-nodejs:dynamic/metered:", "metered:index:"];
const DAY = 86_400;

for (const face of FACES) {
  const resource = (kind: string, name: string, id: string, outputs: object = {}) => ({
    ...{ urn: `${URN}${face}${kind}::${name}`, type: face + kind, id, inputs: outputs },
    outputs: { appName: "demo", ...outputs },
  });

  describe(`what Metered doesn't tell, as the commands show it (${face})`, function () {
    this.timeout(60_000);

    describe("of live-streaming rooms", () => {
      const on = onAccount({ switches: { missingLiveRoom: "400 bare" } });

      it("isn't gone: a refresh would keep them", async () => {
        on.simulator.addRoom("live", "keynote");
        on.pulumi.set({
          resources: [
            resource("LiveStreamingRoom", "hall", "town-hall"),
            resource("LiveStreamingRoom", "keynote", "keynote"),
          ],
        });
        const { code, out } = await on.cli.run("list");
        assert.equal(code, 0);
        assert.match(out, /^town-hall +live +unknown +hall$/m);
        assert.match(out, /^keynote +live +no +keynote$/m);
        assert.match(
          out,
          /^unknown: Metered's response doesn't say whether the room exists\. To learn why, run npx pulumi-metered explain /m,
        );
        assert.doesNotMatch(out, /gone|refresh/);
        const listed = JSON.parse((await on.cli.run("list", "--json")).out) as Record<string, unknown>[];
        assert.deepEqual(
          listed.filter(({ name }) => name === "town-hall").map(({ archived, unknown }) => [archived, unknown]),
          [[null, true]],
        );
      });
    });

    describe("of TURN, on a free plan", () => {
      const on = onAccount({ switches: { turnPlan: "free" } });
      const statusesIn = (json: string) => {
        const listed = JSON.parse(json) as { name: string; status: string }[];
        return Object.fromEntries(listed.map(({ name, status }) => [name, status]));
      };

      it("isn't gone either, unlike what is in a list that the plan has", async () => {
        const { username } = on.simulator.addTurnCredential({ label: "app" });
        const projectId = await postProject(on.simulator, { projectName: "calls" });
        on.simulator.requests.clear();
        on.pulumi.set({
          resources: [
            resource("TurnCredential", "app", fingerprint(username), { label: "app" }),
            resource("TurnCredential", "old", "00", { label: "old", expiresAt: 1_700_000_000, expiryInSeconds: DAY }),
            resource("TurnCredential", "web", "01", { label: "web", projectId }),
            resource("TurnCredential", "lost", "02", { label: "lost", projectId: "0123456789abcdef01234567" }),
            resource("TurnProject", "other", "0123456789abcdef01234567", { projectName: "other" }),
          ],
        });
        const { code, out } = await on.cli.run("list");
        assert.equal(code, 0);
        assert.match(out, /^app +TURN credential .* unknown +app$/m);
        assert.match(out, /^unknown: Metered doesn't list such objects for this app, so it may or may not exist\.$/m);
        assert.deepEqual(statusesIn((await on.cli.run("list", "--json")).out), {
          ...{ calls: "active", app: "unknown", old: "expired", web: "gone", lost: "gone", other: "gone" },
        });
      });

      it("is all of it where the plan has no TURN at all", async () => {
        on.simulator.setSwitches({ turnPlan: "none" });
        on.pulumi.set({
          resources: [
            resource("TurnProject", "calls", "0123456789abcdef01234567", { projectName: "calls" }),
            resource("TurnCredential", "web", "01", { label: "web", projectId: "0123456789abcdef01234567" }),
            resource("TurnCredential", "app", "02", { label: "app" }),
            resource("AccessToken", "guest", "03", { roomName: "lobby" }),
          ],
        });
        const { out } = await on.cli.run("list", "--json");
        assert.deepEqual(statusesIn(out), { calls: "unknown", web: "unknown", app: "unknown", lobby: "active" });
        assert.doesNotMatch((await on.cli.run("list")).out, /gone|refresh/);
      });

      it("isn't said to be missing by an import", async () => {
        on.simulator.addTurnCredential({ label: "app" });
        const { err } = await on.imports(1, "--turn", "app");
        assert.match(
          err,
          /Can't find a TURN project or credential "app": Metered doesn't list TURN credentials for this app\./,
        );
        on.simulator.setSwitches({ turnPlan: "none" });
        assert.match(
          (await on.imports(1, "--turn", "app")).err,
          /doesn't list TURN projects and TURN credentials for this app\./,
        );
        on.simulator.setSwitches({ turnPlan: "subscribed" });
        assert.match((await on.imports(1, "--turn", "x")).err, /There is no TURN project or credential "x"\./);
      });

      it("isn't passed over in silence by an import of all of it", async () => {
        const { err } = await on.imports(0, "--all-turn");
        assert.equal(err, "Metered doesn't list TURN credentials for this app, so the import may be incomplete.");
        on.simulator.setSwitches({ turnPlan: "subscribed" });
        assert.equal((await on.imports(0, "--all-turn")).err, "");
      });

      it("is what the doctor can't look for, if the stack has any of it", async () => {
        const said = async () => {
          const findings = JSON.parse((await on.cli.run("doctor", "--json")).out) as Record<string, string>[];
          return findings
            .filter(({ subject, message = "" }) => subject === "TURN" || /TURN/.test(message))
            .map(({ status, subject, message }) => [status, subject, message]);
        };
        const message =
          "Metered doesn't list TURN credentials for this app, so any that interrupted updates have left can't be found";
        assert.deepEqual(await said(), []);
        const app = resource("TurnCredential", "app", "01", { label: "app" });
        on.pulumi.set({ resources: [app] });
        assert.deepEqual(await said(), [["ok", "TURN", message]]);
        on.pulumi.set({ resources: [], pending: [{ type: "creating", resource: { ...app, id: "", outputs: {} } }] });
        assert.deepEqual(await said(), [
          [
            "warn",
            "Leftovers",
            'an update was interrupted while creating TURN credential "app" (resource "app"); it may exist, and ' +
              "Metered has no list that shows it. Look for it in Metered's dashboard before the next pulumi up.",
          ],
          ["ok", "TURN", message],
        ]);
      });
    });
  });
}
