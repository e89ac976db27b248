import assert from "node:assert/strict";
import { diff } from "../../provider/src/core/diff";
import {
  AppChanged,
  BadKey,
  CannotTell,
  NoConnection,
  RequestRefused,
  RoomNotFound,
  ServerError,
  UnknownApp,
  UnreadableReply,
} from "../../provider/src/core/errors";
import { read } from "../../provider/src/core/lifecycle";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { FakeApi } from "../support/fakeApi";
import { allSettings, inState, leastInputs, NOW, otherValue, PROVIDER_TEXT, types } from "../support/rooms";

const GONE = { id: "", props: {} };

for (const type of types) {
  describe(`read of a ${type.label} in the state`, () => {
    let api: FakeApi;
    beforeEach(() => {
      api = new FakeApi(type);
    });

    it("answers with what is there already, by one call", async () => {
      const olds = await inState(api, { ...allSettings(type), __auto: true, __createFirst: true });
      const { __provider, ...outs } = olds;
      const inputs = { ...allSettings(type), __auto: true, __createFirst: true };
      assert.deepEqual(await read(api.context(), "standup", olds), { id: "standup", props: outs, inputs });
      assert.deepEqual(api.story, ["GET standup"]);
    });

    it("shows a declared setting as it now is on the server, among outputs and inputs", async () => {
      const olds = await inState(api, allSettings(type));
      for (const [name, field] of Object.entries(type.fields)) {
        if (name === "roomName") continue;
        const other = otherValue(name, field);
        api.show = (body) => ({ ...body, [name]: other });
        const { props, inputs } = await read(api.context(), "standup", olds);
        assert.deepEqual([props[name], inputs?.[name]], [other, other], name);
        assert.deepEqual(
          diff(type, "standup", { ...props, __provider: 1 }, { ...olds, __provider: 1 }, "demo", NOW),
          {},
        );
      }
    });

    it("says nothing of what is not declared", async () => {
      const olds = await inState(api);
      const { __provider, ...outs } = olds;
      const { roomName: _, privacy: __, ...others } = allSettings(type);
      api.show = (body) => ({ ...body, ...others, lang: "fr", currentlyBroadcasting: true });
      assert.deepEqual((await read(api.context(), "standup", olds)).props, outs);
    });

    it("takes a setting that the reply does not show for unchanged, and one without a value for removed", async () => {
      const olds = await inState(api, { enableRecording: true });
      api.show = ({ enableRecording: _, ...body }) => body;
      assert.equal((await read(api.context(), "standup", olds)).inputs?.enableRecording, true);
      api.show = (body) => ({ ...body, enableRecording: null });
      const { props, inputs } = await read(api.context(), "standup", olds);
      assert.ok(!("enableRecording" in props) && !("enableRecording" in (inputs ?? {})));
    });

    it("keeps the declared spelling of name, URLs and texts that mean the same", async () => {
      api.spell = (name) => name.toLowerCase();
      const olds = await inState(api, { roomName: "StandUp", enableRecording: true });
      api.show = (body) => ({ ...body, enableRecording: "TRUE" });
      const { id, inputs } = await read(api.context(), "standup", olds);
      assert.deepEqual([id, inputs?.roomName, inputs?.enableRecording], ["standup", "StandUp", true]);
    });

    it("tells that the room is gone: not found for certain, or archived", async () => {
      const olds = await inState(api);
      api.next("get", async (work) => ({ ...(await work()), archived: true }));
      assert.deepEqual(await read(api.context(), "standup", olds), GONE);
      api.rooms.length = 0;
      assert.deepEqual(await read(api.context(), "standup", olds), GONE);
      assert.deepEqual(api.story, ["GET standup", "GET standup"]);
    });

    it("believes an uncertain 'not found' only when the account is proven right", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      api.missing = "uncertain";
      assert.deepEqual(await read(api.context(), "standup", olds), GONE);
      assert.deepEqual(api.story, ["GET standup", "LIST"]);
      const call = { action: "list" as const, subject: "", appName: "demo", isLive: false };
      const wrongKey = new BadKey(call, "");
      api.failNext("proveAccount", wrongKey);
      await assert.rejects(read(api.context(), "standup", olds), (error) => error === wrongKey);
    });

    it("never takes a refusal without a reason for 'gone'", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      api.missing = "bare";
      await assert.rejects(read(api.context(), "standup", olds), (error: Error) => {
        assert.ok(error instanceof CannotTell);
        assert.match(error.message, new RegExp(`^Cannot tell whether the ${type.label} "standup" still exists: `));
        assert.equal(error.message.includes("Live Streaming is switched off"), type === liveStreamingRoom);
        assert.match(error.message, /pulumi state delete URN \(pulumi stack --show-urns lists them\)\.$/);
        return true;
      });
    });

    it("never takes any other failure for 'gone'", async () => {
      const olds = await inState(api);
      const call = { action: "read" as const, subject: `${type.label} "standup"`, appName: "demo", isLive: false };
      for (const failure of [
        new BadKey(call, ""),
        new UnknownApp(call, ""),
        new RequestRefused(call, "your plan has no rooms", false),
        new ServerError(call, 500, "", 3, false),
        new NoConnection(call, "the connection was refused", 3, false),
        new UnreadableReply(call, "is not JSON, as a room would be", false),
      ]) {
        api.failNext("get", failure);
        await assert.rejects(read(api.context(), "standup", olds), (error) => error === failure);
      }
    });

    it("shows that somebody else made a room of that name, and keeps ours in the state", async () => {
      const olds = await inState(api, { enableRecording: true });
      api.rooms.length = 0;
      const { _id } = api.addRoom("standup", { enableRecording: false });
      const { id, props, inputs } = await read(api.context(), "standup", olds);
      assert.equal(id, "standup");
      assert.deepEqual(props, { ...olds, __otherRoomId: _id });
      assert.equal(inputs?.roomId, _id);
      assert.equal(inputs?.enableRecording, true);
      assert.deepEqual(diff(type, "standup", props, leastInputs(type, { enableRecording: true }), "demo", NOW), {});
    });

    it("forgets the other room when it is gone, or when ours is back", async () => {
      const olds = await inState(api);
      const seen = { ...olds, __otherRoomId: "61005784c3c9104421af1535" };
      const { props, inputs } = await read(api.context(), "standup", seen);
      assert.ok(!("__otherRoomId" in props) && !("roomId" in (inputs ?? {})));
      api.rooms.length = 0;
      assert.deepEqual(await read(api.context(), "standup", seen), GONE);
    });

    it("refuses a room of another app without a call", async () => {
      const olds = { ...(await inState(api)), appName: "acme" };
      await assert.rejects(read(api.context(), "standup", olds), AppChanged);
      assert.deepEqual(api.calls, []);
    });

    it("reads state that knows Metered's id under its old key, or not at all", async () => {
      const { roomId, ...early } = await inState(api);
      for (const olds of [early, { ...early, _id: roomId }]) {
        const { id, props, inputs } = await read(api.context(), "standup", olds);
        assert.deepEqual([id, props.roomId, inputs?.roomName], ["standup", roomId, "standup"]);
      }
      const { inputs } = await read(api.context(), "standup", { ...early, _id: "61005784c3c9104421af1535" });
      assert.equal(inputs?.roomId, roomId, "what stands there is another room");
    });

    it("looks a room up by its name, with every setting that the server shows", async () => {
      const { _id } = api.addRoom("standup", allSettings(type));
      const { id, props } = await read(api.context(), "standup", { __provider: PROVIDER_TEXT });
      assert.equal(id, "standup");
      assert.equal(props.roomId, _id);
      assert.equal(props.appName, "demo");
      for (const [name, value] of Object.entries(allSettings(type))) assert.equal(props[name], value, name);
    });

    it("reads a looked-up room anew on a refresh, and makes none of its settings an input", async () => {
      const room = api.addRoom("standup", allSettings(type));
      const first = await read(api.context(), "standup", { __provider: PROVIDER_TEXT });
      Object.assign(room, { enableRecording: false });
      const { id, props, inputs } = await read(api.context(), "standup", { ...first.props, __provider: PROVIDER_TEXT });
      assert.equal(id, "standup");
      assert.deepEqual(props, { ...first.props, enableRecording: false });
      // Pulumi would not know which of them are secret.
      assert.deepEqual([first.inputs, inputs], [{}, {}]);
    });

    it("fails to look up a room that is not there, or archived", async () => {
      const notThere = (error: Error) => {
        assert.ok(error instanceof RoomNotFound);
        assert.ok(error.message.startsWith(`Cannot look up the ${type.label} "standup": it does not exist`));
        assert.doesNotMatch(error.message, /refresh|state delete/, "there is no state to mend");
        return true;
      };
      await assert.rejects(read(api.context(), "standup", {}), notThere);
      api.next("get", async () => ({ roomId: "1", roomName: "standup", archived: true, body: {} }));
      await assert.rejects(read(api.context(), "standup", {}), notThere);
    });

    it("cannot tell whether a room is there that it looks up, and then speaks of no state", async () => {
      api.missing = "bare";
      await assert.rejects(read(api.context(), "standup", {}), (error: Error) => {
        assert.ok(error instanceof CannotTell);
        assert.match(error.message, new RegExp(`^Cannot tell whether the ${type.label} "standup" exists: `));
        assert.match(
          error.message,
          /correct the name in the program, or make the room first; then run the command again/,
        );
        assert.doesNotMatch(error.message, /state delete/);
        return true;
      });
    });

    it("believes an uncertain 'not found' of a lookup, too, only when the account is proven right", async () => {
      api.missing = "uncertain";
      await assert.rejects(read(api.context(), "standup", {}), RoomNotFound);
      assert.deepEqual(api.story, ["GET standup", "LIST"]);
      const call = { action: "list" as const, subject: "", appName: "demo", isLive: false };
      const wrongKey = new BadKey(call, "");
      api.failNext("proveAccount", wrongKey);
      await assert.rejects(read(api.context(), "standup", {}), (error) => error === wrongKey);
    });
  });
}

describe("read of a finished room", () => {
  const settings = { deleteOnExp: true, expireUnixSec: NOW + 60, maxParticipants: 3 };

  it("keeps it in the state as it was: it has done what was asked", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api, settings);
    api.rooms.length = 0;
    api.now += 60_000;
    const inputs = leastInputs(meetingRoom, settings);
    const { __provider, ...asRead } = inputs;
    const asBefore = { id: "standup", props: olds, inputs: asRead };
    assert.deepEqual(await read(api.context(), "standup", olds), asBefore);
    const seen = { ...olds, __otherRoomId: "61005784c3c9104421af1535" };
    assert.deepEqual(await read(api.context(), "standup", seen), asBefore, "the other room is gone, too");
    api.missing = "bare";
    assert.deepEqual(
      await read(api.context(), "standup", olds),
      asBefore,
      "a server that tells nothing of a missing room",
    );
    assert.deepEqual(diff(meetingRoom, "standup", olds, inputs, "demo", NOW + 60), { changes: false });
  });

  it("takes it for gone before its time, or where it was not to delete itself", async () => {
    for (const more of [{ expireUnixSec: NOW + 61 }, { deleteOnExp: false }]) {
      const api = new FakeApi(meetingRoom);
      const olds = await inState(api, { ...settings, ...more });
      api.rooms.length = 0;
      api.now += 60_000;
      assert.deepEqual(await read(api.context(), "standup", olds), GONE);
    }
  });
});
