import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi/errors";
import { type Output, secret } from "@pulumi/pulumi/output";
import type { ProviderResource } from "@pulumi/pulumi/resource";
import { setMocks } from "@pulumi/pulumi/runtime/mocks";
import { type Simulator, startSimulator } from "metered-simulator";
import * as metered from "../../provider/src";
import { canaryKey } from "../support/canary";
import {
  allRegistered,
  configure,
  Group,
  outsideOfEngine,
  registered,
  settled,
  Thing,
  unknownOutput,
} from "../support/program";

let number = 0;

describe("lookups with Outputs", () => {
  let simulator: Simulator;

  beforeEach(async () => {
    outsideOfEngine();
    simulator = await startSimulator({ secretKey: `${canaryKey}-outputs-${++number}` });
    simulator.addRoom("meeting", "standup", { privacy: "private" });
    simulator.addRoom("live", "standup");
    configure(simulator);
  });
  afterEach(() => simulator.close());
  after(outsideOfEngine);

  const calls = () => simulator.requests.length;

  it("answer with an Output, known and not secret", async () => {
    const room = metered.getMeetingRoomOutput({ roomName: "standup" });
    assert.deepEqual(await settled(room.privacy), { value: "private", isKnown: true, isSecret: false });
    const live = metered.getLiveStreamingRoomOutput({ roomName: Promise.resolve("standup") });
    assert.equal((await settled(live.currentlyBroadcasting)).value, false);
    const { rooms } = metered.getMeetingRoomsOutput({ namePrefix: "stand" });
    assert.deepEqual((await settled(rooms)).value, [(await settled(room)).value]);
  });

  it("answer with a secret where an argument is one", async () => {
    const room = metered.getMeetingRoomOutput({ roomName: secret("standup") });
    assert.deepEqual(await settled(room.privacy), { value: "private", isKnown: true, isSecret: true });
    assert.equal((await settled(metered.getMeetingRoomsOutput({ privacy: secret("public") }))).isSecret, true);
  });

  it("do not know the answer where an argument is not known yet, and make no call", async () => {
    const room = metered.getMeetingRoomOutput({ roomName: unknownOutput<string>() });
    assert.equal((await settled(room)).isKnown, false);
    assert.equal((await settled(room.url)).isKnown, false);
    assert.equal(
      (await settled(metered.getMeetingRoomsOutput({ namePrefix: unknownOutput<string>() }))).isKnown,
      false,
    );
    assert.equal(calls(), 0);
  });

  it("fail as their Output does, with the same errors", async () => {
    await assert.rejects(settled(metered.getMeetingRoomOutput({ roomName: "nowhere" })), (error: Error) => {
      assert.ok(RunError.isInstance(error));
      assert.equal(error.name, "RoomNotFound");
      return true;
    });
    const broken = new RunError("no name today");
    await assert.rejects(settled(metered.getMeetingRoomOutput({ roomName: Promise.reject(broken) })), broken);
  });

  describe("that come from resources", () => {
    const room = (thing: Thing) =>
      metered.getMeetingRoomOutput({ roomName: thing.label.apply(() => "standup") }) as Output<object>;
    const waiting = (dependsOn: Thing | Group | Thing[]) =>
      metered.getMeetingRoomOutput({ roomName: "standup" }, { dependsOn }) as Output<object>;

    it("wait until these are made: in a preview the answer is not known yet", async () => {
      const { thing, group } = await registered("planned", () => ({ thing: new Thing("a"), group: new Group("g") }));
      assert.deepEqual((await settled(thing.label)).isKnown, true, "the value alone would do");
      for (const planned of [room(thing), waiting(thing), waiting([thing]), waiting(group)]) {
        assert.equal((await settled(planned)).isKnown, false);
      }
      assert.equal(calls(), 0);
    });

    it("are asked after these are made, once for the same ones", async () => {
      const { thing, other, group } = await registered("made", () => ({
        thing: new Thing("a"),
        other: new Thing("b"),
        group: new Group("g"),
      }));
      for (const made of [room(thing), waiting(thing), waiting([thing])]) assert.ok((await settled(made)).isKnown);
      assert.equal(calls(), 1);
      simulator.editRoom("meeting", "standup", { privacy: "public" });
      // What was found before another resource was made need not be true after it.
      assert.equal((await settled(waiting(other) as Output<{ privacy: string }>)).value.privacy, "public");
      assert.ok((await settled(waiting(group))).isKnown);
      assert.equal(calls(), 3);
    });

    it("make what depends on the answer depend on them", async () => {
      const { thing } = await registered("made", () => ({ thing: new Thing("a") }));
      for (const made of [room(thing), waiting(thing)]) {
        const { allResources } = made as unknown as { allResources(): Promise<Set<unknown>> };
        assert.ok((await allResources()).has(thing));
      }
    });
  });

  describe("and an explicit provider", () => {
    const account = (changes: Partial<metered.ProviderArgs> = {}): metered.ProviderArgs => ({
      appName: Promise.resolve("demo"),
      secretKey: secret(simulator.secretKey),
      endpoint: simulator.url,
      retrySeconds: 0.001,
      ...changes,
    });
    const providers = (changes: Partial<metered.ProviderArgs> = {}) =>
      registered("made", () => {
        const eu = new metered.Provider("eu", account(changes));
        return { eu, parent: new Thing("child", { provider: eu }) };
      });

    beforeEach(() => configure(simulator, { appName: undefined, secretKey: undefined, endpoint: undefined }));

    it("ask its account, in both forms, also when the parent hands it on", async () => {
      const { eu, parent } = await providers();
      for (const opts of [{ provider: eu }, { parent }]) {
        assert.equal((await metered.getMeetingRoom({ roomName: "standup" }, opts)).appName, "demo");
        const room = metered.getMeetingRoomOutput({ roomName: "standup" }, opts);
        assert.deepEqual(await settled(room.appName), { value: "demo", isKnown: true, isSecret: false });
        assert.equal((await metered.getMeetingRooms({}, opts)).rooms.length, 1);
      }
      assert.equal(calls(), 2);
      await assert.rejects(metered.getMeetingRoom({ roomName: "standup" }), { name: "InvalidConfiguration" });
    });

    it("take nothing from the stack's configuration", async () => {
      configure(simulator);
      const { eu } = await providers({ endpoint: undefined, appName: "x--no-such-app", timeoutSeconds: -1 });
      const lookup = metered.getMeetingRoom({ roomName: "standup" }, { provider: eu });
      await assert.rejects(lookup, /timeoutSeconds of metered.Provider "eu" must be a number above 0/);
    });

    it("do not know the answer in a preview that does not know the provider's values; the plain form says what to use", async () => {
      const { eu } = await providers({ secretKey: unknownOutput<string>() });
      const room = metered.getMeetingRoomOutput({ roomName: "standup" }, { provider: eu });
      assert.equal((await settled(room)).isKnown, false);
      await assert.rejects(metered.getMeetingRoom({ roomName: "standup" }, { provider: eu }), (error: Error) => {
        assert.ok(RunError.isInstance(error));
        assert.match(error.message, /^getMeetingRoom: .*doesn't know yet\. Use getMeetingRoomOutput instead/);
        return true;
      });
      assert.equal(calls(), 0);
    });

    it("refuse a provider of another kind", async () => {
      const provider = (await registered("made", () => ({ thing: new Thing("a") }))).thing as unknown;
      const refused =
        /^getMeetingRooms: its provider, given or inherited from the parent, must be a metered\.Provider\.$/;
      const opts = { provider: provider as ProviderResource };
      await assert.rejects(metered.getMeetingRooms({}, opts), { message: refused });
      assert.throws(() => metered.getMeetingRoomsOutput({}, opts), { message: refused });
    });
  });

  it("hold Pulumi back from ending the program as long as they are under way", async () => {
    let isFound = false;
    metered.getMeetingRoomOutput({ roomName: "standup" }).apply(() => {
      isFound = true;
    });
    await allRegistered();
    assert.equal(isFound, true);
  });

  it("are mocked in a program's unit tests like those of every other package", async () => {
    const seen: unknown[] = [];
    await setMocks({
      newResource: ({ inputs }) => ({ id: "1", state: inputs }),
      call: ({ token, inputs }) => {
        seen.push([token, inputs]);
        return { ...inputs, url: "https://demo.metered.live/lobby" };
      },
    });
    const { url } = await metered.getMeetingRoom({ roomName: "lobby" });
    assert.equal(url, "https://demo.metered.live/lobby");
    assert.equal((await settled(metered.getLiveStreamingRoomOutput({ roomName: "lobby" }).roomName)).value, "lobby");
    await metered.getMeetingRooms({ namePrefix: "l" });
    assert.deepEqual(seen, [
      ["metered:index:getMeetingRoom", { roomName: "lobby" }],
      ["metered:index:getLiveStreamingRoom", { roomName: "lobby" }],
      ["metered:index:getMeetingRooms", { namePrefix: "l" }],
    ]);
    assert.equal(calls(), 0);
  });
});
