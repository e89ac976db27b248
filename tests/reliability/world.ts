import assert from "node:assert/strict";
import { inspect } from "node:util";
import axios from "axios";
import { type RoomKind, type SettingChanges, type Simulator, type StoredRoom, startSimulator } from "metered-simulator";
import type { Account } from "../../provider/src/metered/account";
import type { Bag } from "../../provider/src/pulumi/state";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { canaryKey } from "../support/canary";
import type { ProviderHost } from "../support/providerHost";
import { SkippingTime } from "../support/skippingTime";
import { Engine, type Outcome, type RunOptions } from "./engine";
import { Ownership } from "./ownership";
import { type Providers, ProvidersHere } from "./providers";
import { ProvidersOverGrpc } from "./providersOverGrpc";
import type { Resource } from "./resource";

/**
 * Enough for four tries, also on a busy machine: the waits between them are 0.25, 0.5 and 1 second long, the next would
 * be 2.
 */
const PATIENCE_MS = 3000;

/**
 * One simulator and, one after another, stacks with one room each. After every run of the engine the promises that hold
 * under every behaviour of the API are looked at.
 */
export class World {
  readonly kind: RoomKind;
  engine: Engine;
  private readonly ownership: Ownership;
  private names = 0;

  private constructor(
    readonly simulator: Simulator,
    readonly type: RoomType,
    private readonly server: { ahead: number },
    readonly providers: Providers,
    public account: Account,
  ) {
    this.kind = type.name === "MeetingRoom" ? "meeting" : "live";
    this.engine = new Engine(type, account, providers);
    this.ownership = new Ownership(simulator);
  }

  /** @param host where the provider runs, spoken to over gRPC; without it, in this process */
  static async start(
    type: RoomType,
    switches: Simulator["switches"] | object = {},
    host?: ProviderHost,
  ): Promise<World> {
    const simulator = await startSimulator({ secretKey: canaryKey, switches });
    const server = { ahead: 0 };
    const onSkip = (now: number) => simulator.setClock(now + server.ahead);
    if (host) host.onSkip = onSkip;
    const providers = host ? new ProvidersOverGrpc(host) : new ProvidersHere(new SkippingTime(onSkip));
    return new World(simulator, type, server, providers, {
      appName: simulator.app,
      secretKey: simulator.secretKey,
      origin: simulator.url,
      timeoutMs: 10_000,
      patienceMs: PATIENCE_MS,
      maxConcurrentRequests: 4,
    });
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  get switches(): Simulator["switches"] {
    return this.simulator.switches;
  }

  /** The provider's time, in unix milliseconds. */
  now(): number {
    return this.providers.now();
  }

  /** Lets time pass, for provider and server. */
  skip(ms: number): Promise<void> {
    return this.providers.skip(ms);
  }

  /** The server's clock is so many milliseconds ahead of the provider's. */
  setServerAhead(ms: number): void {
    this.server.ahead = ms;
    this.simulator.setClock(this.now() + ms);
  }

  /** Another stack, with nothing in its state; whatever there is on the server is none of its business. */
  newStack(): void {
    this.engine = new Engine(this.type, this.account, this.providers);
    this.ownership.newStack();
    this.simulator.requests.clear();
  }

  /** A name that no room had before. */
  newName(stem = "standup"): string {
    return `${stem}-${++this.names}`;
  }

  async up(program: Bag, options: RunOptions = {}): Promise<Outcome> {
    return this.looked(await this.engine.up(program, options));
  }

  async refresh(): Promise<Outcome> {
    return this.looked(await this.engine.refresh());
  }

  async lookUp(name: string): Promise<Outcome> {
    return this.looked(await this.engine.lookUp(name));
  }

  async destroy(): Promise<Outcome> {
    return this.looked(await this.engine.destroy());
  }

  /** The user takes the room out of the state, knowing that it may live. */
  forget(): void {
    this.mayLose();
    this.engine.forget();
  }

  /** The server is about to lie, in words that must be believed. */
  mayLose(): void {
    this.ownership.mayLose();
  }

  /** A colleague's room. */
  addOther(name: string, kind = this.kind): StoredRoom {
    return this.ownership.addOther(kind, name);
  }

  /** A colleague deletes ours and makes another one in its place. */
  recreateOutside(name: string): StoredRoom {
    return this.ownership.recreateOutside(this.kind, name);
  }

  /** Another's room that the user had taken over. */
  isOurs(room: StoredRoom): void {
    this.ownership.isOurs(room);
  }

  editOutside(changes: SettingChanges): StoredRoom {
    return this.simulator.editRoom(this.kind, this.living.roomName, changes);
  }

  archiveOutside(): void {
    this.simulator.archiveRoom(this.kind, this.living.roomName);
  }

  /** The one room of this stack that lives. */
  get living(): StoredRoom {
    const [room, ...more] = this.own;
    assert.ok(room && more.length === 0, `living rooms of this stack: ${inspect(this.own)}`);
    return room;
  }

  /** All rooms of this stack that live. */
  get own(): StoredRoom[] {
    return this.ownership.own;
  }

  /** What the API shows of the room that the state is about. */
  async shown(): Promise<Bag> {
    const path = this.kind === "meeting" ? "room" : "realtimelivestreaming/room";
    const { url, secretKey } = this.simulator;
    const name = this.living.roomName;
    const reply = await axios.get<Bag>(`${url}/api/v1/${path}/${name}`, { params: { secretKey }, proxy: false });
    return reply.data;
  }

  /** Nothing to do: not now, and not after a look at the server. */
  async assertQuiet(program: Bag): Promise<void> {
    assert.equal(await this.engine.plan(program), "same", "after apply");
    const before = this.engine.resource;
    const refreshed = await this.refresh();
    assert.equal(refreshed.error, undefined, refreshed.text);
    assert.deepEqual(shown(this.engine.resource), shown(before), "a refresh changes nothing");
    assert.equal(await this.engine.plan(program), "same", "after refresh");
    this.simulator.requests.clear();
    const { steps, error } = await this.up(program);
    assert.deepEqual([steps, error, this.simulator.requests.length], [[], undefined, 0]);
    this.assertAsDeclared(program);
  }

  /** The server has what the program declares, and the state says so. */
  assertAsDeclared(program: Bag): void {
    const { settings, _id } = this.living;
    const { outputs, id } = this.engine.resource ?? assert.fail("nothing in the state");
    assert.equal(outputs.roomId, _id);
    assert.equal(id, this.living.roomName);
    for (const name of Object.keys(this.type.fields)) {
      if (name === "roomName") continue;
      assert.equal(outputs[name], program[name], `${name} in the state`);
      // An empty text is how the API may say that there is none.
      if (program[name] !== undefined) assert.equal(settings[name] ?? "", program[name], `${name} on the server`);
    }
  }

  /** What holds after every run. */
  private looked(outcome: Outcome): Outcome {
    this.ownership.assertAfter(outcome, [this.engine]);
    const allowed = this.engine.replaced.length + 1;
    assert.ok(this.own.length <= allowed, `two rooms for one resource: ${inspect(this.own)}`);
    return outcome;
  }
}

/** What Pulumi shows of the state. Of the provider's own inputs the next `up` puts back what a refresh loses. */
function shown(resource: Resource | undefined): object | undefined {
  if (!resource) return undefined;
  const visible = Object.entries(resource.inputs).filter(([name]) => !name.startsWith("__"));
  return { ...resource, inputs: Object.fromEntries(visible) };
}
