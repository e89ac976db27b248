import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataFileError, type Simulator, type SimulatorOptions, startSimulator } from "metered-simulator";
import { Calls } from "./simulator/calls";

describe("the simulator's data file", () => {
  let folder: string;
  let sim: Simulator | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "metered-simulator-"));
  });
  afterEach(() => sim?.close());
  after(() => rm(folder, { recursive: true }));

  const start = async (options: SimulatorOptions) => {
    await sim?.close();
    sim = await startSimulator(options);
    return { sim, api: new Calls(sim) };
  };

  it("survives a restart: rooms of both kinds, settings, archived ones, and edits in the dashboard", async () => {
    const data = join(folder, "restart.json");
    const first = await start({ data });
    await first.api.create("meeting", { roomName: "a", maxParticipants: 3 });
    await first.api.create("live", { roomName: "b", customCSS: "p {}" });
    await first.api.create("meeting", { roomName: "c" });
    await first.api.update("meeting", "a", { autoJoin: true });
    await first.api.remove("meeting", "c");
    first.sim.editRoom("live", "b", { displayMessage: "soon" });
    const before = first.sim.rooms;
    const second = await start({ data });
    deepEqual(second.sim.rooms, before);
    deepEqual(
      before.map(({ settings, archived }) => [settings, archived]),
      [
        [{ maxParticipants: 3, autoJoin: true }, false],
        [{ customCSS: "p {}", displayMessage: "soon" }, false],
        [{}, true],
      ],
    );
  });

  it("is whole at every moment and leaves nothing beside it", async () => {
    const data = join(folder, "whole.json");
    const { api } = await start({ data });
    const rounds = Array.from({ length: 20 }, async () => {
      const { json } = await api.create("meeting");
      const lines = (await readFile(data, "utf8")).trimEnd().split("\n");
      const rooms = lines.map((line) => (JSON.parse(line) as { rooms?: { _id: string } }).rooms?._id);
      ok(rooms.includes(String(json._id)), "what was answered is in the file");
    });
    await Promise.all(rounds);
    deepEqual(
      (await readdir(folder)).filter((name) => name.includes("whole")),
      ["whole.json"],
    );
  });

  it("is refused when it is another app's or no data file, and stays as it was", async () => {
    const data = join(folder, "other.json");
    await (await start({ data, app: "acme" })).api.create("meeting");
    await rejects(
      startSimulator({ data }),
      (error: Error) => error instanceof DataFileError && /"acme"/.test(error.message),
    );
    const text = join(folder, "text.json");
    await writeFile(text, "not ours");
    await rejects(startSimulator({ data: text }), DataFileError);
    equal(await readFile(text, "utf8"), "not ours");
  });

  it("grows by a line a change, and is without history after the next start", async () => {
    const data = join(folder, "history.json");
    const { api, sim: first } = await start({ data });
    await api.create("meeting", { roomName: "a" });
    for (let i = 1; i <= 5; i++) await api.update("meeting", "a", { maxParticipants: i });
    const { username } = first.addTurnCredential({ label: "web" });
    first.addTurnUsage(username, 5);
    first.addTurnUsage(username, 5);
    await api.list();
    equal((await linesOf(data)).length, 10);
    const before = [first.rooms, first.turnCredentials];
    const { sim: second } = await start({ data });
    deepEqual([second.rooms, second.turnCredentials], before);
    equal((await linesOf(data)).length, 5);
    equal((await start({ data })).sim.rooms[0]?.settings.maxParticipants, 5);
  });

  it("forgets what was removed", async () => {
    const data = join(folder, "removed.json");
    const { sim: first } = await start({ data });
    const kept = first.addTurnCredential({ label: "kept" });
    const { username } = first.addTurnCredential({ label: "gone" });
    const url = `${first.url}/api/v1/turn/credential?secretKey=${first.secretKey}`;
    equal((await fetch(url, { method: "DELETE", body: JSON.stringify({ username }) })).status, 200);
    const { sim: second } = await start({ data });
    deepEqual(second.turnCredentials, [kept]);
  });

  it("is read although its last line was cut off, and goes on", async () => {
    const data = join(folder, "torn.json");
    await (await start({ data })).api.create("meeting", { roomName: "a" });
    await sim?.close();
    await appendFile(data, '{"rooms":{"_id":"61005784c3c9');
    const { api } = await start({ data });
    await api.create("meeting", { roomName: "b" });
    const { sim: again } = await start({ data });
    deepEqual(
      again.rooms.map(({ roomName }) => roomName),
      ["a", "b"],
    );
  });

  it("is read although not even its first line is whole, and goes on", async () => {
    for (const [name, text] of Object.entries({ empty: "", first: '{"app":"de' })) {
      const data = join(folder, `${name}.json`);
      await writeFile(data, text);
      const { api } = await start({ data });
      await api.create("meeting", { roomName: "a" });
      equal((await start({ data })).sim.rooms.length, 1);
      equal((await linesOf(data)).length, 2);
    }
  });

  it("is written again after a failure, whole", async () => {
    const data = join(folder, "later", "failed.json");
    await mkdir(join(folder, "later"));
    const { api } = await start({ data });
    await api.create("meeting", { roomName: "a" });
    await rename(join(folder, "later"), join(folder, "away"));
    equal((await api.create("meeting", { roomName: "b" })).status, 500);
    await rename(join(folder, "away"), join(folder, "later"));
    equal((await api.create("meeting", { roomName: "c" })).status, 200);
    deepEqual(
      (await start({ data })).sim.rooms.map(({ roomName }) => roomName),
      ["a", "b", "c"],
    );
  });

  it("of 20,000 rooms takes seconds", async () => {
    const data = join(folder, "large.json");
    const { api, sim: first } = await start({ data });
    for (let i = 0; i < 20_000; i++) first.addRoom("meeting", `room-${i}`, { privacy: "private", maxParticipants: i });
    for (let i = 0; i < 200; i++) await api.create("meeting");
    equal((await start({ data })).sim.rooms.length, 20_200);
  }).timeout(20_000);
});

async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, "utf8")).trimEnd().split("\n");
}
