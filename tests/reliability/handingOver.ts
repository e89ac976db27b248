import assert from "node:assert/strict";
import { type Simulator, type StoredRoom, startSimulator } from "metered-simulator";
import type { Account } from "../../provider/src/metered/account";
import type { Bag } from "../../provider/src/pulumi/state";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { canaryKey } from "../support/canary";
import { HeldReplies } from "../support/heldReplies";
import type { ProviderHost } from "../support/providerHost";
import { type Declared, deploy, type Failures } from "./deployment";
import { Engine } from "./engine";
import { OneProcess } from "./oneProcess";
import { autoNamed, least } from "./programs";

/** What a program declares of one resource. */
export interface Wanted {
  readonly resource: string;
  readonly name: string;
  /** The name is not the program's: the class or the engine has generated it. */
  readonly isGenerated?: boolean;
  readonly settings?: Bag;
}

interface How {
  /** How long the server takes for each reply, in milliseconds. */
  readonly latency: number | ((method: string, path: string) => number);
  readonly parallel?: number;
  readonly adoptExisting?: boolean;
}

/** Programs with several meeting rooms, on one of the faces, with replies that are held: who ends up with which room? */
export class HandingOver {
  private readonly providers: OneProcess;
  private readonly engines = new Map<string, Engine>();
  private readonly account: Account;

  private constructor(
    private readonly simulator: Simulator,
    private readonly host: ProviderHost,
  ) {
    this.providers = new OneProcess(host);
    this.account = {
      appName: simulator.app,
      secretKey: simulator.secretKey,
      origin: simulator.url,
      timeoutMs: 60_000,
      patienceMs: 3000,
      maxConcurrentRequests: 16,
    };
  }

  static async start(host: ProviderHost): Promise<HandingOver> {
    const simulator = await startSimulator({ secretKey: canaryKey });
    host.onSkip = (now) => simulator.setClock(now);
    return new HandingOver(simulator, host);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** One `pulumi up` with a program that declares these, in this order. Whatever became of it, no promise is broken. */
  async up(program: readonly Wanted[], { latency, parallel = 8, adoptExisting = false }: How): Promise<Failures> {
    const latencyOf = typeof latency === "number" ? () => latency : latency;
    const held = new HeldReplies(this.simulator.url, this.host, latencyOf);
    const declared = this.declared(program);
    const configured = { type: meetingRoom, name: "room", account: this.account, adoptExisting };
    const run = held.during(() => deploy(this.providers, configured, declared, { parallel }));
    const failures = await run.finally(() => held.close());
    this.assertNothingLost(failures);
    if (failures.length === 0) await this.assertAsDeclared(program);
    for (const failure of failures) this.assertNamesOther(failure, parallel);
    return failures;
  }

  /** The room that a resource has. */
  roomOf(resource: string): StoredRoom {
    const roomId = this.engines.get(resource)?.resource?.outputs.roomId;
    return this.living.find(({ _id }) => _id === roomId) ?? assert.fail(`${resource} has no room that lives`);
  }

  get living(): StoredRoom[] {
    return this.simulator.rooms.filter(({ archived }) => !archived);
  }

  private declared(program: readonly Wanted[]): Declared[] {
    const all = program.map(({ resource, name, isGenerated = false, settings = {} }) => {
      const given = least(meetingRoom, name, settings);
      return { engine: this.engine(resource), program: isGenerated ? autoNamed(given) : given };
    });
    const gone = [...this.engines.values()].filter((engine) => !all.some((each) => each.engine === engine));
    return [...all, ...gone.map((engine) => ({ engine, program: undefined }))];
  }

  private engine(resource: string): Engine {
    const known = this.engines.get(resource);
    const engine = known ?? new Engine(meetingRoom, this.account, this.providers, resource);
    this.engines.set(resource, engine);
    return engine;
  }

  /** Never a room that two have, never one that is deleted although somebody has it, never one that nobody knows of. */
  private assertNothingLost(failures: Failures): void {
    const told = failures.map(({ error }) => error.message).join("\n");
    const states = [...this.engines.values()].flatMap(({ resource }) => (resource ? [resource] : []));
    const ids = states.map(({ outputs }) => String(outputs.roomId));
    assert.equal(new Set(ids).size, ids.length, `a room is shared: ${ids.join()}\n${told}`);
    const living = this.living.map(({ _id }) => _id);
    const dead = states.filter(({ outputs }) => !living.includes(String(outputs.roomId)));
    // What has given its name up is deleted already when the run fails later; it is to be replaced in the next one.
    const isBroken = failures.length > 0;
    if (!isBroken) assert.deepEqual(dead, [], "a room that somebody has is deleted");
    const leaving = [...this.engines.values()].flatMap(({ replaced }) => replaced);
    const known = [...states, ...leaving].map(({ outputs }) => String(outputs.roomId));
    const orphans = this.living.filter(({ _id }) => !known.includes(_id));
    assert.deepEqual(orphans, [], `rooms that nobody knows of\n${told}`);
  }

  private async assertAsDeclared(program: readonly Wanted[]): Promise<void> {
    assert.equal(this.living.length, program.length, "one room for each resource");
    for (const { resource, name, isGenerated, settings = {} } of program) {
      const room = this.roomOf(resource);
      const { outputs = {}, id } = this.engines.get(resource)?.resource ?? {};
      assert.equal(id, room.roomName);
      if (isGenerated) assert.ok(room.roomName.startsWith(name), `${room.roomName} for ${name}`);
      else assert.equal(room.roomName, name);
      for (const [setting, value] of Object.entries(settings)) {
        assert.deepEqual([room.settings[setting], outputs[setting]], [value, value], `${setting} of ${resource}`);
      }
    }
    const declared = this.declared(program);
    this.providers.next();
    for (const { engine } of declared) assert.equal((await engine.refresh()).error, undefined);
    this.providers.next();
    for (const { engine, program: inputs } of declared) {
      if (inputs) assert.equal(await engine.plan(inputs), "same", `the next preview of ${engine.name}`);
    }
  }

  /** An error says that another resource has the room, or is to give its name up; the plugin says which. */
  private assertNamesOther({ engine, error }: Failures[number], parallel: number): void {
    const { message } = error;
    // Who is asked for no more than one resource at a time cannot know of one that comes later.
    if (error.name === "NameTaken" && parallel === 1) {
      assert.match(message, /another resource of this program/);
      return;
    }
    // Without URNs, a room that is changed may as well be the one that Pulumi replaces.
    const isChanged = this.host.face === "dynamic" && /which may be the one to be replaced/.test(message);
    assert.equal(error.name, isChanged ? "NameTaken" : "NameUsedTwice", message);
    if (isChanged) return;
    const others = [...this.engines.keys()].filter((resource) => resource !== engine.name);
    if (this.host.face === "dynamic") assert.match(message, /another resource/);
    else
      assert.ok(
        others.some((other) => message.includes(`resource "${other}"`)),
        message,
      );
  }
}
