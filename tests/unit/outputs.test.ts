import assert from "node:assert/strict";
import { UNKNOWN } from "../../provider/src/core/kinds";
import { create } from "../../provider/src/core/lifecycle";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { identityNames, liveSettings, lookupResult, mismatches, plannedOutputs } from "../../provider/src/core/outputs";
import { packageTokenOf } from "../../provider/src/core/token";
import { FakeApi } from "../support/fakeApi";
import { allSettings, leastInputs, types } from "../support/rooms";

describe("the outputs", () => {
  it("that only the server knows are those of the kind of room", () => {
    assert.deepEqual(identityNames(meetingRoom), ["roomId", "appName", "created", "url"]);
    const links = ["viewerURL", "broadcastManager"];
    assert.deepEqual(identityNames(liveStreamingRoom), ["roomId", "appName", "created", ...links]);
  });

  for (const type of types) {
    describe(`of a ${type.label}`, () => {
      const inputs = leastInputs(type, { ...allSettings(type), roomName: "standup", __auto: true });

      it("are not known before it is made, but for what is declared", () => {
        const { __provider: _, ...declared } = inputs;
        const unknown = Object.fromEntries(identityNames(type).map((name) => [name, UNKNOWN]));
        assert.deepEqual(plannedOutputs(type, "demo", {}, inputs), { ...declared, ...unknown, appName: "demo" });
      });

      it("stay what they are in an update, and so does the name that the room has", async () => {
        const api = new FakeApi(type);
        const { outs } = await create(api.context(), inputs);
        const links = Object.fromEntries(Object.keys(type.links).map((link) => [link, `https://example.com/${link}`]));
        const olds = { ...outs, ...links, roomName: "standup-2", __askedName: "standup" };
        const news = { ...inputs, enableChat: undefined };
        const { enableChat: _, ...expected } = olds as Record<string, unknown>;
        assert.deepEqual(plannedOutputs(type, "demo", olds, news), expected);
      });

      it("of a lookup are all that the reply shows, but no secret", async () => {
        const api = new FakeApi(type);
        const { outs } = await create(api.context(), inputs);
        const found = lookupResult(type, api, await api.get("standup"));
        const volatile = Object.keys(type.volatile).map((name) => [name, false]);
        const secrets = Object.keys(type.fields).filter((name) => type.fields[name]?.secret);
        const { __auto: _, ...shown } = { ...outs, ...Object.fromEntries(volatile), id: "standup" };
        assert.ok(secrets.length > 0);
        for (const name of secrets) delete (shown as Record<string, unknown>)[name];
        assert.deepEqual(found, shown);
      });

      it("have the name of a room from nowhere else, and nothing that no table knows", async () => {
        const api = new FakeApi(type);
        api.addRoom("standup", { other: 1 });
        const room = await api.get("standup");
        assert.deepEqual(liveSettings(type, { roomName: "other", other: 2 }, room), {});
        assert.deepEqual(mismatches(type, { roomName: "other", other: 2 }, room), { failed: [], respelled: [] });
      });
    });
  }

  it("belong to types that every language names alike", () => {
    assert.deepEqual(types.map(packageTokenOf), ["metered:index:MeetingRoom", "metered:index:LiveStreamingRoom"]);
  });
});
