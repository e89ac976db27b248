import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey, canaryRtmpURL } from "./canary";
import type { StateResource } from "./stack";

const { version } = require("../../provider/package.json") as { version: string };

/** One folder per release, each a stack as that release left it behind, and the rooms that were on the server then. */
export const statesFolder = join(__dirname, "..", "states");
export const currentRelease = version;

/** Stands in a record for the address of the server, which has another port at every replay. */
const ADDRESS = "http://simulator.invalid";
/** The files of a record; the program is `index.js`. */
export const FILES = {
  program: "index.js",
  configuration: "Pulumi.dev.yaml",
  state: "stack.json",
  rooms: "rooms.jsonl",
  switches: "switches.json",
} as const;

/** What `pulumi stack export` writes, as far as records have to do with it. */
export interface StackExport {
  readonly deployment: {
    readonly manifest: { readonly plugins?: Record<string, unknown>[] };
    readonly resources: (StateResource & Record<string, unknown>)[];
  };
}

export function recordedReleases(): string[] {
  return readdirSync(statesFolder).filter((name) => statSync(join(statesFolder, name)).isDirectory());
}

/** A server as it was when a release was recorded. */
export class Replay {
  private constructor(
    private readonly release: string,
    readonly simulator: Simulator,
    private readonly data: string,
  ) {}

  static async start(release: string): Promise<Replay> {
    // A copy: the server writes what happens to the rooms into it.
    const data = mkdtempSync(join(tmpdir(), "metered-states-"));
    cpSync(join(statesFolder, release, FILES.rooms), join(data, FILES.rooms));
    const simulator = await startSimulator({
      secretKey: canaryKey,
      data: join(data, FILES.rooms),
      profile: join(statesFolder, release, FILES.switches),
    });
    return new Replay(release, simulator, data);
  }

  /** A file of the record, with the server's address in it. */
  text(file: string): string {
    return readFileSync(join(statesFolder, this.release, file), "utf8").replaceAll(ADDRESS, this.simulator.url);
  }

  get state(): StackExport {
    return JSON.parse(this.text(FILES.state)) as StackExport;
  }

  /** The rooms in the state, with their secrets in clear, as Pulumi hands them to the provider. */
  get rooms(): StateResource[] {
    return this.state.deployment.resources
      .filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/metered:"))
      .map((room) => ({ ...room, inputs: inClear(room.inputs), outputs: inClear(room.outputs) }));
  }

  /** Names of the rooms on the server that are not archived. */
  get living(): string[] {
    return this.simulator.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);
  }

  async close(): Promise<void> {
    await this.simulator.close();
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** Writes a file of a record, without what only holds on one machine. */
export function writeRecord(release: string, file: string, text: string, { url }: Simulator): void {
  // A message names the server without its protocol.
  const elsewhere = text.replaceAll(url, ADDRESS).replaceAll(new URL(url).host, new URL(ADDRESS).host);
  writeFileSync(join(statesFolder, release, file), elsewhere);
}

/** Pulumi's mark of a secret in a state file. */
const SECRET = "4dabf18193072939515e22adb298388d";

function inClear(bag: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(bag).map(([name, value]) => {
    if (typeof value !== "object" || value === null || !(SECRET in value)) return [name, value];
    assert.equal(name, "rtmpOutURL", "a secret of which the replay does not know the value");
    return [name, canaryRtmpURL];
  });
  return Object.fromEntries(entries);
}
