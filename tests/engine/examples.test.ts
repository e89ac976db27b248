import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, type SimulatorOptions, type StoredRoom, startSimulator } from "metered-simulator";
import { randomComponent } from "../../tools/engine/components";
import { findRandomPlugin } from "../../tools/engine/random";
import { assertNoKey, canaryKey } from "../support/canary";
import { isExhaustive, slowTest } from "../support/exhaustive";
import { TestStack } from "../support/stack";

/** The style check has looked at the types of all examples; that takes longer than everything else. */
const transpileOnly = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

describe("the examples on the real engine", function () {
  this.timeout(300_000);
  const simulators: Simulator[] = [];
  const stacks: TestStack[] = [];

  afterEach(async () => {
    await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
    for (const stack of stacks.splice(0)) stack.dispose();
  });

  async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
    const simulator = await startSimulator({ secretKey: canaryKey, ...options });
    simulators.push(simulator);
    return simulator;
  }

  async function open(example: string, simulator: Simulator, config = {}): Promise<TestStack> {
    const stack = await TestStack.create({ simulator, folder: join("examples", example), config });
    stacks.push(stack);
    return stack;
  }

  /** Planned, then made as planned, as where somebody approves a deployment. Answers what was printed. */
  async function upAsPlanned(stack: TestStack, env: NodeJS.ProcessEnv = transpileOnly): Promise<string> {
    const experimental = { PULUMI_EXPERIMENTAL: "1" };
    const plan = await stack.run(["preview", "--save-plan", "plan.json"], { ...experimental, ...env });
    assert.equal(plan.code, 0, plan.text);
    const up = await stack.run(["up", "--plan", "plan.json"], { ...experimental, ...transpileOnly });
    assert.equal(up.code, 0, up.text);
    return plan.text + up.text;
  }

  /** Nothing is left to do, neither in the program's eyes nor after a look at the server. */
  async function assertSettled(stack: TestStack): Promise<void> {
    const { code, text } = await stack.run(["preview", "--refresh", "--expect-no-changes"], transpileOnly);
    assert.equal(code, 0, text);
  }

  const living = ({ rooms }: Simulator) => rooms.filter(({ archived }) => !archived);
  const only = ({ rooms }: Simulator, kind: StoredRoom["kind"]): StoredRoom => {
    const found = rooms.filter((room) => room.kind === kind);
    assert.equal(found.length, 1, `one ${kind} room`);
    return found[0] as StoredRoom;
  };

  it("quickstart: a meeting room and a live room", async () => {
    const simulator = await simulate();
    const stack = await open("quickstart", simulator);
    // As a user has it: Pulumi checks the types.
    await upAsPlanned(stack, {});
    await assertSettled(stack);
    const [standup, townHall] = [only(simulator, "meeting"), only(simulator, "live")];
    assert.deepEqual(standup.settings, { privacy: "private", maxParticipants: 12 });
    assert.deepEqual(stack.outputs(), {
      standupName: standup.roomName,
      join: `${simulator.url}/${standup.roomName}`,
      watch: `${simulator.url}/${townHall._id}/player`,
      broadcast: `${simulator.url}/livestreaming-rooms/${townHall._id}/app/${simulator.appId}/broadcast`,
    });
    await stack.pulumi("destroy");
    assert.deepEqual(living(simulator), [townHall]);
  });

  describe("alongside", () => {
    let plugin: string;

    before(async function () {
      // The first time on a machine that cannot download the plugin, it is built.
      this.timeout(45 * 60_000);
      plugin = await findRandomPlugin();
    });

    it("a name and a token from the real @pulumi/random, the room's URL handed on to it", async () => {
      const simulator = await simulate();
      const stack = await open("alongside", simulator);
      const release = [`v${randomComponent.version}`, "--file", plugin];
      await stack.pulumi("plugin", "install", "resource", "random", ...release);
      let printed = await upAsPlanned(stack);
      await assertSettled(stack);

      const resource = (type: string) => stack.state().find((each) => each.type === `random:index/random${type}`);
      const { roomName, settings } = only(simulator, "meeting");
      const token = /\?token=([0-9A-Za-z]{32})$/.exec(String(settings.meetingEndedWebhook))?.[1];
      const code = resource("String:RandomString")?.outputs.result;
      assert.match(roomName, /^clinic-[a-z]+-[a-z]+$/);
      assert.equal(resource("Pet:RandomPet")?.id, roomName);
      assert.ok(token, "the webhook carries the token");
      assert.match(String(code), /^[a-z]{6}$/);
      assert.equal(
        stack.state().find(({ type }) => type === "pulumi:providers:random")?.inputs.version,
        randomComponent.version,
      );

      const assertAt = (backend: string) => {
        const url = `${simulator.url}/${roomName}`;
        const { meetingStartedWebhook, meetingEndedWebhook } = only(simulator, "meeting").settings;
        assert.equal(meetingStartedWebhook, `${backend}/metered/started?token=${token}`);
        assert.equal(meetingEndedWebhook, `${backend}/metered/ended?token=${token}`);
        const { join: link, invitation } = stack.outputs();
        assert.equal(link, url);
        assert.equal(invitation, `Your doctor waits at ${url}, or at ${backend} with the code ${code}.`);
        const plan = readFileSync(join(stack.folder, "plan.json"), "utf8");
        assert.equal((printed + plan + JSON.stringify(stack.state())).includes(token), false, "the token is in clear");
      };
      assertAt("https://clinic.example.com");

      // A setting changes; what was drawn stays.
      await stack.configure({ config: { "alongside:backend": "https://other.example.com" } });
      printed += await upAsPlanned(stack);
      assertAt("https://other.example.com");
      assert.doesNotMatch(printed, /warning|replace/);
      await stack.pulumi("destroy");
      assert.deepEqual(living(simulator), []);
    });
  });

  slowTest("many-rooms: a room for each group and exam of the timetable, whatever the order in it", async () => {
    const simulator = await simulate();
    const stack = await open("many-rooms", simulator);
    await upAsPlanned(stack);
    const file = join(stack.folder, "timetable.json");
    const timetable = JSON.parse(readFileSync(file, "utf8"));
    timetable.courses.reverse();
    writeFileSync(file, JSON.stringify(timetable));
    await assertSettled(stack);

    const links = stack.outputs().links as Record<string, Record<string, string>>;
    const courses: { name: string; groups: string[]; exam?: unknown }[] = timetable.courses;
    const expected = courses.flatMap(({ name, groups, exam }) =>
      [...groups, ...(exam ? ["exam"] : [])].map((group) => `${name}-${group}`),
    );
    assert.equal(expected.length, 14);
    const linked = Object.values(links).flatMap((each) => Object.values(each));
    assert.deepEqual(
      linked.sort(),
      living(simulator)
        .map(({ roomName }) => `${simulator.url}/${roomName}`)
        .sort(),
    );
    for (const name of expected) {
      const { roomName, settings } = living(simulator).find((room) => room.roomName.startsWith(`${name}-`)) ?? {};
      assert.ok(roomName && settings, `a room for ${name}`);
      const isExam = name.endsWith("-exam");
      assert.equal(settings.deleteOnExp, isExam);
      if (!isExam) assert.equal(settings.expireUnixSec, Date.parse(timetable.termEnds) / 1000);
    }
    await stack.pulumi("destroy");
    assert.deepEqual(living(simulator), []);
  });

  slowTest("gitops: the same rooms with the settings of each stack", async () => {
    const simulator = await simulate();
    const stack = await open("gitops", simulator, { "gitops:seats": "4" });
    await upAsPlanned(stack);
    await assertSettled(stack);
    const links = Object.fromEntries(["board", "sales", "support"].map((team) => [team, `${simulator.url}/${team}`]));
    assert.deepEqual(stack.outputs(), { links });
    assert.deepEqual(living(simulator)[0]?.settings, { privacy: "private", maxParticipants: 4 });
    await stack.pulumi("destroy");
    assert.deepEqual(living(simulator), []);
  });

  slowTest("fleet: the rooms of the tenant that the stack is named after", async () => {
    const simulator = await simulate();
    const stack = await open("fleet", simulator);
    writeFileSync(join(stack.folder, "tenants.json"), '{"dev":{"seats":7,"rooms":["board"]}}');
    await upAsPlanned(stack);
    await assertSettled(stack);
    assert.deepEqual(stack.outputs(), { links: { board: `${simulator.url}/dev-board` } });
    assert.equal(only(simulator, "meeting").settings.maxParticipants, 7);
    await stack.pulumi("destroy");
    assert.deepEqual(living(simulator), []);
  });

  if (!isExhaustive) return;

  it("two-accounts: the same name in both, with keys from the stack's configuration", async () => {
    const eu = await simulate({ app: "acme-eu", secretKey: `${canaryKey}-eu` });
    const us = await simulate({ app: "acme-us", secretKey: `${canaryKey}-us` });
    const stack = await open("two-accounts", eu, {
      // Neither the app nor the server of the stack's own account is known.
      appName: undefined,
      endpoint: undefined,
      "two-accounts:euAppName": eu.app,
      "two-accounts:euEndpoint": eu.url,
      "two-accounts:usAppName": us.app,
      "two-accounts:usEndpoint": us.url,
    });
    const keys = [`euSecretKey=${eu.secretKey}`, `usSecretKey=${us.secretKey}`];
    await stack.pulumi("config", "set-all", ...keys.flatMap((key) => ["--secret", key]));
    await upAsPlanned(stack);
    await assertSettled(stack);
    for (const { rooms } of [eu, us]) assert.equal(rooms[0]?.roomName, "support");
    assert.deepEqual(stack.outputs(), { eu: `${eu.url}/support`, us: `${us.url}/support` });
    await stack.pulumi("destroy");
    assert.deepEqual([...living(eu), ...living(us)], []);
    assertNoKey("the other simulator's log", JSON.stringify(us.requests));
  });

  it("webinar: recorded and sent on with a secret key; only its green room is deleted", async () => {
    const simulator = await simulate();
    const stack = await open("webinar", simulator);
    const streamKey = "canary-stream-5-Kj5x";
    await stack.pulumi("config", "set", "--secret", "streamKey", streamKey);
    await upAsPlanned(stack);
    await assertSettled(stack);
    const [webinar, greenRoom] = [only(simulator, "live"), only(simulator, "meeting")];
    const { rtmpOutURL, enableRecording, enableRTMPOut } = webinar.settings;
    assert.deepEqual([enableRecording, enableRTMPOut], [true, true]);
    assert.equal(rtmpOutURL, `rtmps://a.rtmps.youtube.com/live2/${streamKey}`);
    assert.equal(greenRoom.settings.privacy, "private");
    assert.equal(stack.outputs().speakers, `${simulator.url}/${greenRoom.roomName}`);
    await stack.pulumi("destroy");
    assert.deepEqual(living(simulator), [webinar]);
  });
});
