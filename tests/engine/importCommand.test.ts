import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ProfileName,
  type Simulator,
  type SimulatorOptions,
  type Switches,
  startSimulator,
} from "metered-simulator";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { addEveryRoom, ImportStack } from "../support/importing";
import { postProject } from "../support/objects";

const page = readFileSync(join(__dirname, "..", "..", "docs", "import.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map(([, text = ""]) => text);

/** All that there is to be seen, so that there is something to be wrong. */
const shown: Partial<Switches> = { liveOptionalInReplies: "echoed", pastExpiry: "accepted" };

describe("pulumi-metered on the real engine", function () {
  this.timeout(600_000);
  const simulators: Simulator[] = [];
  const opened: ImportStack[] = [];

  afterEach(async () => {
    const calls = simulators.flatMap(({ requests }) => requests.map(({ method }) => method));
    await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
    for (const { stack } of opened.splice(0)) stack.dispose();
    assert.deepEqual(
      calls.filter((method) => method !== "GET"),
      [],
      "nothing on the account was written",
    );
  });

  async function simulate(options: SimulatorOptions): Promise<Simulator> {
    const simulator = await startSimulator({ secretKey: canaryKey, ...options });
    simulators.push(simulator);
    return simulator;
  }

  async function open(simulator: Simulator, isCompiling = false): Promise<ImportStack> {
    const stack = await ImportStack.create({ simulator }, isCompiling);
    opened.push(stack);
    return stack;
  }

  /** The imported rooms are like those that a program made: nothing to do now, nor after a look at the server. */
  async function assertSettled(imported: ImportStack, count: number): Promise<void> {
    await imported.expect("pulumi preview --refresh --expect-no-changes --non-interactive");
    const rooms = imported.stack.rooms();
    assert.equal(rooms.length, count);
    for (const { urn, inputs, outputs } of rooms) {
      const isStream = urn.endsWith("stream") && inputs.rtmpOutURL !== undefined;
      assertNoSecrets("the state", JSON.stringify([inputs, outputs]));
      if (isStream) assert.match(JSON.stringify(inputs.rtmpOutURL), /ciphertext/);
    }
  }

  it("stops where the program does not load the module, and takes back what the program alters", async () => {
    const simulator = await simulate({ profile: "strange", switches: shown });
    const { meeting, live } = addEveryRoom(simulator);
    const imported = await open(simulator);
    const command = `npx pulumi-metered import --all --live ${live.join(" ")} --apply`;
    const missing = await imported.run(command);
    assert.equal(missing.code, 4, missing.text);
    assert.match(missing.text, /Add to index\.js:\n {2}require\(".\/rooms"\);/);
    assert.deepEqual(imported.stack.state(), []);

    imported.program(
      'import { runtime } from "@pulumi/pulumi";',
      "runtime.registerStackTransformation(({ name, props, opts }) =>",
      '  name === "every" ? { props: { ...props, maxParticipants: 99 }, opts } : undefined);',
      'require("./rooms");',
    );
    const differing = await imported.run(command);
    assert.equal(differing.code, 3, differing.text);
    assert.match(
      differing.text,
      /shows changes:\n {2}update MeetingRoom every \(maxParticipants\)\n.*Everything was rolled back/s,
    );
    assert.deepEqual(imported.stack.state(), [], "the state is as it was");

    imported.program('import "./rooms";');
    assert.match(
      (await imported.expect(command)).text,
      new RegExp(`^Imported ${meeting.length + live.length} rooms`, "m"),
    );
    await assertSettled(imported, meeting.length + live.length);
  });

  if (!isExhaustive) return;

  it("does what its page says, command by command", async () => {
    const simulator = await simulate({ switches: shown });
    const eu = await simulate({ app: "acme-eu", secretKey: `${canaryKey}-eu` });
    const every = addEveryRoom(simulator).meeting;
    simulator.addRoom("meeting", "lobby", { privacy: "public", enableChat: true });
    simulator.addRoom("live", "town-hall", { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL });
    simulator.addRoom("live", "keynote");
    eu.addRoom("meeting", "berlin", { privacy: "private" });
    const imported = await open(simulator);
    await imported.expect("pulumi config set --secret euKey", eu.secretKey);
    const provider = [
      'import * as pulumi from "@pulumi/pulumi";',
      'import * as metered from "pulumi-metered";',
      "const secretKey = new pulumi.Config().requireSecret('euKey');",
      `const eu = new metered.Provider("eu", { appName: "acme-eu", endpoint: "${eu.url}", secretKey });`,
    ];
    imported.program(...provider);
    await imported.expect("pulumi up --yes --skip-preview");

    const [look = "", files = "", apply = "", sets = "", live = "", byHand = "", turn = "", accounts = "", ...rest] =
      blocks("sh");
    const [letGo = "", doctor = "", ...more] = rest;
    assert.deepEqual(more, []);
    const [line = "", set = "", liveLine = "", providerLines = "", ...moreLines] = blocks("ts");
    assert.deepEqual(moreLines, []);
    const follow = async (block: string, input?: string) => {
      const printed: string[] = [];
      for (const command of block.trim().split("\n")) printed.push((await imported.expect(command, input)).text);
      return printed.join("\n");
    };

    assert.match(await follow(look), /^lobby +meeting +public +no +no$/m);
    const [head = ""] = /new metered.*/.exec(set) ?? [];
    assert.ok((await follow(sets.replace(/$/m, " --dry-run"))).includes(head), "the module declares no set as shown");
    assert.equal(imported.isThere("rooms.ts"), false);
    await follow(files);
    imported.program(...provider, line);
    assert.match(await follow(apply), new RegExp(`^Imported ${every.length + 1} rooms`, "m"));
    assert.equal(imported.isThere("rooms.import.json"), false);

    await follow(live);
    assert.equal(statSync(imported.path("live/rooms.import.json")).mode & 0o777, 0o600);
    imported.program(...provider, line, liveLine);
    await follow(byHand, canaryRtmpURL);
    assert.equal(imported.isThere("live/rooms.import.json"), false);

    await postProject(simulator, { projectName: "calls" });
    simulator.addTurnCredential({ label: "web" });
    assert.match(await follow(turn), /^Wrote turn\/rooms\.js, which declares 2 resources/m);

    const next = await follow(accounts);
    assert.match(next, /require\(".\/eu\/rooms"\)\.declareRooms\(PROVIDER\)/);
    imported.program(...provider, line, liveLine, providerLines);
    await follow(accounts.replace(/$/m, " --apply"));
    assert.match(String(imported.stack.rooms().find(({ id }) => id === "berlin")?.outputs.appName), /acme-eu/);

    assert.match(await follow(doctor), /^ok {4}Metered +app "demo" responds, and has 8 meeting rooms$/m);
    await follow(letGo);
    assert.deepEqual(
      imported.stack
        .rooms()
        .map(({ id }) => id)
        .sort(),
      ["berlin", "keynote", "town-hall", ...every].sort(),
    );
  });

  for (const profile of ["default", "strictest", "strange"] satisfies ProfileName[]) {
    it(`imports every setting from an account that is ${profile}`, async () => {
      const simulator = await simulate({ profile, switches: shown });
      const { meeting, live } = addEveryRoom(simulator);
      const imported = await open(simulator, true);
      imported.program('import "./rooms";');
      await imported.expect(`npx pulumi-metered import --all --live ${live.join(" ")} --apply`);
      await assertSettled(imported, meeting.length + live.length);
    });
  }

  it("imports 1,000 rooms with every setting", async function () {
    // Pulumi encrypts each secret of the configuration by itself.
    this.timeout(30 * 60_000);
    const simulator = await simulate({ switches: shown });
    for (let i = 0; i < 72; i++) addEveryRoom(simulator, `${i}-`);
    assert.ok(simulator.rooms.length > 1000);
    const imported = await open(simulator, true);
    imported.program('import "./rooms";');
    const names = simulator.rooms.filter(({ kind }) => kind === "live").map(({ roomName }) => roomName);
    writeFileSync(imported.path("live.txt"), names.join("\n"));
    await imported.expect("npx pulumi-metered import --all --live-file live.txt --apply");
    await assertSettled(imported, simulator.rooms.length);
  });
});
