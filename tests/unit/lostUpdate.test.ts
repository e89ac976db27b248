import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { compareRoom, KeptInState, refreshRoom, updateRoom } from "../../provider/src/pulumi/operations";
import { type Bag, namedBy } from "../../provider/src/pulumi/state";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { errorOf, keptBy } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { allSettings, inState, leastInputs, otherValue, types } from "../support/rooms";

const without = (name: string, bag: Bag): Bag =>
  Object.fromEntries(Object.entries(bag).filter(([key]) => key !== name));

for (const type of types) {
  describe(`an update of a ${type.label} whose response is lost`, () => {
    let api: FakeApi;
    beforeEach(() => {
      api = new FakeApi(type);
    });
    const all = leastInputs(type, allSettings(type));
    const optional = Object.entries(type.fields).filter(([name, { required }]) => name !== "roomName" && !required);
    const change = async (olds: Bag, news: Bag) => (await updateRoom(api.place(), "standup", olds, news)).outputs;
    /** What Pulumi keeps of the room when the response is lost, whether the update was done or not. */
    const lose = async (isDone: boolean, olds: Bag, news: Bag): Promise<Bag> => {
      if (isDone) api.loseNext("update");
      else api.failNext("update", api.lost("update"));
      return (await keptBy(change(olds, news))).outputs;
    };
    const uncertain = (bag: Bag) => Object.keys(bag).filter((name) => bag[name] === null);
    /** The room and the state are as the program declares, and there is nothing left to do. */
    const assertSettled = async (outputs: Bag, program: Bag, name: string) => {
      assert.deepEqual(compareRoom(api.place(), "standup", outputs, program).changed, [], name);
      assert.equal(outputs[name], program[name], name);
      if (program[name] !== undefined) assert.equal(api.room("standup")?.[name], program[name], name);
      const puts = () => api.calls.filter(({ action }) => action === "update").length;
      const before = puts();
      await change(outputs, program);
      assert.equal(puts(), before, `${name}: there is nothing left to send`);
    };

    for (const isDone of [true, false]) {
      const how = isDone ? "although it was done" : "and which was not done";

      it(`keeps the room in the state with what is certain, ${how}`, async () => {
        const olds = await inState(api, { ...all, ...namedBy("standup") });
        const news = { ...all, ...namedBy("standup"), enableRecording: false };
        if (isDone) api.loseNext("update");
        else api.failNext("update", api.lost("update"));
        const error = await keptBy(change(olds, news));
        assert.deepEqual([error.id, error.subject, error.shortfalls], ["standup", subjectOf(type, "standup"), []]);
        assert.deepEqual(error.outputs, { ...olds, enableRecording: null });
        assert.equal(error.lost?.facts.cause, "NoConnection");
      });

      it(`is made good by the next one, whatever the program says of a changed setting by then, ${how}`, async () => {
        for (const put of ["merges", "replaces"] as const) {
          for (const [name, field] of optional) {
            const changed = { ...all, [name]: otherValue(name, field) };
            for (const program of [changed, all, without(name, all)]) {
              api = new FakeApi(type);
              api.put = put;
              const kept = await lose(isDone, await inState(api, all), changed);
              assert.deepEqual(uncertain(kept), [name]);
              await assertSettled(await change(kept, program), program, name);
            }
          }
        }
      });

      it(`is made good where a setting was added, and the program no longer has it or has it otherwise, ${how}`, async () => {
        for (const [name, field] of optional) {
          const other = { ...all, [name]: otherValue(name, field) };
          for (const program of [all, without(name, all), other]) {
            api = new FakeApi(type);
            const kept = await lose(isDone, await inState(api, without(name, all)), all);
            assert.deepEqual(uncertain(kept), [name]);
            await assertSettled(await change(kept, program), program, name);
            const { whenRemoved } = field;
            if (program[name] === undefined && whenRemoved !== "kept") {
              assert.equal(api.room("standup")?.[name] ?? whenRemoved, whenRemoved, name);
            }
          }
        }
      });

      it(`is made good where a setting was removed, and stays so, or comes back as it was or otherwise, ${how}`, async () => {
        for (const [name, field] of optional.filter(([, { whenRemoved }]) => whenRemoved !== "kept")) {
          const other = { ...all, [name]: otherValue(name, field) };
          for (const program of [without(name, all), all, other]) {
            api = new FakeApi(type);
            const kept = await lose(isDone, await inState(api, all), without(name, all));
            assert.deepEqual(uncertain(kept), [name]);
            await assertSettled(await change(kept, program), program, name);
            if (program[name] === undefined) assert.equal(api.room("standup")?.[name], field.whenRemoved, name);
          }
        }
      });

      it(`leaves in doubt what each of several has left so, ${how}`, async () => {
        const olds = await inState(api, { enableRecording: true, recordComposition: true });
        const first = await lose(isDone, olds, leastInputs(type, { enableRecording: false, recordComposition: true }));
        const second = await lose(isDone, first, leastInputs(type, { enableRecording: true }));
        assert.deepEqual(uncertain(second).includes("recordComposition"), true);
        const program = leastInputs(type, { enableRecording: true });
        const outputs = await change(second, program);
        await assertSettled(outputs, program, "enableRecording");
        assert.equal(api.room("standup")?.recordComposition, false);
      });
    }

    it("keeps no secret that the program no longer declares: Pulumi would not know it by then", async () => {
      const news = leastInputs(type, { enableRecording: true });
      const olds = await inState(api, { rtmpOutURL: canaryRtmpURL, enableRecording: false });
      for (const isDone of [true, false]) {
        const kept = await lose(isDone, olds, news);
        assertNoSecrets("the state", JSON.stringify(kept));
        // Metered goes on showing it, and Pulumi marks nothing as a secret that no program declares as one.
        assertNoSecrets("the state", JSON.stringify(await refreshRoom(api.place(), "standup", kept)));
        Object.assign(api.room("standup") ?? {}, { enableRecording: false });
      }
      const added = await lose(true, await change(olds, news), { ...news, rtmpOutURL: `${canaryRtmpURL}2` });
      assertNoSecrets("the state", JSON.stringify(added));
      assertNoSecrets("the state", JSON.stringify(await refreshRoom(api.place(), "standup", added)));
      const outputs = await change(added, { ...news, rtmpOutURL: canaryRtmpURL });
      assert.deepEqual([outputs.rtmpOutURL, api.room("standup")?.rtmpOutURL], [canaryRtmpURL, canaryRtmpURL]);
    });

    it("is certain again after a refresh where the room shows the setting", async () => {
      const olds = await inState(api, { enableRecording: true });
      const kept = await lose(true, olds, leastInputs(type, { enableRecording: false }));
      const now = await refreshRoom(api.place(), "standup", kept);
      assert.deepEqual(now?.outputs, { ...olds, enableRecording: false });
      assert.equal(now?.inputs.enableRecording, false);
    });

    it("stays uncertain in a refresh that does not show the setting, and is no input", async () => {
      api.show = ({ enableRecording: _, ...body }) => body;
      const olds = await inState(api, { enableRecording: true });
      const kept = await lose(true, olds, leastInputs(type, { enableRecording: false }));
      const now = await refreshRoom(api.place(), "standup", kept);
      assert.deepEqual([now?.outputs, now?.inputs], [kept, leastInputs(type)]);
      const outputs = await change(now?.outputs ?? {}, leastInputs(type, { enableRecording: true }));
      assert.deepEqual([api.room("standup")?.enableRecording, outputs.enableRecording], [true, true]);
    });

    it("is another thing than an update that was refused, or a look that was lost: those leave the state alone", async () => {
      const olds = await inState(api, { enableRecording: true });
      const news = leastInputs(type, { enableRecording: false });
      const refused = new MeteredError({ cause: "InvalidSecretKey", said: "", ...api.callOf("update") });
      api.failNext("update", refused);
      assert.equal(await errorOf(change(olds, news)), refused);
      api.failNext("get", api.lost("update"));
      assert.ok(!((await errorOf(change(olds, news))) instanceof KeptInState));
    });
  });
}
