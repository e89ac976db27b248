import assert from "node:assert/strict";
import { assertNoSecrets } from "../support/canary";
import { URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";

describe("pulumi-metered import --apply, with secrets", function () {
  this.timeout(60_000);
  const on = onAccount({});

  it("encrypts webhooks as well, which may carry tokens, and sets one for all rooms once", async () => {
    const hook = (name: string) => `https://hooks.example.com/${name}?token=canary-token-Vb3`;
    for (const name of ["a", "b"]) {
      const settings = { privacy: "public", meetingJoinWebhook: hook("all"), meetingEndedWebhook: hook(name) };
      on.simulator.addRoom("meeting", name, settings);
    }
    on.pulumi.set({ declares: ["a", "b"].map((name) => `${URN}${MEETING}::${name}`) });
    const { code, err } = await on.cli.run("import", "a", "b", "--apply");
    assert.equal(code, 0, err);
    const secret = (name: string) => ({ value: hook(name), secret: true });
    const config = Object.entries(on.pulumi.stack.config ?? {}).filter(([key]) => key.startsWith("rooms:"));
    assert.deepEqual(Object.fromEntries(config), {
      "rooms:meetingJoinWebhook": secret("all"),
      "rooms:aMeetingEndedWebhook": secret("a"),
      "rooms:bMeetingEndedWebhook": secret("b"),
    });
    assert.equal(on.pulumi.commands.filter((each) => each.startsWith("config set")).length, 3);
    const rooms = on.pulumi.stack.resources?.filter(({ type }) => type === MEETING) ?? [];
    for (const { inputs, outputs } of rooms as Record<string, Record<string, object>>[]) {
      for (const setting of ["meetingJoinWebhook", "meetingEndedWebhook"]) {
        for (const bag of [inputs, outputs]) assert.ok("plaintext" in (bag?.[setting] ?? {}), "marked as a secret");
      }
    }
    assertNoSecrets("the module", on.text("rooms.ts"));
  });

  it("prints no address, wherever Pulumi repeats one", async () => {
    const hook = "https://hooks.example.com/all?token=canary-token-Vb3";
    on.simulator.addRoom("meeting", "a", { privacy: "public", meetingJoinWebhook: hook });
    on.pulumi.set({ fails: { import: `can't import ${hook}` } });
    on.pulumi.set({ declares: [`${URN}${MEETING}::a`] });
    const { code, err } = await on.cli.run("import", "a", "--apply");
    assert.equal(code, 1);
    assert.match(err, /can't import \[secret\]/);
  });
});
