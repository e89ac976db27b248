import assert from "node:assert/strict";
import { generateName } from "../../provider/src/rooms/name";
import { URN } from "../support/fakePulumi";
import { onDoctor } from "./onDoctor";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";

describe("pulumi-metered doctor, about rooms", function () {
  this.timeout(60_000);
  const on = onDoctor();

  it("warns of one room that two resources manage, and says how to get out of it", async () => {
    const of = (resource: string, roomId: string, type = MEETING, more = {}) => ({
      urn: `${URN}acme:index:Team$${type}::${resource}`,
      type,
      id: "lobby",
      outputs: { appName: "demo", roomId, roomName: "lobby" },
      ...more,
    });
    const shared = [of("one", "id-1"), of("two", "id-1", "metered:index:MeetingRoom"), of("three", "id-1")];
    const others = [
      of("four", "id-2"),
      of("looked up", "id-1", MEETING, { external: true }),
      of("old", "id-2", MEETING, { delete: true }),
    ];
    on.pulumi.set({ resources: [...(on.pulumi.stack.resources ?? []), ...others, ...shared] });
    const { status, subject, message, commands } = await on.trouble();
    assert.deepEqual([status, subject], ["warn", "Shared room"]);
    assert.match(message, /^resources "one", "two" and "three" all manage meeting room "lobby" \(roomId id-1\)/);
    assert.match(message, /Remove all but one from the state, then give the others a roomName of their own:$/);
    assert.deepEqual(
      commands,
      shared.slice(1).map(({ urn }) => `pulumi state delete '${urn}'`),
    );
    on.pulumi.set({ resources: shared.slice(0, 2) });
    const both = await on.trouble();
    assert.match(both.message, /^resources "one" and "two" both manage/);
    assert.match(both.message, /Remove one of them from the state, then give it a roomName of its own:$/);
  });

  describe("finds what interrupted updates have left", () => {
    const nameFor = (name: string) =>
      generateName({ project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name });

    it("rooms with our names and no resource: those of this stack for certain, others maybe", async () => {
      on.simulator.addRoom("meeting", nameFor("standup"), { privacy: "public" });
      const certain = await on.trouble();
      assert.equal(certain.status, "warn");
      assert.match(
        certain.message,
        /^standup-[0-9a-f]{8} has an auto-generated name of this stack, but is in no resource here\./,
      );
      assert.deepEqual(certain.commands.slice(0, 3), [
        "pulumi config set metered:adoptExisting true",
        "pulumi up",
        "pulumi config rm metered:adoptExisting",
      ]);
      assert.match(certain.commands[3] ?? "", /npx pulumi-metered import standup-[0-9a-f]{8}$/);
      on.simulator.addRoom("meeting", "retro-0a1b2c3d-2", { privacy: "public" });
      const others = (await on.examine()).filter(({ status }) => status !== "ok").at(1);
      assert.match(
        others?.message ?? "",
        /^retro-0a1b2c3d-2 has an auto-generated name, and is in no resource here\. Another stack of this app may manage it: if so, leave it alone\./,
      );
      assert.deepEqual(others?.commands, [
        "npx pulumi-metered import retro-0a1b2c3d-2   # only if no other stack manages it",
      ]);
    });

    it("but none that is in the stack, archived, or named by somebody", async () => {
      for (const name of ["mine-0a1b2c3d", "old-0a1b2c3d", "exam-2030", "deadbeef"]) {
        on.simulator.addRoom("meeting", name, { privacy: "public" });
      }
      on.simulator.archiveRoom("meeting", "old-0a1b2c3d");
      on.simulator.setSwitches({ listArchived: "yes" });
      const resource = { urn: `${URN}${MEETING}::mine`, type: MEETING, id: "mine-0a1b2c3d", outputs: {} };
      on.pulumi.set({ resources: [...(on.pulumi.stack.resources ?? []), resource] });
      assert.ok((await on.examine()).every(({ status }) => status === "ok"));
    });

    it("operations that the state says are under way", async () => {
      const pending = (type: string, name: string) => ({
        type,
        resource: { urn: `${URN}${MEETING}::${name}`, type: MEETING, id: "", inputs: { roomName: nameFor(name) } },
      });
      on.simulator.addRoom("meeting", nameFor("made"), { privacy: "public" });
      on.pulumi.set({
        pending: [pending("creating", "made"), pending("creating", "lost"), pending("updating", "half")],
      });
      const [made, lost, half, ...more] = (await on.examine()).filter(({ status }) => status === "warn");
      assert.deepEqual(more, []);
      const unlock = "pulumi cancel --yes   # if Pulumi says that the stack is locked";
      assert.match(made?.message ?? "", /while creating meeting room "made-.*" \(resource "made"\); it exists\./);
      assert.deepEqual(made?.commands, [
        unlock,
        "pulumi config set metered:adoptExisting true",
        "pulumi up",
        "pulumi config rm metered:adoptExisting",
        "pulumi refresh --clear-pending-creates",
      ]);
      assert.match(lost?.message ?? "", /it doesn't exist\.$/);
      assert.deepEqual(lost?.commands, [unlock, "pulumi refresh --clear-pending-creates", "pulumi up"]);
      assert.match(half?.message ?? "", /while updating/);
      assert.deepEqual(half?.commands, [unlock, "pulumi up"]);
    });
  });
});
