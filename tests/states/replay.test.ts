import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { realTime } from "../../provider/src/metered/attempts";
import { checkInputs, compareRoom, deleteRoom, refreshRoom, updateRoom } from "../../provider/src/pulumi/operations";
import { type Bag, hasText } from "../../provider/src/pulumi/state";
import { roomTypeOf } from "../../provider/src/pulumi/types";
import { Claims } from "../../provider/src/rooms/claims";
import { isSpelling } from "../../provider/src/rooms/name";
import type { Place } from "../../provider/src/rooms/place";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { clientAt } from "../support/client";
import { currentRelease, FILES, Replay, recordedReleases, statesFolder } from "../support/recordedStates";
import { types } from "../support/rooms";
import type { StateResource } from "../support/stack";

const now = () => Date.now() / 1000;
const nameOf = ({ urn }: StateResource) => urn.split("::").at(-1) ?? "";
const isLookup = ({ outputs }: StateResource) => outputs.__lookup === true;
const typeOf = ({ type }: StateResource): RoomType => {
  const found = roomTypeOf(type);
  assert.ok(found, type);
  return found;
};

/** A setting whose value is not certain, since the response to an update was lost. */
const hasDoubts = ({ outputs }: StateResource) => Object.values(outputs).includes(null);
const isFinished = ({ outputs }: StateResource) =>
  outputs.deleteOnExp === true && Number(outputs.expireUnixSec) < now();

/** Outputs as another release may have written them, or another provider. */
const otherStates: Readonly<Record<string, (type: RoomType, outputs: Bag) => Bag>> = {
  "nothing but the settings": (type, outputs) =>
    Object.fromEntries(
      Object.entries(outputs).filter(([name]) => name.startsWith("__") || Object.hasOwn(type.fields, name)),
    ),
  "Metered's own names": (_type, { roomId, ...outputs }) => ({ ...outputs, _id: roomId }),
  "fields that nobody knows any more": (_type, outputs) => ({
    ...outputs,
    currentlyBroadcasting: true,
    lang: "en",
    __v: 0,
    nothing: null,
    nested: { list: [1, { deep: "er" }] },
  }),
};

describe("states that were recorded", () => {
  let replay: Replay;
  afterEach(() => replay.close());

  /** A run of its own: claims are those of one process. */
  const placeOf = (room: StateResource): Place => ({
    type: typeOf(room),
    api: clientAt(replay.simulator.url, { secretKey: canaryKey }).rooms(typeOf(room)),
    claims: new Claims(realTime),
    owner: undefined,
    adoptExisting: false,
    now: Date.now,
    tell: () => undefined,
  });
  const managed = () => replay.rooms.filter((room) => !isLookup(room));
  /** As written, and where the response to an update was lost, too: what is not certain counts as changed. */
  const changesOf = (room: StateResource, olds: Bag, news: Bag) => {
    const { changed, replaces, isRewritten } = compareRoom(placeOf(room), room.id, olds, news);
    return { changed, replaces, isRewritten };
  };
  const NONE = { changed: [], replaces: [], isRewritten: false };

  for (const release of recordedReleases()) {
    describe(`by ${release}`, () => {
      beforeEach(async () => {
        replay = await Replay.start(release);
      });

      it("pass check as they are, and show no change but of what is not certain", () => {
        for (const room of managed()) {
          const { inputs, problems } = checkInputs(placeOf(room), room.inputs, room.inputs);
          assert.deepEqual([problems, inputs], [[], room.inputs], nameOf(room));
          const changed = Object.keys(room.outputs).filter((name) => room.outputs[name] === null);
          // Of an update that failed, Pulumi keeps the old inputs.
          if (!room.initErrors) assert.deepEqual(changesOf(room, room.outputs, inputs), NONE, nameOf(room));
          else assert.deepEqual(changesOf(room, room.outputs, inputs).replaces, [], nameOf(room));
          if (changed.length > 0)
            assert.deepEqual(changesOf(room, room.outputs, inputs).changed, changed, nameOf(room));
          assert.ok(hasText(typeOf(room), room.outputs), nameOf(room));
        }
      });

      it("are what a refresh finds, to the last output", async () => {
        for (const room of replay.rooms.filter((each) => !hasDoubts(each))) {
          const found = await refreshRoom(placeOf(room), room.id, room.outputs);
          // Pulumi keeps the provider's text beside what is answered.
          const { __provider } = room.inputs;
          assert.deepEqual(
            [found?.id, { ...found?.outputs, __provider }, { ...found?.inputs, __provider }],
            [room.id, room.outputs, room.inputs],
            nameOf(room),
          );
        }
        assert.deepEqual(writes(), []);
      });

      it("are certain after a refresh, where they were not", async () => {
        for (const room of managed().filter(hasDoubts)) {
          const found = await refreshRoom(placeOf(room), room.id, room.outputs);
          assert.ok(!Object.values(found?.outputs ?? {}).includes(null), nameOf(room));
        }
      });

      it("hold no secret in clear, and nothing of the machine that wrote them", () => {
        for (const file of [FILES.state, FILES.program, FILES.configuration]) {
          const text = readFileSync(join(statesFolder, release, file), "utf8");
          assertNoSecrets(`${release}/${file}`, text);
          assert.doesNotMatch(text, /node_modules|stackTrace|127\.0\.0\.1|"\/(tmp|home|root|Users)\b/);
        }
      });

      for (const [what, other] of Object.entries(otherStates)) {
        it(`still work with ${what}`, async () => {
          for (const room of managed().filter((each) => !each.initErrors)) {
            const name = nameOf(room);
            const outputs = other(typeOf(room), room.outputs);
            const { changed, replaces } = changesOf(room, outputs, room.inputs);
            assert.deepEqual([changed, replaces], [[], []], name);
            const refreshed = await refreshRoom(placeOf(room), room.id, outputs);
            const { __provider } = room.inputs;
            assert.deepEqual([refreshed?.id, { ...refreshed?.inputs, __provider }], [room.id, room.inputs], name);
            const again = { ...refreshed?.outputs, __provider };
            if (!isFinished(room)) assert.deepEqual(changesOf(room, again, room.inputs), NONE, name);
            assert.deepEqual(writes(), [], name);
            if (!isFinished(room)) await changeAndDelete(room, outputs);
          }
        });
      }
    });
  }

  const writes = () => replay.simulator.requests.filter(({ method }) => method !== "GET");

  /** An update of one setting completes the outputs and sends known settings only; a delete takes that room and no other. */
  async function changeAndDelete(room: StateResource, outputs: Bag) {
    const { simulator } = replay;
    const others = () => simulator.rooms.filter((other) => other.roomName !== room.id && !other.archived).length;
    const before = others();
    const news = { ...room.inputs, enableRecording: room.inputs.enableRecording !== true };
    assert.deepEqual(changesOf(room, outputs, news).changed, ["enableRecording"]);
    const updated = await updateRoom(placeOf(room), room.id, outputs, news);
    const { __provider: _, ...complete } = room.outputs;
    assert.deepEqual(updated.outputs, { ...complete, enableRecording: news.enableRecording }, nameOf(room));
    const sent = Object.keys((writes().at(-1)?.body ?? {}) as object);
    assert.deepEqual(
      sent.filter((key) => !Object.hasOwn(typeOf(room).fields, key)),
      [],
    );
    await deleteRoom(placeOf(room), room.id, outputs);
    assert.deepEqual(
      simulator.rooms.filter((other) => other.roomName === room.id && !other.archived),
      [],
      nameOf(room),
    );
    assert.equal(others(), before, nameOf(room));
    simulator.requests.clear();
  }
});

describe("the record of this version", () => {
  it("is there, and of this very version", () => {
    assert.ok(
      recordedReleases().includes(currentRelease),
      `There is no record of the states that ${currentRelease} writes: run npm run record:states.`,
    );
  });

  it("holds every setting and every kind of state", async () => {
    const replay = await Replay.start(currentRelease);
    try {
      const advice =
        "is in no recorded state: add it to tools/states/program.ts and run npm run record:states -- --again";
      for (const type of types) {
        const declared = new Set(
          replay.rooms.filter((room) => typeOf(room) === type).flatMap(({ inputs }) => Object.keys(inputs)),
        );
        for (const name of Object.keys(type.fields)) assert.ok(declared.has(name), `${type.name}.${name} ${advice}`);
      }
      const kinds: Record<string, (room: StateResource) => boolean> = {
        "a generated name": ({ inputs }) => inputs.__auto !== undefined,
        "a given name": ({ inputs }) => inputs.__auto === undefined,
        "a numbered name": ({ id, outputs }) => id === `${String(outputs.__auto)}-2` && outputs.roomName === id,
        "a normalised name": ({ id, outputs: { roomName } }) => id !== roomName && isSpelling(id, String(roomName)),
        "a setting that is not certain": hasDoubts,
        "a room that exists and is looked up": isLookup,
        "a finished room": isFinished,
        "a room that is not as declared": ({ initErrors = [] }) => initErrors.length > 0,
        "a room of another provider": ({ provider }) => provider?.includes("::other::") === true,
      };
      for (const [kind, is] of Object.entries(kinds)) assert.ok(replay.rooms.some(is), `${kind} ${advice}`);
    } finally {
      await replay.close();
    }
  });
});
