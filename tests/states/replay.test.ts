import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../provider/src/core/check";
import { diff } from "../../provider/src/core/diff";
import type { RoomType } from "../../provider/src/core/field";
import { type Context, deleteRoom, read, update } from "../../provider/src/core/lifecycle";
import { Session } from "../../provider/src/core/session";
import type { Bag } from "../../provider/src/core/state";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { clientAt } from "../support/client";
import { currentRelease, FILES, Replay, recordedReleases, statesFolder } from "../support/recordedStates";
import { types } from "../support/rooms";
import type { StateResource } from "../support/stack";

const now = () => Date.now() / 1000;
const nameOf = ({ urn }: StateResource) => urn.split("::").at(-1) ?? "";
const isLookup = ({ outputs }: StateResource) => outputs.__lookup === true;
const typeOf = ({ type }: StateResource): RoomType => {
  const found = types.find(({ name }) => type.endsWith(`:${name}`));
  assert.ok(found, type);
  return found;
};

/** Outputs as an earlier or a later release may have written them. */
const olderStates: Readonly<Record<string, (type: RoomType, outputs: Bag) => Bag>> = {
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

  const contextOf = (room: StateResource): Context => ({
    type: typeOf(room),
    api: clientAt(replay.simulator.url, { secretKey: canaryKey }).rooms(typeOf(room)),
    session: new Session(),
    adoptExisting: false,
    now: Date.now,
    note: () => undefined,
  });
  const managed = () => replay.rooms.filter((room) => !isLookup(room));
  const diffOf = (room: StateResource, olds: Bag, news: Bag) => diff(typeOf(room), room.id, olds, news, "demo", now());

  for (const release of recordedReleases()) {
    describe(`by ${release}`, () => {
      beforeEach(async () => {
        replay = await Replay.start(release);
      });

      it("pass check as they are, and show no change", () => {
        for (const room of managed()) {
          const { inputs, failures } = check(typeOf(room), room.inputs, room.inputs, now());
          assert.deepEqual([failures, inputs], [[], room.inputs], nameOf(room));
          assert.deepEqual(diffOf(room, room.outputs, inputs), { changes: false }, nameOf(room));
        }
      });

      it("are what a refresh finds, to the last output", async () => {
        for (const room of replay.rooms) {
          const { id, props, inputs } = await read(contextOf(room), room.id, room.outputs);
          // Pulumi keeps the provider's text beside what is answered.
          const { __provider } = room.inputs;
          assert.deepEqual(
            [id, { ...props, __provider }, { ...inputs, __provider }],
            [room.id, room.outputs, room.inputs],
            nameOf(room),
          );
        }
        assert.deepEqual(writes(), []);
      });

      it("hold no secret in clear, and nothing of the machine that wrote them", () => {
        for (const file of [FILES.state, FILES.program, FILES.configuration]) {
          const text = readFileSync(join(statesFolder, release, file), "utf8");
          assertNoSecrets(`${release}/${file}`, text);
          assert.doesNotMatch(text, /node_modules|stackTrace|127\.0\.0\.1|"\/(tmp|home|root|Users)\b/);
        }
      });

      for (const [what, older] of Object.entries(olderStates)) {
        it(`still work with ${what}`, async () => {
          for (const room of managed()) {
            const [name, context] = [nameOf(room), contextOf(room)];
            const outputs = older(typeOf(room), room.outputs);
            assert.deepEqual(diffOf(room, outputs, room.inputs), { changes: false }, name);
            const refreshed = await read(context, room.id, outputs);
            const { __provider } = room.inputs;
            assert.deepEqual([refreshed.id, { ...refreshed.inputs, __provider }], [room.id, room.inputs], name);
            const again = { ...refreshed.props, __provider };
            assert.deepEqual(diffOf(room, again, room.inputs), { changes: false }, name);
            assert.deepEqual(writes(), [], name);
            if (room.outputs.deleteOnExp === true && Number(room.outputs.expireUnixSec) < now()) continue;
            await changeAndDelete(context, room, outputs);
          }
        });
      }
    });
  }

  const writes = () => replay.simulator.requests.filter(({ method }) => method !== "GET");

  /** An update of one setting completes the outputs and sends known settings only; a delete takes that room and no other. */
  async function changeAndDelete(context: Context, room: StateResource, outputs: Bag) {
    const { simulator } = replay;
    const others = () => simulator.rooms.filter((other) => other.roomName !== room.id && !other.archived).length;
    const before = others();
    const news = { ...room.inputs, enableRecording: room.inputs.enableRecording !== true };
    assert.deepEqual(diffOf(room, outputs, news), {});
    const { outs } = await update(context, room.id, outputs, news);
    const { __provider: _, ...complete } = room.outputs;
    assert.deepEqual(outs, { ...complete, enableRecording: news.enableRecording }, nameOf(room));
    const sent = Object.keys((writes().at(-1)?.body ?? {}) as object);
    assert.deepEqual(
      sent.filter((key) => !Object.hasOwn(context.type.fields, key)),
      [],
    );
    await deleteRoom({ ...context, session: new Session() }, room.id, outputs);
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
        "a made name": ({ inputs }) => inputs.__auto === true,
        "a given name": ({ inputs }) => inputs.__auto === undefined,
        "a numbered name": ({ id, outputs }) => id.endsWith("-2") && outputs.__askedName !== undefined,
        "a normalised name": ({ id, outputs }) => id !== outputs.roomName,
        "a made-first room": ({ inputs }) => inputs.__createFirst === true,
        "a room that exists and is looked up": isLookup,
        "a finished room": ({ outputs }) => outputs.deleteOnExp === true && Number(outputs.expireUnixSec) < now(),
        "a room that is not as declared": ({ initErrors = [] }) => initErrors.length > 0,
        "a room of another provider": ({ provider }) => provider?.includes("::other::") === true,
      };
      for (const [kind, is] of Object.entries(kinds)) assert.ok(replay.rooms.some(is), `${kind} ${advice}`);
    } finally {
      await replay.close();
    }
  });
});
