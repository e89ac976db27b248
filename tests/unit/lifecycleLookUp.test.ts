import assert from "node:assert/strict";
import { CannotTell, RoomNotFound } from "../../provider/src/core/errors";
import { declarationOf, stateOf } from "../../provider/src/core/existing";
import { importRoom, lookUp, read } from "../../provider/src/core/lifecycle";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import type { Bag } from "../../provider/src/core/state";
import { FakeApi } from "../support/fakeApi";
import { allSettings, inState, NOW, types } from "../support/rooms";

for (const type of types) {
  describe(`a look at a ${type.label} that need not be in any state`, () => {
    let api: FakeApi;
    beforeEach(() => {
      api = new FakeApi(type);
    });

    it("finds it, archived or not, by one GET", async () => {
      const { _id } = api.addRoom("standup");
      api.next("get", async (work) => ({ ...(await work()), archived: true }));
      const { roomId, archived } = await lookUp(api.context(), "standup");
      assert.deepEqual([roomId, archived], [_id, true]);
      assert.deepEqual(api.story, ["GET standup"]);
    });

    it("says what to do about one that is not there", async () => {
      await assert.rejects(lookUp(api.context(), "standup"), (error: Error) => {
        assert.ok(error instanceof RoomNotFound && error.certain);
        assert.match(error.message, /^Cannot look up the .* "standup": .*Correct the name in the program/);
        return true;
      });
    });

    it("says what an answer without a reason may mean for this kind of room", async () => {
      api.missing = "bare";
      await assert.rejects(lookUp(api.context(), "standup"), (error: Error) => {
        assert.ok(error instanceof CannotTell);
        assert.equal(/Live Streaming/.test(error.message), !type.canDelete);
        assert.doesNotMatch(error.message, /pulumi state delete/);
        return true;
      });
    });

    it("imports it: the state of one that is declared, but for where a dynamic resource has its code", async () => {
      await inState(api, allSettings(type));
      const room = await api.get("standup");
      const state = stateOf(type, api, room, declarationOf(type, room, NOW).settings);
      api.calls.length = 0;
      const { id, props, inputs } = await importRoom(api.context(), "standup");
      assert.deepEqual(api.story, ["GET standup"]);
      assert.deepEqual({ id, inputs, outputs: props }, { ...state, ...withoutText(state) });
      assert.deepEqual(api.notes, []);
    });
  });
}

it("an import leaves out what no program can declare, and says so", async () => {
  const api = new FakeApi(meetingRoom);
  api.addRoom("standup", { privacy: "public", enableRTMPOut: true });
  const { inputs = {} } = await importRoom(api.context(), "standup");
  assert.ok(!("enableRTMPOut" in inputs));
  const [note = "", ...more] = api.notes;
  assert.match(note, /^The meeting room "standup": enableRTMPOut: true needs rtmpOutURL/);
  assert.deepEqual(more, []);
});

function withoutText({ inputs, outputs }: Record<"inputs" | "outputs", Bag>): Record<string, Bag> {
  const { __provider: _, ...declared } = inputs;
  const { __provider: __, ...shown } = outputs;
  return { inputs: declared, outputs: shown };
}

describe("read of a room that is only looked up", () => {
  it("is about whatever has the name in the configured app", async () => {
    const api = new FakeApi(meetingRoom);
    api.addRoom("standup", { privacy: "public" });
    const { props } = await read(api.context(), "standup", {});
    assert.deepEqual((await read(api.context(), "standup", { ...props, appName: "another" })).props, props);
  });
});
