import { createDecipheriv } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { objectTypeOf, roomTypeOf, setTypeOf } from "../../provider/src/pulumi/types";
import { canaryKey } from "./canary";
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
    readonly secrets_providers: { readonly state: { readonly encryptedkey: string } };
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
    return this.resources(roomTypeOf);
  }

  /** What isn't a room, in the same way. */
  get objects(): StateResource[] {
    return this.resources(objectTypeOf);
  }

  get sets(): StateResource[] {
    return this.resources(setTypeOf);
  }

  private resources(typeOf: (token: string) => object | undefined): StateResource[] {
    const { resources, secrets_providers } = this.state.deployment;
    const key = dataKeyOf(secrets_providers.state.encryptedkey);
    return resources
      .filter(({ type }) => typeOf(type))
      .map((each) => ({ ...each, inputs: inClear(each.inputs, key), outputs: inClear(each.outputs, key) }));
  }

  /** Names of the rooms on the server that are not archived. */
  get living(): string[] {
    return this.simulator.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);
  }

  /** TURN projects by their names, and credentials by their labels. */
  get turnOnServer(): (string | undefined)[] {
    const { turnProjects, turnCredentials } = this.simulator;
    return [...turnProjects.map(({ projectName }) => projectName), ...turnCredentials.map(({ label }) => label)];
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

/** The key of the state, which the key server of the tests "encrypts": see vault.ts. */
function dataKeyOf(encryptedKey: string): Buffer {
  const text = Buffer.from(encryptedKey, "base64").toString();
  return Buffer.from(text.replace("vault:v1:", ""), "base64");
}

function inClear<T>(value: T, key: Buffer): T;
function inClear(value: unknown, key: Buffer): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inClear(item, key));
  if (SECRET in value && "ciphertext" in value) return decrypted(String(value.ciphertext), key);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inClear(item, key)]));
}

/** AES-256-GCM, as Pulumi writes it: `v1:NONCE:TEXT`, and the tag at the end of the text. */
function decrypted(ciphertext: string, key: Buffer): unknown {
  const [, nonce = "", text = ""] = ciphertext.split(":");
  const [iv, bytes] = [Buffer.from(nonce, "base64"), Buffer.from(text, "base64")];
  const decipher = createDecipheriv("aes-256-gcm", key, iv).setAuthTag(bytes.subarray(-TAG));
  const plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()]);
  return JSON.parse(plain.toString());
}

/** How many bytes the tag has. */
const TAG = 16;
