import assert from "node:assert/strict";
import { EngineWorld } from "../support/engineWorld";
import { faces } from "../support/providerHost";

/** Pulumi asks no provider when it's told to replace a resource, and hands it no more than of a new one. */
for (const face of faces) {
  describe(`replacements of sets that Pulumi is told to make, on the real engine (${face})`, function () {
    this.timeout(600_000);
    let world: EngineWorld;
    beforeEach(async () => {
      world = await EngineWorld.start({}, {}, face);
      declare();
      await world.stack.pulumi("up");
    });
    afterEach(() => world.close());

    const declare = (options = "{}", more: object = {}) => {
      const rooms = { math: { privacy: "public" }, art: { privacy: "public", roomName: "art-room" }, ...more };
      world.write(`new metered.MeetingRoomSet("courses", { rooms: ${JSON.stringify(rooms)} }, ${options});`);
    };
    const set = () => world.stack.room("courses");
    const inState = () =>
      Object.values(set().outputs.rooms as Record<string, { roomId: string }>).map(({ roomId }) => roomId);
    const onMetered = () => world.living.map(({ _id }) => _id);

    /** The same names, each of another room, which is the one in the state, and nothing left to do. */
    async function assertReplaced(before: readonly string[], names: readonly string[]): Promise<void> {
      assert.deepEqual(world.names(), names);
      assert.ok(before.every((id) => !onMetered().includes(id)));
      assert.deepEqual(inState().sort(), onMetered().sort());
      await world.stack.assertSettled();
    }

    const ways: Readonly<Record<string, () => Promise<string[]>>> = {
      "--replace": async () => ["--replace", set().urn],
      taint: async () => {
        await world.stack.pulumi("state", "taint", set().urn, "--yes");
        return [];
      },
    };
    for (const [title, prepare] of Object.entries(ways)) {
      if (face === "dynamic") {
        it(`${title}: the old rooms go first, and new ones get their names`, async () => {
          const [before, names, args] = [onMetered(), world.names(), await prepare()];
          await world.stack.pulumi("up", ...args);
          await assertReplaced(before, names);
        });
        continue;
      }
      it(`${title}: all names are taken, so nothing changes, and the error names deleteBeforeReplace, which works`, async () => {
        const [before, names, args] = [onMetered(), world.names(), await prepare()];
        const { text } = await world.stack.failing("up", ...args);
        assert.match(
          text,
          /2 of 2 rooms could not be created\. Do what the lines below say, then run pulumi up again\./,
        );
        assert.match(text, /deleteBeforeReplace: true[\s\S]*\[NameTaken\]/);
        assert.deepEqual([inState().sort(), onMetered().sort()], [[...before].sort(), [...before].sort()]);
        declare("{ deleteBeforeReplace: true }");
        await world.stack.pulumi("up", ...args);
        await assertReplaced(before, names);
      });
    }

    it("with deleteBeforeReplace: false and a new key in the same run, adoptExisting brings all rooms back", async () => {
      const before = onMetered();
      declare("{ deleteBeforeReplace: false }", { lab: { privacy: "public" } });
      const { text } = await world.stack.failing("up", "--replace", set().urn);
      assert.match(text, /2 of 3 rooms could not be created\. The state contains every room that exists\./);
      assert.match(text, /metered:adoptExisting to true/);
      assert.ok(before.every((id) => onMetered().includes(id)));
      await world.stack.configure({ config: { adoptExisting: "true" } });
      await world.stack.pulumi("up");
      await world.stack.configure();
      assert.deepEqual(inState().sort(), onMetered().sort());
      assert.equal(onMetered().length, 3);
      await world.stack.assertSettled();
    });
  });
}
