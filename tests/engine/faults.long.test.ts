import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { type Call, type Trouble, troubles } from "../reliability/faults";
import { errorOf } from "../reliability/faultTargets";
import { classesTold } from "../reliability/told";
import { canaryKey } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import type { Run } from "../support/run";
import { closedPort, closeServers } from "../support/servers";
import { TestStack } from "../support/stack";

/** Seconds; the enormous reply needs some on a busy machine. */
const PATIENCE = isExhaustive ? 15 : 5;

/** One of each class, but for those that need a provider process of their own. */
const QUICK = [
  "cut after commit",
  "a reply that never comes, after the server has done it",
  "401",
  "403",
  "404 in JSON",
  "409",
  "429",
  "502 in HTML, before the server has done it",
  "truncated JSON",
  "a redirect",
  "a reply about another room",
];

const met = troubles
  .filter(({ title }) => isExhaustive || QUICK.includes(title))
  // Each has a room of its own, so that one run meets them all.
  .map((trouble) => ({
    ...trouble,
    room: trouble.title.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    says: saidHere(trouble),
  }));
type Met = (typeof met)[number];

/** What depends on the machine, and on how long a response is waited for. */
function saidHere({ address, fault, says }: Trouble): RegExp {
  if (address === "not found") return /host name (not found|could not be looked up)/;
  return fault?.fault === "hang" ? new RegExp(`no response within ${PATIENCE} s`) : says;
}

/** For all rooms at once. */
const ALL_AT_ONCE = ["--parallel", "64"];
const CONFIG = { maxConcurrentRequests: "64", timeoutSeconds: `${PATIENCE}` };
/** A proxy would be asked for the name that is not resolved. */
const NO_PROXY = { NO_PROXY: "*", no_proxy: "*" };

describe("every class of fault on the real engine", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let stack: TestStack;
  let refused: string;

  before(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator, config: CONFIG });
    refused = `http://127.0.0.1:${await closedPort()}`;
  });
  after(async () => {
    await closeServers();
    await simulator.close();
    stack.dispose();
  });

  /** Rooms whose trouble is with the address have providers of their own. */
  function program({ isTroubled = false, adoptExisting = false, settings = "" }): void {
    const endpoints = isTroubled ? { refused, "not found": "https://metered.invalid" } : {};
    const lines = met.map(({ room, address }) => {
      const options = address ? `{ provider: provider("${address}") }` : "{}";
      return `new metered.MeetingRoom("${room}", { privacy: "public", roomName: "${room}", ${settings} }, ${options});\n`;
    });
    stack.program(`
      const secretKey = new pulumi.Config("metered").requireSecret("secretKey");
      const account = { appName: "${simulator.app}", secretKey, retrySeconds: 1, adoptExisting: ${adoptExisting} };
      const endpoints = ${JSON.stringify(endpoints)};
      const providers = {};
      const provider = (name) => providers[name] ??=
        new metered.Provider(name, { ...account, endpoint: endpoints[name] ?? "${simulator.url}" });
      ${lines.join("")}
    `);
  }

  function strike(troubled: readonly Met[], conditions: { operation?: Call }): void {
    simulator.faults.clear();
    for (const { room, fault } of troubled)
      if (fault) simulator.faults.inject({ ...fault, ...conditions, roomName: room, times: "always" });
  }

  /** The user was told of each trouble, once, and in the words of its class. */
  function assertTold({ code, text }: Run, troubled: readonly Met[], call: Call): void {
    assert.notEqual(code, 0);
    const isWaiting = (line: string) => line.endsWith("retrying.");
    const lines = text.slice(text.indexOf("\nDiagnostics:")).split("\n");
    const diagnostics = lines.filter((line) => !isWaiting(line)).join("\n");
    for (const trouble of troubled) {
      // Its ways out have lines of their own, and the class is the last word. Of a server that can't be reached the room
      // isn't named, but Pulumi names its resource.
      const about = `meeting room "${trouble.room}"|MeetingRoom \\(${trouble.room}\\):\\n\\s+error: Can't reach `;
      const message = new RegExp(`^.*(?:${about})[^]*?\\[[A-Z]\\w+\\]$`, "gim");
      const messages = diagnostics.match(message) ?? [];
      assert.equal(messages.length, 1, `${trouble.room}:\n${messages.join("\n")}${diagnostics}`);
      const [said = ""] = messages;
      assert.deepEqual(classesTold(said), [errorOf(trouble, call)], said);
      assert.match(said, trouble.says);
    }
  }

  /** The next run says of these rooms, and of no others, that they exist. */
  async function assertTaken(made: readonly Met[]): Promise<void> {
    program({});
    const { text } = await stack.failing("up", "--continue-on-error", ...ALL_AT_ONCE);
    const taken = met.filter(({ room }) =>
      text.includes(`create meeting room "${room}": app "demo" already has a room with that name`),
    );
    assert.deepEqual(taken, made);
  }

  /** One room on the server for each in the state, and that one. */
  async function assertConverged(count: number): Promise<void> {
    const living = simulator.rooms.filter(({ archived }) => !archived);
    assert.deepEqual(
      living.map(({ _id }) => _id).sort(),
      stack
        .rooms()
        .map(({ outputs }) => outputs.roomId)
        .sort(),
    );
    assert.equal(living.length, count);
    await stack.assertSettled();
  }

  it("create: the error is the right one, none is lost, and none is made twice", async () => {
    const troubled = met.filter(({ isHarmless }) => !isHarmless?.includes("create"));
    program({ isTroubled: true });
    // Without an operation: the look after a lost reply fails, too.
    strike(troubled, {});
    assertTold(await stack.run(["up", "--continue-on-error", ...ALL_AT_ONCE], NO_PROXY), troubled, "create");
    strike([], {});
    if (isExhaustive) await assertTaken(troubled.filter(({ isDone }) => isDone));
    program({ adoptExisting: true });
    await stack.configure({ config: { ...CONFIG, adoptExisting: "true" } });
    await stack.pulumi("up");
    await assertConverged(met.length);
  });

  if (!isExhaustive) return;

  it("update: the error is the right one, and the next up puts it right", async () => {
    const troubled = met.filter(({ isHarmless }) => !isHarmless?.includes("update"));
    program({ isTroubled: true, settings: "maxParticipants: 6" });
    strike(troubled, { operation: "update" });
    assertTold(await stack.run(["up", "--continue-on-error", ...ALL_AT_ONCE], NO_PROXY), troubled, "update");
    strike([], {});
    program({ settings: "maxParticipants: 6" });
    await stack.pulumi("up");
    await assertConverged(met.length);
    assert.ok(stack.rooms().every(({ outputs }) => outputs.maxParticipants === 6));
  });

  it("refresh: the error is the right one, and no room leaves the state", async () => {
    // Refresh uses the addresses in the state; and a server that says in its own words that a room is gone is believed.
    const troubled = met.filter(
      ({ isHarmless, fault, title }) => fault && !isHarmless?.includes("get") && title !== "404 in JSON",
    );
    strike(troubled, { operation: "get" });
    assertTold(await stack.run(["refresh", ...ALL_AT_ONCE], NO_PROXY), troubled, "get");
    strike([], {});
    await assertConverged(met.length);
  });

  it("delete: the error is the right one, and the next destroy finishes", async () => {
    // Where no sense can be made of the reply, the room itself is looked at.
    const troubled = met.filter(
      ({ isHarmless, fault, isDone, error }) =>
        fault && !isHarmless?.includes("delete") && !(isDone && error === "UnexpectedResponse"),
    );
    strike(troubled, { operation: "delete" });
    assertTold(await stack.run(["destroy", "--continue-on-error", ...ALL_AT_ONCE], NO_PROXY), troubled, "delete");
    strike([], {});
    await stack.pulumi("destroy");
    assert.deepEqual(stack.rooms(), []);
    assert.ok(simulator.rooms.every(({ archived }) => archived));
  });
});
