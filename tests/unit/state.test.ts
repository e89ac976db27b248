import assert from "node:assert/strict";
import fc from "fast-check";
import { createRoom, stateOf } from "../../provider/src/pulumi/operations";
import {
  type Bag,
  givenIn,
  hasText,
  inputsOf,
  isFirstRead,
  knownIn,
  outputsOf,
  plannedOutputs,
  registered,
  settledInputs,
  stringIn,
  wantedIn,
} from "../../provider/src/pulumi/state";
import { providerText } from "../../provider/src/pulumi/types";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { factNames } from "../../provider/src/rooms/room";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { validInputs } from "../support/arbitraries";
import { FakeApi } from "../support/fakeApi";
import { allSettings, autoNamed, inState, leastInputs, types } from "../support/rooms";

const IDENTITY = { roomId: "61005784c3c9104421af1534", appName: "demo" };

describe("a state, and the room that it is about", () => {
  for (const type of types) {
    it(`say the same: any ${type.label}, with a name of its own, a generated or a numbered one`, async () => {
      const numbers = fc.constantFrom("given", "generated", "numbered", "respelled");
      await fc.assert(
        fc.asyncProperty(validInputs(type), numbers, async (given, how) => {
          const api = new FakeApi(type);
          if (how === "respelled") api.spell = (name) => name.toLowerCase();
          const generated = "standup-1f2e3d4c";
          if (how === "numbered") api.addRoom(generated, { archived: true });
          if (how === "numbered") api.archivedNames = "reserved";
          const isNamed = how === "given" || how === "respelled";
          const inputs = isNamed ? given : { ...given, ...autoNamed(generated) };
          const { id, outputs, inputs: asked } = await createRoom(api.place(), inputs);
          assert.deepEqual(asked, inputs, "a refresh gives back the inputs");
          const known = knownIn(type, id, outputs);
          assert.deepEqual(stateOf(known), { id, inputs, outputs });
          assert.deepEqual(known.name, { ...wantedIn(type, inputs).name, actual: id });
          assert.equal(known.origin, "ours");
          for (const value of Object.values(outputs)) assert.ok(value !== undefined && value !== UNKNOWN);
        }),
      );
    });

    it(`know a ${type.label} that was taken over by its name, where its former provider had given it the _id for an id`, async () => {
      const outputs = await inState(new FakeApi(type));
      const { name, origin } = knownIn(type, String(outputs.roomId), outputs);
      assert.deepEqual([name.actual, origin], ["standup", "ours"]);
    });

    it(`say so where a ${type.label}'s settings are uncertain, and no input is`, async () => {
      const outputs = { ...(await inState(new FakeApi(type), { enableRecording: true })), enableRecording: null };
      const known = knownIn(type, "standup", outputs);
      assert.equal(known.settings.enableRecording, null);
      assert.deepEqual(outputsOf(known), outputs);
      assert.deepEqual(inputsOf(known), leastInputs(type));
    });

    it(`know what was declared of a ${type.label} by its old inputs, where the outputs show more`, async () => {
      const outputs = await inState(new FakeApi(type), allSettings(type));
      const { settings } = knownIn(type, "standup", outputs, leastInputs(type, { enableRecording: true }));
      assert.deepEqual(settings, { ...(type.fields.privacy ? { privacy: "public" } : {}), enableRecording: true });
      // What is uncertain was declared, or the next run would see nothing to do.
      const lost = knownIn(type, "standup", { ...outputs, recordComposition: null }, leastInputs(type));
      assert.equal(lost.settings.recordComposition, null);
    });

    it(`tell a ${type.label} that is only looked up from one that is managed`, async () => {
      const outputs = await inState(new FakeApi(type));
      const looked = outputsOf({ ...knownIn(type, "standup", outputs), origin: "lookup" });
      assert.equal(knownIn(type, "standup", looked).origin, "lookup");
      assert.deepEqual(looked, { ...outputs, ...looked });
      assert.deepEqual(
        Object.keys(looked)
          .filter((key) => !(key in outputs))
          .map((key) => key.slice(0, 2)),
        ["__"],
      );
    });

    it(`know a first read of a ${type.label}: nothing has been read yet`, async () => {
      const outputs = await inState(new FakeApi(type));
      assert.equal(isFirstRead(type, {}), true);
      assert.equal(isFirstRead(type, registered(type)), true);
      assert.equal(isFirstRead(type, { roomName: "standup" }), true);
      assert.equal(isFirstRead(type, outputs), false);
      assert.equal(isFirstRead(type, { enableRecording: true }), false, "another provider's state");
    });
  }
});

describe("the outputs that a preview knows", () => {
  for (const type of types) {
    const inputs = leastInputs(type, { ...allSettings(type), ...autoNamed("standup") });

    it(`are those that are declared, for a ${type.label} that is new`, () => {
      const unknown = Object.fromEntries(["roomId", ...factNames(type)].map((name) => [name, UNKNOWN]));
      const planned = plannedOutputs(type, "demo", wantedIn(type, inputs), undefined);
      assert.deepEqual(planned, { ...inputs, ...unknown, appName: "demo" });
    });

    it(`are as they stay in an update of a ${type.label}, and so is its numbered name`, async () => {
      const api = new FakeApi(type);
      api.show = (body) => ({
        ...body,
        ...Object.fromEntries(Object.keys(type.links).map((link) => [link, "https://x"])),
      });
      const { outputs } = await createRoom(api.place(), inputs);
      const olds = { ...outputs, roomName: "standup-2", __auto: "standup" };
      const known = knownIn(type, "standup-2", olds);
      const { enableRecording: _, ...news } = inputs;
      const { enableRecording: __, ...expected } = olds as Bag;
      assert.deepEqual(plannedOutputs(type, "demo", wantedIn(type, news), known), expected);
    });
  }
});

describe("what a bag holds", () => {
  it("is a string only where it is one, and says something", () => {
    assert.equal(stringIn({ url: "https://demo.metered.live/standup" }, "url"), "https://demo.metered.live/standup");
    for (const url of ["", 7, null, undefined, ["a"]]) assert.equal(stringIn({ url }, "url"), undefined);
  });

  it("is given by the program where only the provider does not use it", () => {
    const inputs = settledInputs(
      {},
      { ...leastInputs(meetingRoom), ...registered(meetingRoom), ...autoNamed("standup") },
    );
    assert.deepEqual(givenIn({ ...inputs, autoJoin: null, __defaults: [] }), leastInputs(meetingRoom));
  });

  it("tells whether the dynamic resource of this very kind has its code there", () => {
    assert.equal(hasText(meetingRoom, registered(meetingRoom)), true);
    assert.equal(hasText(meetingRoom, registered(liveStreamingRoom)), false);
    assert.equal(hasText(meetingRoom, IDENTITY), false);
  });

  it("takes no value that makes no sense for a setting", () => {
    const { settings } = wantedIn(meetingRoom, leastInputs(meetingRoom, { autoJoin: {}, enableChat: ["a"], other: 1 }));
    assert.deepEqual(settings, { privacy: "public" });
  });
});

describe("the state of somebody else's provider", () => {
  const originOf = (outputs: Bag) => knownIn(meetingRoom, "standup", outputs).origin;

  it("has another text, whatever else it has", () => {
    assert.equal(originOf({ ...IDENTITY, __provider: "exports.handler = __f0" }), "foreign");
    assert.equal(originOf({ ...IDENTITY, __provider: providerText(meetingRoom) }), "ours");
    assert.equal(originOf({ ...IDENTITY, __provider: providerText(liveStreamingRoom) }), "foreign");
  });

  it("has no text, and not both of what our plugin always writes", () => {
    assert.equal(originOf(IDENTITY), "ours");
    assert.equal(originOf({}), "foreign");
    assert.equal(originOf({ roomId: IDENTITY.roomId }), "foreign");
    assert.equal(originOf({ appName: IDENTITY.appName }), "foreign");
    assert.equal(originOf({ ...IDENTITY, appName: "" }), "foreign");
  });

  it("is about the room of its id, or of what stands beside an id that is something else", () => {
    const nameIn = (id: string, outputs: Bag) => knownIn(meetingRoom, id, outputs).name.actual;
    assert.equal(nameIn("town-hall", { roomName: "Town-Hall" }), "town-hall");
    assert.equal(nameIn("standup", {}), "standup");
    assert.equal(nameIn("61005784c3c9104421af1534", {}), "61005784c3c9104421af1534");
    assert.equal(nameIn("61005784c3c9104421af1534", { roomName: "standup" }), "standup");
  });
});
