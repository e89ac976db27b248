import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { checkInputs, compareRoom, createRoom, deleteRoom, updateRoom } from "../../provider/src/pulumi/operations";
import { type Bag, namedBy } from "../../provider/src/pulumi/state";
import { Claims } from "../../provider/src/rooms/claims";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { errorOf, factsOf } from "../support/failures";
import { FakeApi, START } from "../support/fakeApi";
import { inState, leastInputs } from "../support/rooms";
import { allQuiet, moment, VirtualTime } from "../support/virtualTime";

const named = (roomName: string, more: Bag = {}) => leastInputs(meetingRoom, { roomName, ...more });

for (const knowsOwners of [true, false]) {
  const face = knowsOwners ? "the plugin, which knows resources" : "dynamic resources, which are not known";

  describe(`claims of ${face}`, () => {
    let api: FakeApi;
    let time: VirtualTime;
    let claims: Claims;
    beforeEach(() => {
      api = new FakeApi(meetingRoom);
      time = new VirtualTime(START);
      claims = new Claims(time);
    });
    const placeOf = (resource: string, adoptExisting = false) =>
      api.place({ claims, adoptExisting, ...(knowsOwners ? { owner: resource } : {}) });
    const create = (resource: string, inputs: Bag, adoptExisting = false) => {
      const created = createRoom(placeOf(resource, adoptExisting), inputs);
      // Whoever begins two creates looks at one after the other.
      created.catch(() => undefined);
      return created;
    };
    const remove = (resource: string, id: string, olds: Bag) => deleteRoom(placeOf(resource), id, olds);
    /** What Pulumi asks of a resource that the state and the program have. */
    const compare = (resource: string, olds: Bag, before: Bag, news: Bag) => {
      const { inputs } = checkInputs(placeOf(resource), before, news);
      return compareRoom(placeOf(resource), String(olds.roomName), olds, inputs);
    };
    const holderOf = (resource: string) => (knowsOwners ? resource : undefined);

    describe("of two new resources with one name", () => {
      for (const adoptExisting of [false, true]) {
        const how = adoptExisting ? "with adoption" : "without adoption";

        for (const slow of ["POST", "GET", "PUT"]) {
          it(`let one have it, and tell the other so, ${how}, whatever ${slow} takes long`, async () => {
            if (adoptExisting) api.addRoom("standup", { privacy: "private" });
            const action = slow === "POST" ? "create" : slow === "GET" ? "get" : "update";
            const answer = moment();
            api.next(action, async (work) => {
              await answer.come;
              return work();
            });
            const first = create("first", named("standup"), adoptExisting);
            await allQuiet();
            const second = create("second", named("standup", { maxParticipants: 3 }), adoptExisting);
            await allQuiet();
            answer.now();
            const { outputs } = await time.until(first);
            const facts = await time.until(factsOf(second, "NameUsedTwice"));
            assert.deepEqual([facts.how, facts.holder], ["kept", holderOf("first")]);
            const rooms = api.rooms.filter(({ archived }) => archived !== true);
            assert.deepEqual([rooms.length, rooms[0]?._id, rooms[0]?.maxParticipants], [1, outputs.roomId, undefined]);
          });
        }

        it(`do so in another spelling, too, where the server lowers names, ${how}`, async () => {
          api.spell = (name) => name.toLowerCase();
          const [first, second] = [
            create("first", named("StandUp"), adoptExisting),
            create("second", named("standup"), adoptExisting),
          ];
          await time.until(first);
          assert.equal((await time.until(factsOf(second, "NameUsedTwice"))).how, "kept");
          assert.equal(api.rooms.length, 1);
        });

        it(`let both have a room where the server tells the spellings apart, ${how}`, async () => {
          const both = [
            create("first", named("StandUp"), adoptExisting),
            create("second", named("standup"), adoptExisting),
          ];
          await time.until(Promise.all(both));
          assert.deepEqual(api.rooms.map(({ roomName }) => roomName).sort(), ["StandUp", "standup"]);
        });

        it(`say so, too, where the response of the second one is lost, ${how}`, async () => {
          await create("first", named("standup"), adoptExisting);
          api.failNext("create", api.lost("create"));
          await time.until(factsOf(create("second", named("standup"), adoptExisting), "NameUsedTwice"));
        });
      }

      it("let the second one have it where the first one fails", async () => {
        const invalid = new MeteredError({ cause: "InvalidSetting", said: "no", ...api.callOf("create") });
        api.failNext("create", invalid);
        const [first, second] = [create("first", named("standup")), create("second", named("standup"))];
        assert.equal(await errorOf(first), invalid);
        assert.equal((await time.until(second)).id, "standup");
      });

      it("give the second one the next number where the name is a generated one", async () => {
        const inputs = named("standup", namedBy("standup"));
        const both = [create("first", inputs, true), create("second", inputs, true)];
        assert.deepEqual(
          (await time.until(Promise.all(both))).map(({ id }) => id),
          ["standup", "standup-2"],
        );
      });
    });

    describe("of a room that the state has", () => {
      let olds: Bag;
      const inputs = named("standup");
      beforeEach(async () => {
        olds = await inState(api);
      });

      it("are the resource's that keeps it: a copy of it fails, with adoption, too", async () => {
        compare("first", olds, inputs, inputs);
        const before = { ...api.room("standup") };
        for (const adoptExisting of [false, true]) {
          const copy = create("second", named("standup", { maxParticipants: 3 }), adoptExisting);
          assert.equal((await time.until(factsOf(copy, "NameUsedTwice"))).holder, holderOf("first"));
        }
        assert.deepEqual(api.room("standup"), before);
      });

      it("are so, too, where Pulumi tells of it only after the copy was begun", async () => {
        for (const wait of [0, 100, 400]) {
          claims = new Claims(time);
          checkInputs(placeOf("second"), {}, inputs);
          const copy = create("second", named("standup", { maxParticipants: 3 }), true);
          await time.advance(wait);
          compare("first", olds, inputs, inputs);
          assert.equal((await time.until(factsOf(copy, "NameUsedTwice"))).holder, holderOf("first"), `${wait}`);
        }
        assert.equal("maxParticipants" in (api.room("standup") ?? {}), false);
      });

      it("are so while it is changed, and afterwards", async () => {
        const news = named("standup", { maxParticipants: 4 });
        compare("first", olds, inputs, news);
        await updateRoom(placeOf("first"), "standup", olds, news);
        await time.until(factsOf(create("second", inputs, true), "NameUsedTwice"));
        assert.equal(api.room("standup")?.maxParticipants, 4);
      });

      it("keep it from being deleted for a resource that the program no longer has", async () => {
        // A former run has adopted it for the first one, and came to no delete of the second one's.
        compare("first", olds, inputs, inputs);
        await remove("second", "standup", olds);
        assert.ok(api.room("standup"));
        assert.deepEqual(
          api.notes.map(({ note }) => note),
          ["handed over"],
        );
      });

      it("keep it, too, where that resource is renamed, whichever of the two Pulumi tells of first", async () => {
        for (const order of [
          ["first", "second"],
          ["second", "first"],
        ]) {
          claims = new Claims(time);
          for (const resource of order) compare(resource, olds, inputs, resource === "first" ? inputs : named("daily"));
          await time.until(create("second", named("daily")));
          await remove("second", "standup", olds);
          assert.ok(api.room("standup"), order.join());
          Object.assign(api.room("daily") ?? {}, { archived: true });
        }
      });

      it("are none of a refresh, which compares also what the program no longer has", async () => {
        compareRoom(placeOf("first"), "standup", olds, inputs);
        await remove("first", "standup", olds);
        assert.equal(api.room("standup"), undefined);
        assert.deepEqual(api.notes, []);
      });

      it("let it be deleted to be replaced: without any word on it, for a change that only Pulumi knows, or under its name", async () => {
        checkInputs(placeOf("first"), inputs, inputs);
        await remove("first", "standup", olds);
        olds = await inState(api);
        // `replaceOnChanges`: the diff leaves open what comes of a change.
        compare("first", olds, inputs, named("standup", { maxParticipants: 4 }));
        await remove("first", "standup", olds);
        assert.equal(api.room("standup"), undefined);
      });

      // `replaceOnChanges`: the diff leaves open what comes of a change, and the new room is created first.
      it("say that the room may be the one to be replaced where a given name is not free for that", async () => {
        compare("first", olds, inputs, named("standup", { maxParticipants: 4 }));
        for (const adoptExisting of [false, true]) {
          const { inputs: news } = checkInputs(placeOf("first"), {}, named("standup", { maxParticipants: 4 }));
          const { how } = await time.until(factsOf(create("first", news, adoptExisting), "NameTaken"));
          assert.equal(how, "replaced");
        }
        assert.ok(api.room("standup"));
      });

      it("give the next number to the replacement of a room with a generated name", async () => {
        const generated = { ...inputs, ...namedBy("standup") };
        const outputs = { ...olds, ...namedBy("standup") };
        compare("first", outputs, generated, { ...generated, maxParticipants: 4 });
        const { inputs: news } = checkInputs(placeOf("first"), {}, { ...generated, maxParticipants: 4 });
        const state = await time.until(create("first", news, true));
        assert.deepEqual([state.id, state.inputs], ["standup-2", news]);
        await remove("first", "standup", outputs);
        assert.deepEqual([api.room("standup"), api.room("standup-2")?._id], [undefined, state.outputs.roomId]);
      });

      it("let the name be taken by a resource that may adopt what no resource of the program has", async () => {
        const { outputs } = await time.until(create("second", named("standup", { maxParticipants: 3 }), true));
        assert.deepEqual([outputs.roomId, outputs.maxParticipants], [olds.roomId, 3]);
        // And then it is not deleted for the resource that is no longer in the program.
        await remove("first", "standup", olds);
        assert.equal(api.room("standup")?._id, olds.roomId);
      });

      it("refuse to keep a room that another resource has adopted before Pulumi told of it", async () => {
        await time.until(create("second", inputs, true));
        assert.throws(
          () => compare("first", olds, inputs, inputs),
          (error: unknown) => error instanceof MeteredError && error.name === "NameUsedTwice",
        );
        // One that is renamed has nothing to give up any more, and deletes nothing.
        compare("first", olds, inputs, named("daily"));
        await time.until(create("first", named("daily")));
        await remove("first", "standup", olds);
        assert.equal(api.room("standup")?._id, olds.roomId);
      });
    });
  });
}
