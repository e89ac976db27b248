import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { handWritten, installCommandPlugin, type Style, withCommand } from "../support/movingOver/formerOwners";
import { blocks, program, unusedBlocks } from "../support/movingOver/page";
import { TestStack } from "../support/stack";

describe("docs/moving-over.md: a room changes hands without a write on Metered", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let stack: TestStack;

  const start = async (secretKey: string) => {
    simulator = await startSimulator({ secretKey });
    stack = await TestStack.create({ simulator });
  };
  before(function () {
    if (!["jq", "curl"].every(isInstalled)) this.skip();
  });
  afterEach(async () => {
    await simulator.close();
    stack.dispose();
  });

  /** Some of the plugins of a former owner stand in the program's folder. */
  const env = () => ({
    PATH: [stack.path, stack.folder].join(delimiter),
    METERED_SECRET_KEY: simulator.secretKey,
  });
  /** A block of the page as a script for this stack. */
  const run = (script: string) => stack.shell(script.replaceAll("https://NAME.metered.live", simulator.url), env());
  const importRoom = async () => {
    stack.program(program("import"));
    const [rooms = ""] = blocks("import", "json");
    writeFileSync(join(stack.folder, "rooms.json"), rooms.replaceAll("NAME", simulator.app));
    for (const script of blocks("import", "sh")) await run(script);
  };
  /** The stack has the rooms that there were, and nothing was written on Metered. */
  const prove = async (rooms: Readonly<Record<string, string>>) => {
    for (const script of blocks("prove", "sh")) await run(script);
    const managed = stack.rooms().map(({ id, outputs }) => [id, outputs.roomId]);
    assert.deepEqual(Object.fromEntries(managed), rooms);
    const writes = simulator.requests.filter(({ method }) => method !== "GET");
    assert.deepEqual(writes, []);
  };

  it("from the plain API, or from Terraform's restapi", async () => {
    await start(canaryKey);
    const { _id: lobby } = simulator.addRoom("meeting", "lobby", { privacy: "public", enableChat: true });
    simulator.setSwitches({ listArchived: "yes" });
    simulator.addRoom("meeting", "old");
    simulator.archiveRoom("meeting", "old");
    const [listOfApi = ""] = blocks("api", "sh");
    assert.equal((await run(listOfApi)).stdout, "lobby\n");

    // Written by Terraform 1.11.4 and restapi 1.20.0 for two rooms of a simulator.
    const state = join(__dirname, "..", "support", "movingOver", "terraform.tfstate");
    copyFileSync(state, join(stack.folder, "terraform.tfstate"));
    const [list = "", forget = ""] = blocks("terraform", "sh");
    const isHere = isInstalled("terraform");
    const listed = isHere ? list : list.replace("terraform state pull", "cat terraform.tfstate");
    assert.equal((await run(listed)).stdout, "/room lobby\n/room team-blue\n");
    await importRoom();
    if (isHere) {
      await run(forget);
      assert.equal((await run(list)).stdout, "/room team-blue\n");
    }
    await prove({ lobby });
  });

  it("from @pulumi/command", async () => {
    await start(canaryKey);
    const { _id: lobby } = simulator.addRoom("meeting", "lobby", { privacy: "public" });
    const { text } = await stack.pulumi("stack", "export");
    const reply = { _id: lobby, roomName: "lobby", privacy: "public" };
    writeFileSync(join(stack.folder, "state.json"), withCommand(text, reply));
    await stack.pulumi("stack", "import", "--file", "state.json");
    installCommandPlugin(stack.folder);
    const [list = "", forget = ""] = blocks("command", "sh");
    assert.equal((await run(list)).stdout, "urn:pulumi:dev::rooms::command:local:Command::lobby lobby\n");
    await importRoom();
    // The program does not declare the command any more: what the page warns of.
    assert.match((await stack.run(["up"], env())).text, /the delete command was run/);
    await run(forget);
    await prove({ lobby });
  });

  it("from dynamic providers, however they keep their rooms; never where the name is not the room's", async () => {
    // Not the canary: a hand-written provider leaves its key in the state.
    await start("sk-hand-written");
    const styles: Record<string, Style> = {
      "whole-reply": {},
      "settings-in-an-object": { nested: true },
      "other-id": { byId: true },
      "own-type": { type: '"rooms", "Room"' },
    };
    const settings = (name: string) => `{ roomName: "${name}", privacy: "public", maxParticipants: 5 }`;
    const former = Object.entries(styles).map(
      ([name, style]) => `{ ${handWritten(simulator, style)} new Room("${name}", ${settings(name)}); }`,
    );
    stack.program(former.join("\n"));
    await stack.pulumi("up");
    const rooms = Object.fromEntries(simulator.rooms.map(({ roomName, _id }) => [roomName, _id]));
    simulator.requests.clear();

    const now = Object.entries(styles).map(([name, { type }]) => {
      const text = program("dynamic").replaceAll('"lobby"', `"${name}"`);
      return `{ ${type ? text.replace("dynamic:Resource", "dynamic/rooms:Room") : text} }`;
    });
    const isNamed = (text: string) => !text.includes('"settings-in-an-object"');
    stack.program(now.map((text) => (isNamed(text) ? text : text.replace(/roomName: "[^"]+", /, ""))).join("\n"));
    const { text } = await stack.failing("up");
    assert.match(
      text,
      /was recorded in the state by another provider.*Nothing was changed\..*set roomName to "settings-in-an-object".*\[ForeignRoom\]/s,
    );

    stack.program(now.join("\n"));
    for (const script of blocks("dynamic", "sh")) await run(script);
    assert.doesNotMatch(JSON.stringify(stack.state()), /axios|sk-hand-written/);
    await prove(rooms);
  });
});

describe("docs/moving-over.md", () => {
  it("has no code that the tests above did not run", function () {
    if (!["jq", "curl"].every(isInstalled)) this.skip();
    assert.deepEqual(unusedBlocks(), []);
  });
});

/** The page asks for nothing else than what most machines have; without that, only its prose can be read. */
function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
