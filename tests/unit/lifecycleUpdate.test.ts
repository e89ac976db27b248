import assert from "node:assert/strict";
import { diff } from "../../provider/src/core/diff";
import {
  AppChanged,
  CannotTell,
  InvalidSetting,
  RoomNotFound,
  RoomReplacedOutside,
} from "../../provider/src/core/errors";
import { NotAsDeclared } from "../../provider/src/core/initFailures";
import { update } from "../../provider/src/core/lifecycle";
import { Session } from "../../provider/src/core/session";
import type { Bag } from "../../provider/src/core/state";
import { FakeApi } from "../support/fakeApi";
import { allSettings, inState, leastInputs, NOW, otherValue, PROVIDER_TEXT, types } from "../support/rooms";

const without = (name: string, bag: Bag): Bag =>
  Object.fromEntries(Object.entries(bag).filter(([key]) => key !== name));

for (const type of types) {
  describe(`update of a ${type.label}`, () => {
    let api: FakeApi;
    beforeEach(() => {
      api = new FakeApi(type);
    });
    const all = allSettings(type);
    const { roomName: _, ...sendable } = all;
    const settable = Object.entries(type.fields).filter(([name]) => name !== "roomName");
    const change = (olds: Bag, settings: Bag, options = {}) =>
      update(api.context(options), "standup", olds, leastInputs(type, settings));

    for (const put of ["merges", "replaces"] as const) {
      it(`changes one setting at a time and keeps the others, where PUT ${put}`, async () => {
        api.put = put;
        const olds = await inState(api, all);
        for (const [name, field] of settable) {
          const changed = { ...all, [name]: otherValue(name, field) };
          api.calls.length = 0;
          const { outs } = await change(olds, changed);
          const { roomName: _, ...expected } = changed;
          assert.deepEqual(api.story, ["GET standup", "PUT standup"]);
          assert.deepEqual(api.lastSent, expected, name);
          assert.deepEqual({ ...outs, __provider: PROVIDER_TEXT }, { ...olds, ...changed }, name);
          assert.deepEqual(
            diff(type, "standup", { ...outs, __provider: 1 }, { ...changed, __provider: 1 }, "demo", NOW),
            {
              changes: false,
            },
          );
          await change(outs, all);
        }
      });

      it(`takes a setting out as its row says, and never fails for it, where PUT ${put}`, async () => {
        for (const [name, { whenRemoved, required }] of settable) {
          if (required) continue;
          api = new FakeApi(type);
          api.put = put;
          const olds = await inState(api, all);
          const { outs } = await change(olds, { ...without(name, all) });
          assert.ok(!(name in outs), name);
          const rest = without(name, sendable);
          if (whenRemoved !== "kept") {
            assert.deepEqual(api.lastSent, { ...rest, [name]: whenRemoved });
            assert.equal(api.room("standup")?.[name], whenRemoved);
            assert.deepEqual(api.notes, []);
          } else {
            assert.deepEqual(api.story, ["GET standup"], "Metered documents no way to clear it");
            assert.equal(api.room("standup")?.[name], all[name]);
            assert.deepEqual(api.notes, [
              `The ${type.label} "standup": ${name} is no longer declared. Metered documents no way to clear it, so the room keeps the value it has.`,
            ]);
          }
        }
      });
    }

    it("says of several settings that cannot be cleared in one line", async () => {
      const [one = "", two = ""] = settable
        .filter(([, { whenRemoved, required }]) => whenRemoved === "kept" && !required)
        .map(([name]) => name);
      await change(await inState(api, all), without(one, without(two, all)));
      const [note = ""] = api.notes;
      assert.ok(note.includes(`${one}, ${two} are no longer declared.`), note);
      assert.ok(note.includes("no way to clear them, so"), note);
    });

    it("sends the server's own value of a declared setting that the program does not change", async () => {
      const olds = await inState(api, { enableRecording: true, recordComposition: false });
      Object.assign(api.room("standup") ?? {}, { recordComposition: true, enableComposition: true });
      await change(olds, { enableRecording: false, recordComposition: false });
      assert.equal(api.lastSent.recordComposition, true);
      assert.equal(api.lastSent.enableRecording, false);
      assert.ok(!("enableComposition" in api.lastSent), "what is not declared is not sent");
    });

    it("sends the declared value of a setting that the server does not show, or shows to be without one", async () => {
      const olds = await inState(api, { enableRecording: true, recordComposition: false });
      for (const shown of [undefined, null]) {
        api.show = (body) => ({ ...body, recordComposition: shown });
        await change(olds, { enableRecording: false, recordComposition: false });
        assert.equal(api.lastSent.recordComposition, false);
      }
    });

    it("adds a setting that was not declared before", async () => {
      const olds = await inState(api);
      const { outs } = await change(olds, { enableRecording: true });
      assert.equal(api.room("standup")?.enableRecording, true);
      assert.equal(outs.enableRecording, true);
    });

    it("changes nothing on the server when only the provider's text is new, and answers complete outputs", async () => {
      const olds = await inState(api, { ...all, __auto: true });
      const { outs } = await change({ ...olds, __provider: "an older text" }, { ...all, __auto: true });
      assert.deepEqual(api.story, ["GET standup"]);
      assert.deepEqual({ ...outs, __provider: PROVIDER_TEXT }, olds);
    });

    it("keeps a numbered name and the asked one", async () => {
      const olds = { ...(await inState(api)), roomName: "standup", __askedName: "stand" };
      const { outs } = await change(olds, { roomName: "stand", __auto: true, enableRecording: true });
      assert.deepEqual([outs.roomName, outs.__askedName, outs.__auto], ["standup", "stand", true]);
    });

    it("changes the room of an early state, that does not know Metered's id", async () => {
      const { roomId, ...early } = await inState(api);
      const { outs } = await change(early, { enableRecording: true });
      assert.deepEqual([outs.roomId, outs.enableRecording], [roomId, true]);
    });

    it("fails when the room is gone, and says how to make it anew", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      await assert.rejects(change(olds, { enableRecording: true }), (error: Error) => {
        assert.ok(error instanceof RoomNotFound && error.certain);
        assert.equal(
          error.message,
          `Cannot update the ${type.label} "standup": it does not exist in the Metered app "demo". ` +
            "If it was deleted outside Pulumi, run pulumi refresh, then pulumi up, which creates it anew.",
        );
        return true;
      });
    });

    it("fails when it cannot tell whether the room is there", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      api.missing = "bare";
      await assert.rejects(change(olds, { enableRecording: true }), CannotTell);
    });

    it("leaves another room under the name alone, and names every way out", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      const { _id } = api.addRoom("standup");
      await assert.rejects(change(olds, { enableRecording: true }), (error: Error) => {
        assert.ok(error instanceof RoomReplacedOutside);
        assert.equal(
          error.message,
          `Cannot update the ${type.label} "standup": somebody made another room of that name in the Metered app "demo" ` +
            `(${_id}; the one of this stack was ${olds.roomId}). It was left as it is. To take it over, run pulumi config set metered:adoptExisting true, ` +
            "then pulumi up, then pulumi config rm metered:adoptExisting " +
            "(for a room with a metered.Provider, set the adoptExisting of that instead). To leave it alone, give this room another roomName.",
        );
        return true;
      });
      assert.deepEqual(api.story, ["GET standup"]);
    });

    it("takes another room under the name over with all declared settings, where the user said so", async () => {
      const olds = { ...(await inState(api, all)), __otherRoomId: "1" };
      api.rooms.length = 0;
      const { _id } = api.addRoom("standup", { enableRecording: false });
      const session = new Session();
      const { outs } = await change(olds, all, { adoptExisting: true, session });
      assert.deepEqual(api.lastSent, sendable);
      assert.equal(outs.roomId, _id);
      assert.ok(!("__otherRoomId" in outs));
      assert.deepEqual([...session.made], [_id]);
      assert.deepEqual(api.notes, [
        `Took over the ${type.label} "standup" that was made outside Pulumi (metered:adoptExisting).`,
      ]);
    });

    it("refuses a room of another app without a call", async () => {
      const olds = { ...(await inState(api)), appName: "acme" };
      await assert.rejects(change(olds, { enableRecording: true }), AppChanged);
      assert.deepEqual(api.calls, []);
    });

    it("keeps a room in state that did not take a change, as it is", async () => {
      const olds = await inState(api, { enableRecording: true, recordComposition: true });
      api.show = ({ created: _, ...body }) => ({ ...body, enableRecording: true });
      const inputs = { enableRecording: false, recordComposition: true, __auto: true };
      await assert.rejects(change(olds, inputs), (error) => {
        assert.ok(error instanceof NotAsDeclared);
        const { created: __, ...rest } = olds;
        assert.equal(error.id, "standup");
        assert.deepEqual(error.properties, { ...rest, enableRecording: true, __auto: true });
        assert.deepEqual(error.reasons, [
          `The ${type.label} "standup" exists, is kept in the state, and is not as declared:`,
          "enableRecording is true on Metered, although false was sent.",
          "Correct the program to what Metered allows, or run pulumi up to try once more.",
        ]);
        return true;
      });
    });

    it("does not fail when a setting that was taken out did not take its value", async () => {
      const olds = await inState(api, { enableRecording: true });
      api.show = (body) => ({ ...body, enableRecording: true });
      const { outs } = await change(olds, {});
      assert.ok(!("enableRecording" in outs));
      assert.deepEqual(api.notes, [
        `The ${type.label} "standup": enableRecording is true on Metered, although false was sent.`,
      ]);
    });

    it("passes on what Metered objects to", async () => {
      const olds = await inState(api);
      const call = { action: "update" as const, subject: `${type.label} "standup"`, appName: "demo", isLive: false };
      const invalid = new InvalidSetting(call, "enableRecording is not allowed");
      api.failNext("update", invalid);
      await assert.rejects(change(olds, { enableRecording: true }), (error) => error === invalid);
    });
  });
}
