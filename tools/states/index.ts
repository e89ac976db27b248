/**
 * Records a stack as the present version leaves it behind, once per release: `npm run record:states`. The replays hold
 * every later version to it. `--again` writes the record of the present version again, as long as it is not released.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "metered-simulator";
import { generateName } from "../../provider/src/rooms/name";
import { canaryKey, canaryRtmpURL } from "../../tests/support/canary";
import { postProject } from "../../tests/support/objects";
import { currentRelease, FILES, type StackExport, statesFolder, writeRecord } from "../../tests/support/recordedStates";
import { TestStack } from "../../tests/support/stack";
import { EXISTING, programOf } from "./program";

const root = join(__dirname, "..", "..");
/** How the server behaves: so that names are numbered and normalised, and live rooms can be deleted in the end. */
const SWITCHES = { nameCase: "lowered", nameReuse: "reserved", liveDelete: "archives" } as const;
/** Until the room that deletes itself is over: longer than the first `up` takes to get to it. */
const SECONDS_TO_FINISH = 120;

async function record(): Promise<void> {
  const folder = join(statesFolder, currentRelease);
  if (existsSync(folder) && !process.argv.includes("--again")) {
    throw new Error(
      `There is a record of ${currentRelease} already. What a release wrote stays as it was; before the release, npm run record:states -- --again replaces it.`,
    );
  }
  const work = mkdtempSync(join(tmpdir(), "metered-record-"));
  const data = join(work, FILES.rooms);
  const simulator = await startSimulator({ secretKey: canaryKey, data, switches: SWITCHES });
  const stack = await TestStack.create({ simulator });
  try {
    const finishedAt = await live(stack, simulator);
    simulator.setClock((finishedAt + 1) * 1000);
    const { text } = await stack.pulumi("stack", "export");
    const program = readFileSync(join(stack.folder, FILES.program), "utf8");
    const configuration = readFileSync(join(stack.folder, FILES.configuration), "utf8");
    // Looking at the rooms is what lets the finished one go, closing is what saves them.
    console.log(
      `${simulator.rooms.length} rooms and ${simulator.turnCredentials.length} TURN credentials on the server.`,
    );
    await simulator.close();
    mkdirSync(folder, { recursive: true });
    const write = (file: string, content: string) =>
      writeRecord(currentRelease, file, formatted(file, content), simulator);
    write(FILES.program, program);
    writeRecord(currentRelease, FILES.configuration, configuration, simulator);
    write(FILES.state, JSON.stringify(withoutPlaces(JSON.parse(text) as StackExport)));
    writeRecord(currentRelease, FILES.rooms, readFileSync(data, "utf8"), simulator);
    write(FILES.switches, JSON.stringify(SWITCHES));
    console.log(`Written to ${folder}. The replays hold from ${new Date((finishedAt + 1) * 1000).toISOString()} on.`);
    await sleep(Math.max(0, (finishedAt + 1) * 1000 - Date.now()));
  } finally {
    await simulator.close();
    stack.dispose();
    rmSync(work, { recursive: true, force: true });
  }
}

/** The stack's life so far. Answers when the room that deletes itself is over, in unix seconds. */
async function live(stack: TestStack, simulator: Simulator): Promise<number> {
  for (const [key, value] of [
    ["rtmpOutURL", canaryRtmpURL],
    ["otherKey", simulator.secretKey],
  ] as const) {
    await stack.pulumi("config", "set", "--secret", key, value);
  }
  await stack.pulumi("config", "set", "otherEndpoint", simulator.url);
  simulator.addRoom("meeting", EXISTING.meeting, { privacy: "private", maxParticipants: 7, rtmpOutURL: canaryRtmpURL });
  simulator.addRoom("live", EXISTING.live, { displayMessage: "Made by hand" });
  simulator.addRoom("meeting", EXISTING.adopted, { privacy: "public", enableChat: true });
  const projectId = await postProject(simulator, { projectName: EXISTING.project, quotaInBytes: 2 ** 30 });
  // An archived room that keeps its name makes the auto-named one take the next.
  const urn = { project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name: "numbered" };
  simulator.addRoom("meeting", generateName(urn));
  simulator.archiveRoom("meeting", generateName(urn));

  const finishedAt = Math.ceil(Date.now() / 1000) + SECONDS_TO_FINISH;
  const program = (notTaken: number) => stack.program(programOf({ finishedAt, notTaken, projectId }));
  await stack.pulumi("config", "set", "metered:adoptExisting", "true");
  program(5);
  await stack.pulumi("up");
  await stack.pulumi("config", "rm", "metered:adoptExisting");
  program(6);
  notTaking(simulator, stack.room("not-as-declared").id);
  losing(simulator, stack.room("in-doubt").id);
  await stack.failing("up", "--continue-on-error");
  return finishedAt;
}

/** Has the next update of a room answer well and change nothing. */
function notTaking(simulator: Simulator, roomName: string): void {
  const room = simulator.rooms.find((candidate) => candidate.roomName === roomName);
  if (!room) throw new Error(`There is no room ${roomName}.`);
  const { _id, created, settings } = room;
  simulator.faults.inject({
    fault: "status",
    operation: "update",
    roomName,
    status: 200,
    body: { _id, roomName, created, archived: false, ...settings },
  });
}

/** Has every response to an update of a room be lost. */
function losing(simulator: Simulator, roomName: string): void {
  simulator.faults.inject({ fault: "cutAfterCommit", operation: "update", roomName, times: "always" });
}

/** Where the program and the plugins were on this machine: nothing that a replay needs. */
function withoutPlaces({ deployment, ...rest }: StackExport) {
  const resources = deployment.resources.map(({ sourcePosition: _at, stackTrace: _trace, ...resource }) => resource);
  const plugins = deployment.manifest.plugins?.map(({ path: _, ...plugin }) => plugin);
  return { ...rest, deployment: { ...deployment, manifest: { ...deployment.manifest, plugins }, resources } };
}

function formatted(file: string, text: string): string {
  const biome = join(root, "node_modules", ".bin", "biome");
  return execFileSync(biome, ["format", `--stdin-file-path=${file}`], { input: text, encoding: "utf8", cwd: root });
}

record().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
