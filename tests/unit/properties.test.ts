import assert from "node:assert/strict";
import fc from "fast-check";
import { check } from "../../provider/src/core/check";
import { changedSettings, diff } from "../../provider/src/core/diff";
import type { RoomType, Value } from "../../provider/src/core/field";
import { sameValue, UNKNOWN } from "../../provider/src/core/kinds";
import { create, read, update } from "../../provider/src/core/lifecycle";
import type { Bag } from "../../provider/src/core/state";
import { validInputs, validValue } from "../support/arbitraries";
import { FakeApi } from "../support/fakeApi";
import { NOW, types } from "../support/rooms";

const RUNS = { numRuns: 300 };

/** What Pulumi makes of the answer: the provider's text is in every bag. */
function stored(answer: Readonly<Record<string, unknown>>, inputs: Bag): Bag {
  for (const [name, value] of Object.entries(answer)) {
    assert.ok(["string", "number", "boolean"].includes(typeof value), `${name} is ${value}`);
    assert.notEqual(value, UNKNOWN);
  }
  return { ...answer, __provider: inputs.__provider };
}

function assertNoDiff(type: RoomType, olds: Bag, news: Bag): void {
  assert.deepEqual(diff(type, String(olds.roomName), olds, news, "demo", NOW), { changes: false });
}

/** What the engine does to make a room, or to change it. */
async function up(api: FakeApi, inputs: Bag, before?: { id: string; state: Bag }) {
  if (!before) {
    const { id, outs } = await create(api.context(), inputs);
    return { id, state: stored(outs, inputs) };
  }
  const { outs } = await update(api.context(), before.id, before.state, inputs);
  return { id: before.id, state: stored(outs, inputs) };
}

async function refresh(api: FakeApi, { id, state }: { id: string; state: Bag }) {
  const { props, inputs = {} } = await read(api.context(), id, state);
  return { state: stored(props, state), inputs: stored(inputs, state) };
}

/** Two valid programs for the same room, one after the other. */
const twoPrograms = (type: RoomType) =>
  fc
    .tuple(validInputs(type), validInputs(type))
    .map(([first, second]): [Bag, Bag] => [first, { ...second, roomName: first.roomName }]);

const servers = fc.record({ put: fc.constantFrom("merges" as const, "replaces" as const), isLower: fc.boolean() });

function serve(type: RoomType, { put, isLower }: { put: "merges" | "replaces"; isLower: boolean }): FakeApi {
  const api = new FakeApi(type);
  api.put = put;
  if (isLower) api.spell = (name) => name.toLowerCase();
  return api;
}

for (const type of types) {
  describe(`any valid ${type.label}`, () => {
    it("passes check as it is, and again", () => {
      fc.assert(
        fc.property(validInputs(type), (inputs) => {
          const checked = check(type, {}, inputs, NOW);
          assert.deepEqual(checked, { inputs, failures: [] });
          assert.deepEqual(check(type, checked.inputs, checked.inputs, NOW), checked);
        }),
        RUNS,
      );
    });

    it("passes check with any of its values unknown", () => {
      fc.assert(
        fc.property(validInputs(type), fc.subarray(Object.keys(type.fields)), (inputs, names) => {
          const unknowns = Object.fromEntries(names.map((name) => [name, UNKNOWN]));
          assert.deepEqual(check(type, {}, { ...inputs, ...unknowns }, NOW).failures, []);
        }),
        RUNS,
      );
    });

    it("has no change after it is made, nor after a refresh, which gives back the inputs", () =>
      fc.assert(
        fc.asyncProperty(validInputs(type), servers, async (inputs, server) => {
          const api = serve(type, server);
          const made = await up(api, inputs);
          assertNoDiff(type, made.state, inputs);
          const now = await refresh(api, made);
          assert.deepEqual(now.inputs, inputs);
          assert.deepEqual(now.state, made.state);
          assertNoDiff(type, now.state, inputs);
          assert.deepEqual(api.notes, []);
        }),
        RUNS,
      ));

    it("differs from any other in exactly the settings that were changed, and not after the update", () =>
      fc.assert(
        fc.asyncProperty(twoPrograms(type), servers, async ([first, second], server) => {
          const api = serve(type, server);
          const made = await up(api, first);
          const changed = Object.keys(type.fields).filter((name) => first[name] !== second[name]);
          assert.deepEqual(changedSettings(type, made.state, second), changed);
          const verdict = diff(type, made.id, made.state, second, "demo", NOW);
          assert.deepEqual(verdict, changed.length > 0 ? {} : { changes: false });

          const updated = await up(api, second, made);
          assert.deepEqual(changedSettings(type, updated.state, second), []);
          assertNoDiff(type, updated.state, second);
          const now = await refresh(api, { ...made, state: updated.state });
          assert.deepEqual(now.inputs, second);
          assertNoDiff(type, now.state, second);
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
          const made = await up(api, inputs);
          Object.assign(api.room(made.id) ?? {}, { [name]: value });
          const now = await refresh(api, made);
          assert.deepEqual(now.inputs, { ...inputs, [name]: value });
          assert.deepEqual(changedSettings(type, now.state, inputs), [name]);
          const mended = await up(api, inputs, { ...made, state: now.state });
          assert.equal(api.room(made.id)?.[name], was);
          assertNoDiff(type, mended.state, inputs);
        }),
        RUNS,
      ));

    it("shows no drift of a setting that is not declared, nor touches it", () =>
      fc.assert(
        fc.asyncProperty(twoPrograms(type), drifts, async (programs, { name, value }) => {
          const [first, second] = programs.map(({ [name]: _, ...others }) => others) as [Bag, Bag];
          const api = new FakeApi(type);
          const made = await up(api, first);
          Object.assign(api.room(made.id) ?? {}, { [name]: value, currentlyBroadcasting: true, lang: "fr" });
          const now = await refresh(api, made);
          assert.deepEqual(now.state, made.state);
          assert.deepEqual(now.inputs, first);
          await up(api, second, made);
          assert.equal(api.room(made.id)?.[name], value);
        }),
        RUNS,
      ));

    it("has no phantom change, however the server spells what it shows", () =>
      fc.assert(
        fc.asyncProperty(twoPrograms(type), fc.infiniteStream(fc.nat()), async ([first, second], dice) => {
          const api = new FakeApi(type);
          api.show = (body) => respelled(type, body, () => dice.next().value ?? 0);
          let made = await up(api, first);
          for (const inputs of [first, second]) {
            made = await up(api, inputs, made);
            assertNoDiff(type, made.state, inputs);
            const now = await refresh(api, made);
            assert.deepEqual(now.inputs, inputs);
            assertNoDiff(type, now.state, inputs);
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
