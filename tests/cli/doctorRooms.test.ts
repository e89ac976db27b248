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
        /^standup-[0-9a-f]{8} has an auto-generated name of this stack, but isn't managed by it\./,
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
        /^retro-0a1b2c3d-2 has an auto-generated name, and isn't managed by this stack\. Another stack of this app may manage it: if so, leave it alone\./,
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

    describe("operations that the state says are under way:", () => {
      const unlock = "pulumi cancel --yes   # if Pulumi says that the stack is locked";
      const adopt = [
        "pulumi config set metered:adoptExisting true",
        "pulumi up",
        "pulumi config rm metered:adoptExisting",
      ];
      const clear = "pulumi refresh --clear-pending-creates";
      const LIVE = MEETING.replace("MeetingRoom", "LiveStreamingRoom");
      const pending = (kind: string, name: string, type = MEETING) => ({
        type: kind,
        resource: { urn: `${URN}${type}::${name}`, type, id: "", inputs: { roomName: nameFor(name) } },
      });
      const addRooms = (...names: string[]) => {
        for (const name of names) on.simulator.addRoom("meeting", nameFor(name), { privacy: "public" });
      };
      const found = async (...operations: ReturnType<typeof pending>[]) => {
        on.pulumi.set({ pending: operations });
        return (await on.examine()).filter(({ status }) => status === "warn");
      };
      const creating = (...names: string[]) => names.map((name) => pending("creating", name));

      it("creates, of which some exist and some don't, with one way out for all", async () => {
        addRooms("one", "two");
        const [creates, ...more] = await found(...creating("one", "two", "lost"), pending("creating", "stage", LIVE));
        assert.deepEqual(more, []);
        assert.equal(
          creates?.message,
          `an update was interrupted while creating 4 rooms: ${nameFor("one")} and ${nameFor("two")} exist, ` +
            `${nameFor("stage")} may exist and ${nameFor("lost")} doesn't exist. To adopt what exists and create the rest:`,
        );
        assert.deepEqual(creates?.commands, [unlock, ...adopt, clear]);
      });

      it("one create, whose room exists, may exist or doesn't", async () => {
        addRooms("made");
        const [made] = await found(pending("creating", "made"));
        assert.match(
          made?.message ?? "",
          /while creating meeting room "made-.*" \(resource "made"\); it exists\. To adopt it:$/,
        );
        assert.deepEqual(made?.commands, [unlock, ...adopt, clear]);
        const [live] = await found(pending("creating", "stage", LIVE));
        assert.match(live?.message ?? "", /live-streaming room "stage-.*; it may exist\. To adopt it:$/);
        const [lost] = await found(pending("creating", "lost"));
        assert.match(lost?.message ?? "", /it doesn't exist\. To create it:$/);
        assert.deepEqual(lost?.commands, [unlock, "pulumi up", clear]);
      });

      it("creates that an update has finished since: only Pulumi's note of them is left", async () => {
        addRooms("made");
        const resource = {
          urn: `${URN}${MEETING}::made`,
          type: MEETING,
          id: nameFor("made"),
          outputs: { appName: "demo" },
        };
        on.pulumi.set({ resources: [...(on.pulumi.stack.resources ?? []), resource] });
        const [made] = await found(...creating("made"));
        assert.match(made?.message ?? "", /; it is in the state by now\. To clear Pulumi's note of that:$/);
        assert.deepEqual(made?.commands, [clear]);
        const [both] = await found(...creating("made", "lost"));
        assert.match(
          both?.message ?? "",
          /lost-\w+ doesn't exist and made-\w+ is in the state by now\. To create the rest:$/,
        );
        assert.deepEqual(both?.commands, [unlock, "pulumi up", clear]);
      });

      it("updates and deletes, which the next update goes on with", async () => {
        const [half] = await found(pending("updating", "half"));
        assert.match(
          half?.message ?? "",
          /while updating meeting room "half-.*The next pulumi up checks it and continues\.$/,
        );
        assert.deepEqual(half?.commands, [unlock, "pulumi up"]);
        const many = ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => pending("updating", name));
        const [all, ...more] = await found(...many, pending("deleting", "old"));
        assert.deepEqual(more, []);
        assert.match(
          all?.message ?? "",
          /while updating a-\w+, .* and 3 more and deleting old-\w+\. The next pulumi up checks them/,
        );
      });
    });
  });
});
