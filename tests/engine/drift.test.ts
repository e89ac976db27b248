import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type RoomKind, type Setting, type Simulator, startSimulator } from "metered-simulator";
import { canaryKey, canaryRtmpURL } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import type { Run } from "../support/run";
import { TestStack } from "../support/stack";

const CHECK = "pulumi preview --refresh --expect-no-changes --json";
/** How often the check must find nothing in a row. */
const TIMES = !isExhaustive ? 2 : 100;
const page = readFileSync(join(__dirname, "..", "..", "docs", "drift.md"), "utf8");
const soon = Math.floor(Date.now() / 1000) + 3600;

interface Drift {
  readonly kind: RoomKind;
  /** The room's name in the program and, where nothing else is said, on Metered. */
  readonly name: string;
  readonly roomName?: string;
  readonly setting: string;
  readonly declared: Setting;
  readonly outside: Setting;
}

const secret = { setting: "rtmpOutURL", declared: canaryRtmpURL, outside: `${canaryRtmpURL}-2` };
const hook = { setting: "meetingJoinWebhook", declared: "https://a.example.com/x", outside: "https://b.example.com/x" };

/** A room for each kind of setting, of both kinds of room where they have it: what is declared, and what somebody sets. */
const drifts: readonly Drift[] = [
  { kind: "meeting", name: "choice", setting: "privacy", declared: "public", outside: "private" },
  { kind: "meeting", name: "boolean", setting: "enableChat", declared: true, outside: false },
  { kind: "meeting", name: "integer", setting: "maxParticipants", declared: 5, outside: 50 },
  { kind: "meeting", name: "timestamp", setting: "expireUnixSec", declared: soon, outside: soon + 60 },
  { kind: "meeting", name: "url", ...hook },
  { kind: "meeting", name: "secret", ...secret },
  { kind: "meeting", name: "name", roomName: "Upper-Case", setting: "autoJoin", declared: false, outside: true },
  { kind: "live", name: "live-boolean", setting: "enableRecording", declared: true, outside: false },
  { kind: "live", name: "live-text", setting: "displayMessage", declared: "Soon.", outside: "Later." },
  { kind: "live", name: "live-secret", ...secret },
  { kind: "live", name: "live-name", roomName: "Upper-Live", setting: "customCSS", declared: "p{}", outside: "b{}" },
];

const className = { meeting: "MeetingRoom", live: "LiveStreamingRoom" } as const;

function declaration({ kind, name, roomName = name, setting, declared }: Drift): string {
  const settings = { roomName, ...(kind === "meeting" ? { privacy: "public" } : {}), [setting]: declared };
  const text = JSON.stringify(settings).replace(JSON.stringify(canaryRtmpURL), "stream");
  return `new metered.${className[kind]}("${name}", ${text});`;
}

const others = `
  new metered.MeetingRoom("undeclared", { roomName: "undeclared", privacy: "public" });
  new metered.MeetingRoom("ignored", { roomName: "ignored", privacy: "public", maxParticipants: 5 }, { ignoreChanges: ["maxParticipants"] });
  new metered.MeetingRoom("deleted", { roomName: "deleted", privacy: "public" });
  new metered.LiveStreamingRoom("live-deleted", { roomName: "live-deleted" });
`;

describe("drift on the real engine", function () {
  this.timeout(1_800_000);
  let simulator: Simulator;
  let stack: TestStack;
  const ran = new Set<string>();

  /** Runs a command as it stands on the page about drift. */
  function run(command: string): Promise<Run> {
    ran.add(command);
    return stack.run(command.split(" ").slice(1));
  }

  async function runs(command: string): Promise<string> {
    const { code, text } = await run(command);
    assert.equal(code, 0, text);
    return text;
  }

  /** What the scheduled check found: the settings that differ, by the room's name in the program. */
  async function check(): Promise<{ code: number; changes: Record<string, string> }> {
    const { code, stdout } = await run(CHECK);
    const { steps } = JSON.parse(stdout) as {
      steps: { op: string; urn: string; detailedDiff: object | null }[];
    };
    const changes = steps
      .filter(({ op }) => op !== "same" && op !== "refresh")
      .map(({ op, urn, detailedDiff }) => [urn.split("::").at(-1), Object.keys(detailedDiff ?? {}).join() || op]);
    return { code, changes: Object.fromEntries(changes) };
  }

  const idOf = ({ name, roomName = name }: Drift) => roomName.toLowerCase();
  const living = (kind: RoomKind, name: string) =>
    simulator.rooms.find((room) => room.kind === kind && room.roomName === name && !room.archived);

  function program(changes: (drift: Drift) => Drift = (drift) => drift): void {
    const rooms = drifts.map((drift) => declaration(changes(drift)));
    stack.program(`const stream = new pulumi.Config().require("stream");\n${rooms.join("\n")}${others}`);
  }

  before(async () => {
    const switches = { nameCase: "lowered", liveOptionalInReplies: "echoed", getAfterDelete: "archived" } as const;
    simulator = await startSimulator({ secretKey: canaryKey, switches });
    stack = await TestStack.create({ simulator });
    await stack.pulumi("config", "set", "--secret", "stream", canaryRtmpURL);
    program();
    await stack.pulumi("up");
  });
  after(async () => {
    await simulator.close();
    stack.dispose();
  });

  it(`is not seen where there is none, ${TIMES} times in a row, while rooms are in use and broadcasts run`, async () => {
    const state = JSON.stringify(stack.state());
    for (let time = 1; time <= TIMES; time++) {
      for (const drift of drifts) {
        // Nobody documents what else a reply may hold; it is none of the program's business.
        simulator.editRoom(drift.kind, idOf(drift), { participantsNow: time, lastSession: `session ${time}` });
        if (drift.kind === "live") simulator.setBroadcasting(idOf(drift), time % 2 === 1);
      }
      assert.deepEqual(await check(), { code: 0, changes: {} });
    }
    assert.equal(JSON.stringify(stack.state()), state, "a preview changes nothing");
  });

  it("is shown with the old and the new value, and nothing else is", async () => {
    for (const drift of drifts) simulator.editRoom(drift.kind, idOf(drift), { [drift.setting]: drift.outside });
    simulator.editRoom("meeting", "undeclared", { enableChat: true, maxParticipants: 9 });
    simulator.editRoom("meeting", "ignored", { maxParticipants: 50 });
    simulator.archiveRoom("meeting", "deleted");
    simulator.archiveRoom("live", "live-deleted");
    const text = await runs("pulumi preview --refresh --diff");
    for (const { setting, declared, outside } of drifts) {
      const [old, now] =
        setting === "rtmpOutURL" ? ["[secret]", "[secret]"] : [declared, outside].map((v) => JSON.stringify(v));
      const change = (from: unknown, to: unknown) => new RegExp(`~ ${setting} *: ${literal(`${from} => ${to}`)}`);
      if (setting !== "rtmpOutURL") assert.match(text, change(old, now), "what was done outside");
      assert.match(text, change(now, old), "what up would do");
    }
    assert.doesNotMatch(text, /id=undeclared|participantsNow/);
  });

  it("makes the scheduled check fail, which names each change", async () => {
    const changed = drifts.map(({ name, setting }) => [name, setting]);
    const expected = { ...Object.fromEntries(changed), deleted: "create", "live-deleted": "create" };
    assert.deepEqual(await check(), { code: 7, changes: expected });
  });

  it("is taken into the state by a refresh, and put back by the next up", async () => {
    const text = await runs("pulumi refresh --diff");
    assert.match(text, /~ 11 updated\s+- 2 deleted/);
    for (const { name, setting, outside } of drifts) assert.ok(isIn(stack.room(name).inputs, setting, outside), name);
    await runs("pulumi up");
    for (const drift of drifts) {
      assert.equal(living(drift.kind, idOf(drift))?.settings[drift.setting], drift.declared, drift.name);
    }
    assert.ok(living("meeting", "deleted") && living("live", "live-deleted"), "deleted rooms are there again");
    const { enableChat, maxParticipants } = living("meeting", "undeclared")?.settings ?? {};
    assert.deepEqual([enableChat, maxParticipants], [true, 9], "what is not declared stays as it is");
    assert.equal(living("meeting", "ignored")?.settings.maxParticipants, 50, "and so does what is to be ignored");
    assert.deepEqual(await check(), { code: 0, changes: {} });
  });

  it("is kept by a program that declares what was changed", async () => {
    for (const drift of drifts.filter(({ setting }) => setting !== "rtmpOutURL")) {
      simulator.editRoom(drift.kind, idOf(drift), { [drift.setting]: drift.outside });
    }
    program((drift) => (drift.setting === "rtmpOutURL" ? drift : { ...drift, declared: drift.outside }));
    const writes = () => simulator.requests.filter(({ method }) => method !== "GET").length;
    const before = writes();
    await runs("pulumi up --refresh");
    assert.equal(writes(), before);
  });

  it("is also a room that was created again under the same name: ours is gone", async () => {
    simulator.recreateRoom("meeting", "undeclared");
    simulator.recreateRoom("live", "live-text");
    assert.deepEqual(await check(), { code: 7, changes: { undeclared: "create", "live-text": "create" } });
  });

  it("is looked for with the key of the last up, or with today's; one that Metered refuses is neither drift nor none", async () => {
    await stack.pulumi("config", "set", "--secret", "metered:secretKey", `${canaryKey}-wrong`);
    assert.equal((await check()).code, 7);
    const { code, text } = await run("pulumi preview --refresh --run-program --expect-no-changes --json");
    assert.equal(code, 1, text);
    assert.match(text, /\[InvalidSecretKey\]/);
  });

  it("has a page whose commands are all tested here", () => {
    const commands = [...page.matchAll(/^ *(?:\$ |- run: )?(pulumi [^#\n]*?) *(?:#.*)?$/gm)].map(
      ([, command]) => command,
    );
    assert.ok(commands.length >= 4);
    assert.deepEqual(
      commands.filter((command) => !ran.has(command ?? "")),
      [],
    );
  });
});

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Whether a setting is in a bag of the state; of an encrypted one only that it is there can be told. */
function isIn(bag: Readonly<Record<string, unknown>>, setting: string, value: Setting): boolean {
  return setting === "rtmpOutURL" ? typeof bag[setting] === "object" : bag[setting] === value;
}
