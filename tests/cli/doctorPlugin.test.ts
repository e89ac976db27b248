import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { URN } from "../support/fakePulumi";
import { onDoctor } from "./onDoctor";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";

describe("pulumi-metered doctor knows programs that use the plugin", function () {
  this.timeout(60_000);
  const on = onDoctor();

  beforeEach(() => writeFileSync(on.pulumi.path("package.json"), "{}"));

  for (const runtime of ["python", "go", "yaml", "dotnet", "java"]) {
    it(`in ${runtime}: they need neither nodejs nor the npm package`, async () => {
      on.pulumi.write("Pulumi.yaml", `name: rooms\nruntime: ${runtime}\nplugins:\n  providers:\n    - name: metered\n`);
      const findings = await on.examine();
      assert.deepEqual(
        findings.filter(({ status }) => status !== "ok"),
        [],
      );
      assert.deepEqual(
        findings.slice(0, 3).map(({ subject }) => subject),
        ["Node", "Pulumi", "Plugin"],
      );
      assert.match(
        findings[2]?.message ?? "",
        new RegExp(`runtime: ${runtime}.* uses the metered plugin, which Pulumi`),
      );
    });
  }

  it("in TypeScript, by its SDK, its packages or what is in the stack", async () => {
    const isPlugin = async () => {
      const findings = await on.examine({ PULUMI_HOME: on.pulumi.path("home") });
      return findings.some(({ subject }) => subject === "Plugin");
    };
    assert.equal(await isPlugin(), false);
    on.pulumi.set({
      resources: [{ urn: `${URN}metered:index:MeetingRoom::x`, type: "metered:index:MeetingRoom", id: "x" }],
    });
    assert.equal(await isPlugin(), true);
    const provider = { urn: `${URN}pulumi:providers:metered::default`, type: "pulumi:providers:metered", id: "y" };
    on.pulumi.set({ resources: [provider] });
    assert.equal(await isPlugin(), true);
    on.pulumi.set({ resources: [provider, { urn: `${URN}${MEETING}::x`, type: MEETING, id: "x" }] });
    assert.equal(await isPlugin(), false);
    on.pulumi.write("sdks/metered/package.json", "{}");
    assert.equal(await isPlugin(), true);
  });

  it("and looks for the plugin where Pulumi does", async () => {
    on.pulumi.write("Pulumi.yaml", "name: rooms\nruntime: python\n");
    const home = { PULUMI_HOME: on.pulumi.path("home") };
    assert.match((await on.trouble(home)).message, /pulumi-resource-metered isn't on PATH, in Pulumi\.yaml/);
    on.pulumi.write("home/plugins/resource-metered-v0.1.0/PulumiPlugin.yaml", "");
    assert.match(JSON.stringify(await on.examine(home)), /installed as resource-metered-v0\.1\.0/);
    on.pulumi.write("bin/pulumi-resource-metered", "#!/bin/sh\n");
    chmodSync(on.pulumi.path("bin", "pulumi-resource-metered"), 0o755);
    assert.match(JSON.stringify(await on.examine({ PULUMI_HOME: "/nowhere" })), /found on PATH in /);
    // Pulumi has always imported the plugin's rooms.
    on.pulumi.set({ version: "3.216.0" });
    assert.ok((await on.examine(home)).every(({ status }) => status === "ok"));
  });
});
