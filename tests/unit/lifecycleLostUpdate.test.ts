import assert from "node:assert/strict";
import { diff } from "../../provider/src/core/diff";
import { BadKey } from "../../provider/src/core/errors";
import { LostUpdate, NotAsDeclared } from "../../provider/src/core/initFailures";
import { read, update } from "../../provider/src/core/lifecycle";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import type { Bag } from "../../provider/src/core/state";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { FakeApi } from "../support/fakeApi";
import { inState, leastInputs, NOW, PROVIDER_TEXT } from "../support/rooms";

describe("update whose reply is lost", () => {
  let api: FakeApi;
  let olds: Bag;
  const small = { maxParticipants: 5, enableRecording: true };
  const large = { maxParticipants: 50, enableRecording: true };
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api, small);
  });

  const change = (from: Bag, settings: Bag) =>
    update(api.context(), "standup", from, leastInputs(meetingRoom, settings));
  /** What Pulumi keeps of the room when the update fails so. */
  const lost = async (from: Bag, settings: Bag): Promise<Bag> => {
    const error = await change(from, settings).then(
      () => assert.fail("the update should have failed"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof LostUpdate && error instanceof NotAsDeclared, `${error}`);
    return error.properties;
  };
  const known = ({ __unsettled: _, ...rest }: Bag) => rest;

  for (const isDone of [true, false]) {
    describe(isDone ? "although it was done" : "and which was not done", () => {
      beforeEach(() => {
        if (isDone) api.loseNext("update");
        else api.failNext("update", api.lost("update"));
      });

      it("keeps the room in the state as it was, with the settings that are unsettled, and says what to do", async () => {
        const error = (await change(olds, large).catch((reason: unknown) => reason)) as LostUpdate;
        assert.equal(error.id, "standup");
        assert.deepEqual(error.properties, { ...olds, __unsettled: ["maxParticipants"] });
        assert.equal(error.mayHaveHappened, true);
        assert.match(
          error.reasons.join(" "),
          /^Cannot update .*It may have been done all the same.*run pulumi up again/,
        );
        assert.equal(error.message, error.reasons.join(" "));
      });

      it("is made good by the next one, whatever the program says by then", async () => {
        for (const program of [large, small, { maxParticipants: 7, enableRecording: true }]) {
          const { outs } = await change(await lost(olds, large), program);
          assert.equal(api.room("standup")?.maxParticipants, program.maxParticipants);
          assert.deepEqual({ ...outs, __provider: PROVIDER_TEXT }, { ...olds, ...program });
          await change(outs, small);
          if (isDone) api.loseNext("update");
          else api.failNext("update", api.lost("update"));
        }
      });

      it("is made good where a setting was added that the program no longer has", async () => {
        const { outs } = await change(await lost(olds, { ...small, recordRoom: true }), small);
        assert.ok(!api.room("standup")?.recordRoom);
        assert.deepEqual({ ...outs, __provider: PROVIDER_TEXT }, olds);
      });

      it("is made good where a setting was taken out, and where it then came back", async () => {
        for (const program of [{ maxParticipants: 5 }, small]) {
          const { outs } = await change(await lost(olds, { maxParticipants: 5 }), program);
          assert.equal(api.room("standup")?.enableRecording, "enableRecording" in program);
          assert.equal("enableRecording" in outs, "enableRecording" in program);
          await change(outs, small);
          if (isDone) api.loseNext("update");
          else api.failNext("update", api.lost("update"));
        }
      });
    });
  }

  it("keeps nothing that the program no longer declares: Pulumi would not know a secret by then", async () => {
    const rtmpOutURL = canaryRtmpURL;
    const { outs } = await change(olds, { ...small, rtmpOutURL });
    api.loseNext("update");
    assertNoSecrets("the state", JSON.stringify(await lost({ ...outs, __provider: PROVIDER_TEXT }, large)));
    api.loseNext("update");
    const kept = await lost(olds, { ...small, rtmpOutURL });
    assertNoSecrets("the state", JSON.stringify(kept));
    assertNoSecrets("the state", JSON.stringify(await read(api.context(), "standup", kept)));
  });

  it("remembers what each of several left unsettled", async () => {
    api.loseNext("update").loseNext("update");
    const first = await lost(olds, large);
    assert.deepEqual((await lost(first, { maxParticipants: 5 })).__unsettled, ["maxParticipants", "enableRecording"]);
  });

  it("is no change of its own to diff, which leaves it to Pulumi's comparison of the inputs", async () => {
    api.loseNext("update");
    const state = await lost(olds, large);
    assert.deepEqual(diff(meetingRoom, "standup", state, leastInputs(meetingRoom, small), "demo", NOW), {});
    assert.deepEqual(diff(meetingRoom, "standup", olds, leastInputs(meetingRoom, small), "demo", NOW), {
      changes: false,
    });
  });

  it("is settled by a refresh where the room shows the settings", async () => {
    api.loseNext("update");
    const { props, inputs } = await read(api.context(), "standup", await lost(olds, large));
    assert.deepEqual({ ...props, __provider: PROVIDER_TEXT }, { ...olds, maxParticipants: 50 });
    assert.equal(inputs?.maxParticipants, 50);
    assert.ok(!("__unsettled" in (inputs ?? {})));
  });

  it("stays unsettled in a refresh that does not show them, and shows so in the preview", async () => {
    api.show = ({ maxParticipants: _, ...body }) => body;
    api.loseNext("update");
    const state = await lost(olds, large);
    const { props, inputs } = await read(api.context(), "standup", state);
    assert.deepEqual([props.__unsettled, inputs?.__unsettled], [["maxParticipants"], ["maxParticipants"]]);
    assert.deepEqual(known({ ...props, __provider: PROVIDER_TEXT }), olds);
    const { outs } = await change(props, small);
    assert.equal(api.room("standup")?.maxParticipants, 5);
    assert.ok(!("__unsettled" in outs));
  });

  it("stays unsettled in a refresh where the setting is none of the state's", async () => {
    api.loseNext("update");
    const { props } = await read(api.context(), "standup", await lost(olds, { ...small, recordRoom: true }));
    assert.deepEqual(props.__unsettled, ["recordRoom"]);
  });

  it("is another thing than an update that was refused, which leaves nothing unsettled", async () => {
    const refused = new BadKey({ action: "update", subject: "it", appName: "demo", isLive: false }, "");
    api.failNext("update", refused);
    await assert.rejects(change(olds, large), refused);
    api.failNext("get", api.lost("update"));
    await assert.rejects(change(olds, large), (error: unknown) => !(error instanceof NotAsDeclared));
  });
});
