import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { compareRoom, updateRoom } from "../../provider/src/pulumi/operations";
import { type Bag, registered } from "../../provider/src/pulumi/state";
import { Claims } from "../../provider/src/rooms/claims";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { factsOf, keptBy, otherFailures } from "../support/failures";
import { FakeApi, START } from "../support/fakeApi";
import { allSettings, autoNamed, inState, leastInputs, otherValue, types } from "../support/rooms";
import { VirtualTime } from "../support/virtualTime";

const without = (name: string, bag: Bag): Bag =>
  Object.fromEntries(Object.entries(bag).filter(([key]) => key !== name));

for (const type of types) {
  describe(`update of a ${type.label}`, () => {
    let api: FakeApi;
    beforeEach(() => {
      api = new FakeApi(type);
    });
    const subject = subjectOf(type, "standup");
    const all = allSettings(type);
    const { roomName: _, ...sendable } = all;
    const settable = Object.entries(type.fields).filter(([name]) => name !== "roomName");
    const change = async (olds: Bag, settings: Bag, options = {}) =>
      (await updateRoom(api.place(options), "standup", olds, leastInputs(type, settings))).outputs;

    for (const put of ["merges", "replaces"] as const) {
      it(`changes one setting at a time and keeps the others, where PUT ${put}`, async () => {
        api.put = put;
        const olds = await inState(api, all);
        for (const [name, field] of settable) {
          const changed = { ...all, [name]: otherValue(name, field) };
          api.calls.length = 0;
          const outputs = await change(olds, changed);
          const { roomName: _, ...expected } = changed;
          assert.deepEqual(api.story, ["GET standup", "PUT standup"]);
          assert.deepEqual(api.lastSent, expected, name);
          assert.deepEqual(outputs, { ...olds, ...changed }, name);
          assert.deepEqual(compareRoom(api.place(), "standup", outputs, changed).changed, []);
          await change(outputs, all);
        }
      });

      it(`takes a setting out as its row says, and never fails for it, where PUT ${put}`, async () => {
        for (const [name, { whenRemoved, required }] of settable) {
          if (required) continue;
          api = new FakeApi(type);
          api.put = put;
          const olds = await inState(api, all);
          const outputs = await change(olds, without(name, all));
          assert.ok(!(name in outputs), name);
          if (whenRemoved !== "kept") {
            assert.deepEqual(api.lastSent, { ...without(name, sendable), [name]: whenRemoved });
            assert.equal(api.room("standup")?.[name], whenRemoved);
            assert.deepEqual(api.notes, []);
          } else {
            assert.deepEqual(api.story, ["GET standup"], "Metered documents no way to clear it");
            assert.equal(api.room("standup")?.[name], all[name]);
            assert.deepEqual(api.notes, [{ note: "value kept", subject, settings: [name] }]);
          }
        }
      });
    }

    it("says of several settings that cannot be cleared in one note", async () => {
      const [one = "", two = ""] = settable
        .filter(([, { whenRemoved, required }]) => whenRemoved === "kept" && !required)
        .map(([name]) => name);
      await change(await inState(api, all), without(one, without(two, all)));
      assert.deepEqual(api.notes, [{ note: "value kept", subject, settings: [one, two] }]);
    });

    it("adds a setting that was not declared before", async () => {
      const olds = await inState(api);
      const outputs = await change(olds, { enableRecording: true });
      assert.equal(api.room("standup")?.enableRecording, true);
      assert.equal(outputs.enableRecording, true);
    });

    it("changes nothing on the server when only the state is rewritten, and answers complete outputs", async () => {
      const olds = await inState(api, { ...all, ...autoNamed("standup") });
      const outputs = await change({ ...olds, ...registered(type) }, { ...all, ...autoNamed("standup") });
      assert.deepEqual([api.story, outputs], [["GET standup"], olds]);
    });

    it("keeps a numbered name and the generated one", async () => {
      const numbered = { ...(await inState(api)), roomName: "standup", __auto: "stand" };
      const outputs = await change(numbered, { ...autoNamed("stand"), enableRecording: true });
      assert.deepEqual(outputs, { ...numbered, enableRecording: true });
    });

    it("fails when the room is gone", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      const { certain, isOver, action } = await factsOf(change(olds, { enableRecording: true }), "RoomNotFound");
      assert.deepEqual([certain, isOver, action], [true, false, "update"]);
    });

    it("fails when it cannot tell whether the room is there", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      api.missing = "bare";
      await factsOf(change(olds, { enableRecording: true }), "RoomStatusUnknown");
    });

    it("leaves another room under the name alone, and names both", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      const { _id } = api.addRoom("standup");
      const { there, ours } = await factsOf(change(olds, { enableRecording: true }), "RoomReplacedOutside");
      assert.deepEqual([there, ours, api.story], [_id, olds.roomId, ["GET standup"]]);
    });

    it("adopts another room under the name with all declared settings, where the user said so", async () => {
      const olds = await inState(api, all);
      api.rooms.length = 0;
      const { _id } = api.addRoom("standup", { enableRecording: false });
      const claims = api.claims();
      const outputs = await change(olds, all, { adoptExisting: true, claims, owner: "first" });
      assert.deepEqual(api.lastSent, sendable);
      assert.equal(outputs.roomId, _id);
      assert.deepEqual(claims.claimOf(String(_id)), { owner: "first", how: "adopted" });
      assert.deepEqual(api.notes, [{ note: "adopted", subject }]);
    });

    it("adopts no other room that a resource of the program has", async () => {
      const olds = await inState(api, all);
      api.rooms.length = 0;
      const room = api.addRoom("standup", { enableRecording: false });
      const before = { ...room };
      for (const how of ["created", "adopted", "keeps", "changes", "replaces"] as const) {
        const claims = api.claims();
        claims.claim(String(room._id), { owner: "second", how });
        for (const adoptExisting of [true, false]) {
          const facts = await factsOf(change(olds, all, { adoptExisting, claims, owner: "first" }), "NameUsedTwice");
          assert.deepEqual([facts.action, facts.how, facts.holder], ["update", "kept", "second"]);
        }
      }
      assert.deepEqual(room, before);
    });

    it("adopts no room of which Pulumi is about to say that another resource has it, or is to have the name", async () => {
      const olds = await inState(api, all);
      api.rooms.length = 0;
      const { _id } = api.addRoom("standup", { enableRecording: false });
      const said: Record<string, (claims: Claims) => unknown> = {
        kept: (claims) => claims.claim(String(_id), { owner: "second", how: "keeps" }),
        wanted: (claims) => claims.wanted.want(type, "Standup", "second"),
      };
      for (const [how, say] of Object.entries(said)) {
        const time = new VirtualTime(START);
        const claims = new Claims(time);
        const failed = factsOf(change(olds, all, { adoptExisting: true, claims, owner: "first" }), "NameUsedTwice");
        await time.advance(20);
        say(claims);
        const facts = await time.until(failed);
        assert.deepEqual([facts.how, facts.holder], [how, "second"]);
      }
      assert.equal(api.room("standup")?.enableRecording, false);
    });

    it("refuses a room of another app without a call", async () => {
      const olds = { ...(await inState(api)), appName: "acme" };
      await factsOf(change(olds, { enableRecording: true }), "AppChanged");
      assert.deepEqual(api.calls, []);
    });

    it("keeps a room in state that did not take a change, as it is", async () => {
      const olds = await inState(api, { enableRecording: true, recordComposition: true });
      api.show = ({ created: _, ...body }) => ({ ...body, enableRecording: true });
      const inputs = { enableRecording: false, recordComposition: true, ...autoNamed("standup") };
      const { id, outputs, shortfalls, lost } = await keptBy(change(olds, inputs));
      const { created: __, ...rest } = olds;
      assert.deepEqual([id, lost], ["standup", undefined]);
      assert.deepEqual(outputs, { ...rest, ...autoNamed("standup"), enableRecording: true });
      assert.deepEqual(shortfalls, [
        { shortfall: "not taken", setting: "enableRecording", sent: "false", shown: "true" },
      ]);
    });

    it("does not fail when a setting that was taken out did not take its value", async () => {
      const olds = await inState(api, { enableRecording: true });
      api.show = (body) => ({ ...body, enableRecording: true });
      assert.ok(!("enableRecording" in (await change(olds, {}))));
      assert.deepEqual(api.notes, [{ note: "not reset", subject, setting: "enableRecording", shown: "true" }]);
    });

    it("passes on what Metered objects to", async () => {
      const olds = await inState(api);
      const said = "enableRecording is not allowed";
      const invalid = new MeteredError({ cause: "InvalidSetting", said, ...api.callOf("update") });
      for (const failure of [invalid, api.refusal("update", "standup"), ...otherFailures(api.callOf("update"))]) {
        api.failNext("update", failure);
        await assert.rejects(change(olds, { enableRecording: true }), (error) => error === failure);
      }
    });
  });
}
