import assert from "node:assert/strict";
import fc from "fast-check";
import type { ResourceState } from "../../provider/src/pulumi/kind";
import { checkInputs, compareRoom, createRoom, refreshRoom, updateRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Value } from "../../provider/src/schema/field";
import { sameValue, UNKNOWN } from "../../provider/src/schema/kinds";
import { validInputs, validValue } from "../support/arbitraries";
import { FakeApi } from "../support/fakeApi";
import { types } from "../support/rooms";

const RUNS = { numRuns: 300 };

/** What Pulumi keeps: all of it can be packed. */
function stored(state: ResourceState): ResourceState {
  for (const [name, value] of [...Object.entries(state.outputs), ...Object.entries(state.inputs)]) {
    assert.ok(["string", "number", "boolean"].includes(typeof value), `${name} is ${value}`);
    assert.notEqual(value, UNKNOWN);
  }
  return state;
}

function changedIn(api: FakeApi, { id, outputs }: ResourceState, news: Bag): readonly string[] {
  return compareRoom(api.place(), id, outputs, news).changed;
}

function assertNoDiff(api: FakeApi, { id, outputs }: ResourceState, news: Bag): void {
  const { changed, replaces, isRewritten } = compareRoom(api.place(), id, outputs, news);
  assert.deepEqual([changed, replaces, isRewritten], [[], [], false]);
}

/** What the engine does to create a room, or to change it. */
async function up(api: FakeApi, news: Bag, before?: ResourceState): Promise<ResourceState> {
  const { inputs, problems } = checkInputs(api.place(), before?.inputs ?? {}, news);
  assert.deepEqual([inputs, problems], [news, []]);
  if (!before) return stored(await createRoom(api.place(), inputs));
  return stored(await updateRoom(api.place(), before.id, before.outputs, inputs));
}

async function refresh(api: FakeApi, { id, outputs }: ResourceState): Promise<ResourceState> {
  const now = await refreshRoom(api.place(), id, outputs);
  assert.ok(now, "the room is there");
  return stored(now);
}

/** Two valid programs for the same room, one after the other. */
const twoPrograms = (type: RoomType) =>
  fc
    .tuple(validInputs(type), validInputs(type))
    .map(([first, second]): [Bag, Bag] => [first, { ...second, roomName: first.roomName }]);

interface Server {
  readonly put: FakeApi["put"];
  /** What it makes of names. */
  readonly names: "kept" | "lowered" | "joined";
}

const servers: fc.Arbitrary<Server> = fc.record({
  put: fc.constantFrom("merges" as const, "replaces" as const),
  names: fc.constantFrom("kept" as const, "lowered" as const, "joined" as const),
});

function serve(type: RoomType, { put, names }: Server): FakeApi {
  const api = new FakeApi(type);
  api.put = put;
  if (names === "lowered") api.spell = (name) => name.toLowerCase();
  if (names === "joined") api.spell = (name) => name.replace(/[^A-Za-z0-9]+/g, "-");
  return api;
}

for (const type of types) {
  describe(`any valid ${type.label}`, () => {
    it("passes check as it is, and again", () => {
      fc.assert(
        fc.property(validInputs(type), (inputs) => {
          const place = new FakeApi(type).place();
          const checked = checkInputs(place, {}, inputs);
          assert.deepEqual(checked, { inputs, problems: [] });
          assert.deepEqual(checkInputs(place, checked.inputs, checked.inputs), checked);
        }),
        RUNS,
      );
    });

    it("passes check with any of its values unknown", () => {
      fc.assert(
        fc.property(validInputs(type), fc.subarray(Object.keys(type.fields)), (inputs, names) => {
          const unknowns = Object.fromEntries(names.map((name) => [name, UNKNOWN]));
          assert.deepEqual(checkInputs(new FakeApi(type).place(), {}, { ...inputs, ...unknowns }).problems, []);
        }),
        RUNS,
      );
    });

    it("has no change after it is created, nor after a refresh, which gives back the inputs", () =>
      fc.assert(
        fc.asyncProperty(validInputs(type), servers, async (inputs, server) => {
          const api = serve(type, server);
          const created = await up(api, inputs);
          assertNoDiff(api, created, inputs);
          const now = await refresh(api, created);
          assert.deepEqual(now, created);
          assert.deepEqual(now.inputs, inputs);
          assert.deepEqual(api.notes, []);
        }),
        RUNS,
      ));

    it("differs from any other in exactly the settings that were changed, and not after the update", () =>
      fc.assert(
        fc.asyncProperty(twoPrograms(type), servers, async ([first, second], server) => {
          const api = serve(type, server);
          const created = await up(api, first);
          const changed = Object.keys(type.fields).filter((name) => first[name] !== second[name]);
          const found = compareRoom(api.place(), created.id, created.outputs, second);
          assert.deepEqual([found.changed, found.replaces, found.isRewritten], [changed, [], false]);

          const updated = await up(api, second, created);
          assertNoDiff(api, updated, second);
          const now = await refresh(api, updated);
          assert.deepEqual(now.inputs, second);
          assertNoDiff(api, now, second);
        }),
        RUNS,
      ));

    const settable = Object.keys(type.fields).filter((name) => name !== "roomName");
    const drifts = fc.constantFrom(...settable).chain((name) => {
      const field = type.fields[name];
      assert.ok(field);
      return validValue(field).map((value) => ({ name, field, value }));
    });

    it("shows the drift of any declared setting, and puts it back with one update", () =>
      fc.assert(
        fc.asyncProperty(validInputs(type), drifts, async (inputs, { name, field, value }) => {
          const was = inputs[name] as Value | undefined;
          fc.pre(was !== undefined && !sameValue(field, was, value));
          const api = new FakeApi(type);
          const created = await up(api, inputs);
          Object.assign(api.room(created.id) ?? {}, { [name]: value });
          const now = await refresh(api, created);
          assert.deepEqual(now.inputs, { ...inputs, [name]: value });
          assert.deepEqual(changedIn(api, now, inputs), [name]);
          const mended = await up(api, inputs, now);
          assert.equal(api.room(created.id)?.[name], was);
          assertNoDiff(api, mended, inputs);
        }),
        RUNS,
      ));

    it("shows no drift of a setting that is not declared, nor touches it", () =>
      fc.assert(
        fc.asyncProperty(twoPrograms(type), drifts, async (programs, { name, value }) => {
          const [first, second] = programs.map(({ [name]: _, ...others }) => others) as [Bag, Bag];
          const api = new FakeApi(type);
          // What others need must be declared.
          fc.pre([first, second].every((inputs) => checkInputs(api.place(), {}, inputs).problems.length === 0));
          const created = await up(api, first);
          Object.assign(api.room(created.id) ?? {}, { [name]: value, currentlyBroadcasting: true, lang: "fr" });
          assert.deepEqual(await refresh(api, created), created);
          await up(api, second, created);
          assert.equal(api.room(created.id)?.[name], value);
        }),
        RUNS,
      ));

    it("has no phantom change, however the server spells what it shows", () =>
      fc.assert(
        fc.asyncProperty(twoPrograms(type), fc.infiniteStream(fc.nat()), async ([first, second], dice) => {
          const api = new FakeApi(type);
          api.show = (body) => respelled(type, body, () => dice.next().value ?? 0);
          let state = await up(api, first);
          for (const inputs of [first, second]) {
            state = await up(api, inputs, state);
            assertNoDiff(api, state, inputs);
            const now = await refresh(api, state);
            assert.deepEqual(now.inputs, inputs);
            assertNoDiff(api, now, inputs);
          }
        }),
        RUNS,
      ));
  });
}

/** A reply in which every setting may be spelt in another way, or left out. */
function respelled(type: RoomType, body: Bag, dice: () => number): Record<string, unknown> {
  const shown: Record<string, unknown> = { ...body };
  for (const [name, field] of Object.entries(type.fields)) {
    const value = body[name];
    if (name === "roomName" || value === undefined) continue;
    const spellings: unknown[] = [value, undefined];
    const text = String(value);
    if (field.kind === "boolean") spellings.push(text, text.toUpperCase(), Number(value), "maybe");
    if (field.kind === "count" || field.kind === "unixSeconds") spellings.push(text, ` ${text}`, `${text}.0`, "");
    if (field.kind === "choice") spellings.push(text.toUpperCase());
    if (field.kind === "text") spellings.push(`${text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n")}\r\n `);
    if (field.kind === "url" || field.kind === "rtmpUrl") {
      spellings.push(
        text.replace(/^\w+:\/\/[^/?#]*/, (origin) => origin.toUpperCase()),
        `${text} `,
      );
      if (/^\w+:\/\/[^/?#]*$/.test(text)) spellings.push(`${text}/`);
    }
    shown[name] = spellings[dice() % spellings.length];
  }
  return shown;
}
