import assert from "node:assert/strict";
import { generateName } from "../../provider/src/rooms/name";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { onPlugin, wireFailure } from "../support/onPlugin";
import { isSecret, revealed, secret, urnOf } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";

/** What a preview shows in place of a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("pulumi-resource-metered", () => {
  const on = onPlugin();
  const room = urnOf("MeetingRoom", "standup");
  const live = urnOf("LiveStreamingRoom", "town-hall");

  it("prints its port and nothing else", () => assert.match(on.plugin.printed, /^(\d+\n)?$/));

  it("carries a room through its whole life", async () => {
    const declared = { privacy: "private", roomName: "whole-life", maxParticipants: 3 };
    const { inputs, failures } = await on.plugin.check(room, {}, declared);
    assert.deepEqual([inputs, failures], [declared, []]);
    const { id, outs } = await on.plugin.create(room, inputs);
    assert.deepEqual([id, outs.url, outs.appName], ["whole-life", `${on.simulator.url}/whole-life`, "demo"]);
    assert.equal((await on.plugin.diff(room, id, outs, inputs)).changes, "none");
    assert.deepEqual(await on.plugin.read(room, id, outs, inputs), { id, props: outs, inputs });

    const next = (await on.plugin.check(room, inputs, { privacy: "public", roomName: "whole-life", enableChat: true }))
      .inputs;
    assert.deepEqual(await on.plugin.diff(room, id, outs, next), {
      changes: "some",
      replaces: [],
      properties: { privacy: "UPDATE", maxParticipants: "DELETE", enableChat: "ADD" },
      deleteBeforeReplace: true,
      stables: ["roomId", "appName", "created", "url", "roomName"],
    });
    const planned = await on.plugin.update(room, id, outs, next, { preview: true });
    on.simulator.requests.clear();
    const updated = await on.plugin.update(room, id, outs, next);
    assert.deepEqual(planned, updated, "the preview had told so");
    assert.deepEqual(
      on.simulator.requests.map(({ method }) => method),
      ["GET", "PUT"],
    );

    const renamed = (await on.plugin.check(room, next, { privacy: "public", roomName: "other" })).inputs;
    const { replaces, properties, deleteBeforeReplace } = await on.plugin.diff(room, id, updated.outs, renamed);
    assert.deepEqual([replaces, properties.roomName, deleteBeforeReplace], [["roomName"], "UPDATE_REPLACE", false]);

    const later = await PluginProcess.configured({ appName: "demo", secretKey: canaryKey, endpoint: on.simulator.url });
    await later.delete(room, id, updated.outs);
    assert.equal(on.simulator.rooms.find(({ roomName }) => roomName === id)?.archived, true);
    assert.equal((await later.read(room, id, updated.outs, next)).id, "");
    await later.stop();
  });

  it("makes the names that the dynamic resources make, and keeps them", async () => {
    const urn = { project: "rooms", stack: "dev", kind: "MeetingRoom", name: "standup" };
    const { inputs } = await on.plugin.check(room, {}, { privacy: "public" });
    const generated = generateName({ ...urn, parentTypes: "" });
    assert.deepEqual(inputs, { privacy: "public", roomName: generated, __auto: true });
    const inTeam = urnOf("MeetingRoom", "standup", "my:index:Org$my:index:Team$");
    const child = (await on.plugin.check(inTeam, {}, { privacy: "public" })).inputs;
    assert.equal(child.roomName, generateName({ ...urn, parentTypes: "my:index:Org$my:index:Team" }));
    const ofRoom = urnOf("MeetingRoom", "standup", "metered:index:MeetingRoom$");
    const inRoom = (await on.plugin.check(ofRoom, {}, { privacy: "public" })).inputs;
    assert.equal(inRoom.roomName, generateName({ ...urn, parentTypes: "pulumi-nodejs:dynamic/metered:MeetingRoom" }));
    const renamed = await on.plugin.check(urnOf("MeetingRoom", "daily"), inputs, { privacy: "public" });
    assert.equal(renamed.inputs.roomName, inputs.roomName);
  });

  it("tells every problem at its property, and quotes no secret", async () => {
    const { failures } = await on.plugin.check(live, {}, { enableRecording: "yes", rtmpOutURL: secret("http://a/b") });
    assert.deepEqual(failures, [
      { property: "", reason: "enableRecording must be true or false, not a string" },
      { property: "", reason: "rtmpOutURL must be a URL that starts with rtmp:// or rtmps://, not with http:" },
    ]);
    assert.deepEqual(on.simulator.requests, []);
  });

  it("answers a preview without a call, with what is not known yet", async () => {
    const { inputs } = await on.plugin.check(room, {}, { privacy: "public", maxParticipants: UNKNOWN });
    const { id, outs } = await on.plugin.create(room, inputs, { preview: true });
    assert.deepEqual([id, outs], ["", { ...inputs, appName: "demo", roomId: UNKNOWN, created: UNKNOWN, url: UNKNOWN }]);
    assert.deepEqual(on.simulator.requests, []);
  });

  it("keeps secrets secret: a stream's address always, all else where the program says so", async () => {
    const given = { roomName: "secrets", rtmpOutURL: canaryRtmpURL, displayMessage: secret("psst"), customCSS: "p {}" };
    const { inputs } = await on.plugin.check(live, {}, given);
    const { id, outs } = await on.plugin.create(live, inputs);
    const read = await on.plugin.read(live, id, outs, inputs);
    const { outs: updated } = await on.plugin.update(live, id, outs, { ...inputs, enableRecording: true });
    const planned = await on.plugin.create(live, inputs, { preview: true });
    for (const bag of [inputs, outs, read.props, read.inputs, updated, planned.outs]) {
      const secrets = Object.keys(bag).filter((name) => isSecret(bag[name]));
      assert.deepEqual(secrets.sort(), ["displayMessage", "rtmpOutURL"]);
      assert.equal(revealed(bag).rtmpOutURL, canaryRtmpURL);
    }
    assert.equal((await on.plugin.diff(live, id, outs, inputs)).changes, "none");
  });

  it("keeps a room whose setting did not take, with the story and its secrets", async () => {
    const body = { _id: "6b02ce269338de260e311489", roomName: "half", enableRecording: false, created: "now" };
    on.simulator.faults.inject({ fault: "status", operation: "create", afterCommit: true, status: 200, body });
    const inputs = { roomName: "half", enableRecording: true, rtmpOutURL: secret(canaryRtmpURL) };
    const { initFailure, message } = await wireFailure(on.plugin.create(live, inputs));
    assert.equal(initFailure?.id, "half");
    assert.match(initFailure?.reasons.join(" ") ?? "", /enableRecording is false on Metered, although true was sent/);
    assert.ok(isSecret(initFailure?.properties.rtmpOutURL));
    assert.equal("__provider" in (initFailure?.properties ?? {}), false);
    assertNoSecrets("the message", message);
  });

  it("gives an operation as much time as the program's customTimeouts", async () => {
    on.simulator.faults.inject({ fault: "delay", operation: "create", times: "always", ms: 20_000 });
    const { message } = await wireFailure(
      on.plugin.create(room, { privacy: "public", roomName: "slow" }, { timeout: 0.5 }),
    );
    assert.match(message, /no response in the time allowed \(1 attempt\)[\s\S]*customTimeouts/);
    on.simulator.faults.clear();
    on.simulator.faults.inject({ fault: "status", status: 503, operation: "create", times: "always" });
    const busy = await wireFailure(on.plugin.create(room, { privacy: "public", roomName: "busy" }, { timeout: 0.5 }));
    // The time may be over in the middle of an attempt.
    assert.match(busy.message, /HTTP 503|no time left \(\d+ attempts/);
  });

  it("makes a room beside the one it replaces, where the program says so, under a free name", async () => {
    const urn = urnOf("MeetingRoom", "both");
    const first = await on.plugin.check(urn, {}, { privacy: "public" });
    const old = await on.plugin.create(urn, first.inputs);
    await on.plugin.check(urn, first.inputs, { privacy: "public" });
    const { inputs } = await on.plugin.check(urn, {}, { privacy: "public" });
    const beside = await on.plugin.create(urn, inputs);
    assert.equal(beside.id, `${old.id}-2`);
    assert.equal((await on.plugin.diff(urn, beside.id, beside.outs, inputs)).changes, "none");
  });

  it("does not delete the room of a resource that stays, unless it is replaced in this run", async () => {
    const urn = urnOf("MeetingRoom", "stays");
    const { inputs } = await on.plugin.check(urn, {}, { privacy: "public", roomName: "stays" });
    const { id, outs } = await on.plugin.create(urn, inputs);
    const isThere = () => on.simulator.rooms.find(({ roomName }) => roomName === id)?.archived === false;
    const later = await PluginProcess.configured(
      { appName: "demo", secretKey: canaryKey, endpoint: on.simulator.url },
      on.engine.address,
    );
    await later.check(urn, inputs, { privacy: "public", roomName: "stays" });
    await later.diff(urn, id, outs, inputs);
    await later.delete(urn, id, outs);
    assert.ok(isThere());
    assert.match(
      on.engine.heard.at(-1)?.line ?? "",
      /"stays" was not deleted: another resource of this program manages it now/,
    );
    await later.delete(urn, id, { ...outs, roomId: "61005784c3c9104421af1535" });
    assert.ok(isThere(), "another one under the same name");
    await later.stop();
    const forced = await PluginProcess.configured({
      appName: "demo",
      secretKey: canaryKey,
      endpoint: on.simulator.url,
    });
    await forced.check(urn, {}, { privacy: "public", roomName: "stays" });
    await forced.delete(urn, id, outs);
    assert.equal(isThere(), false);
    await forced.stop();
  });

  it("never takes over a room that is not this stack's", async () => {
    on.simulator.addRoom("meeting", "stranger");
    const { message } = await wireFailure(on.plugin.create(room, { privacy: "public", roomName: "stranger" }));
    assert.match(
      message,
      /already has a room with that name[\s\S]*It was not changed[\s\S]*pulumi import metered:index:MeetingRoom standup stranger[\s\S]*adoptExisting[\s\S]*\[NameTaken\]$/,
    );
  });

  it("tells the user at the room what happened and what looks wrong, once", async () => {
    const declared = { privacy: "public", roomName: "Told", autoJoin: true };
    const { inputs } = await on.plugin.check(room, {}, declared);
    await on.plugin.check(room, {}, declared);
    const { id, outs } = await on.plugin.create(room, inputs);
    await on.plugin.update(room, id, outs, { privacy: "public", roomName: "Told" });
    const [warning, info, ...more] = on.engine.heard;
    assert.deepEqual([warning?.severity, warning?.urn, info?.severity, info?.urn], ["warning", room, "info", room]);
    assert.match(warning?.line ?? "", /^roomName has uppercase letters/);
    assert.match(info?.line ?? "", /autoJoin was removed from the program/);
    assert.deepEqual(more, []);
  });

  it("warns in the preview of a name that another resource of the program has", async () => {
    const [first, second] = [urnOf("MeetingRoom", "first-of-two"), urnOf("MeetingRoom", "second-of-two")];
    for (const urn of [first, second, second])
      await on.plugin.check(urn, {}, { privacy: "public", roomName: "shared" });
    assert.deepEqual(
      on.engine.heard.map(({ severity, urn, line }) => [severity, urn, line]),
      [
        [
          "warning",
          second,
          `roomName is "shared", the same as that of resource "first-of-two": two rooms can't have the same name`,
        ],
      ],
    );
  });

  it("serves its schema, in its version", async () => {
    const schema = JSON.parse(await on.plugin.schema()) as { version: string; resources: object };
    const { version } = require("../../provider/package.json") as { version: string };
    const kinds = ["MeetingRoom", "LiveStreamingRoom", "MeetingRoomSet", "LiveStreamingRoomSet"];
    const objects = ["TurnProject", "TurnCredential", "AccessToken"];
    assert.deepEqual(
      [schema.version, Object.keys(schema.resources).sort()],
      [version, [...kinds, ...objects].map((name) => `metered:index:${name}`).sort()],
    );
  });
});
