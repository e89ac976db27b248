import assert from "node:assert/strict";
import { generateName } from "../../provider/src/rooms/name";
import { URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";

describe("pulumi-metered import, where several stacks share an app", function () {
  this.timeout(60_000);
  const on = onAccount({});
  const ours = generateName({ project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name: "standup" });
  const theirs = "retro-0a1b2c3d";

  beforeEach(() => {
    const root = "pulumi:pulumi:Stack";
    on.pulumi.set({ resources: [{ urn: `${URN}${root}::rooms-dev`, type: root, id: "", outputs: {} }] });
    for (const name of ["by-hand", ours, theirs]) on.simulator.addRoom("meeting", name, { privacy: "public" });
  });

  it("leaves out what another stack may manage, unless it is named", async () => {
    const { out } = await on.imports(0, "--all", "--dry-run", "--json");
    const { rooms, skipped } = JSON.parse(out);
    assert.deepEqual(
      rooms.map(({ name }: { name: string }) => name),
      ["by-hand", ours],
    );
    assert.deepEqual(skipped, [{ kind: "MeetingRoom", name: theirs, reason: "generated name" }]);
    const told = await on.imports(0, theirs, "--dry-run");
    assert.match(told.out, /Would import 1 room/);
    assert.match(
      told.out,
      /Meeting room "retro-0a1b2c3d" has an auto-generated name\. Import it only if no other stack/,
    );
  });

  it("knows live-streaming rooms of this stack, too", async () => {
    const urn = { project: "rooms", stack: "dev", parentTypes: "", kind: "LiveStreamingRoom", name: "town-hall" };
    for (const name of [generateName(urn), theirs]) on.simulator.addRoom("live", name);
    assert.doesNotMatch((await on.imports(0, "--live", generateName(urn), "--dry-run")).out, /auto-generated/);
    assert.match((await on.imports(0, "--live", theirs, "--dry-run")).out, /Import it only if no other stack/);
  });

  it("says why, and what to do", async () => {
    const { out } = await on.imports(0, "--all", "--dry-run");
    assert.match(
      out,
      /^Skipped meeting room "retro-0a1b2c3d": its name is auto-generated, so another stack may manage it\. If none does, import it by its name\.$/m,
    );
  });
});
