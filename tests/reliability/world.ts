import assert from "node:assert/strict";
import { inspect } from "node:util";
import axios from "axios";
import { type RoomKind, type SettingChanges, type Simulator, type StoredRoom, startSimulator } from "metered-simulator";
import type { Account } from "../../provider/src/api/account";
import type { RoomType } from "../../provider/src/core/field";
import type { Bag } from "../../provider/src/core/state";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { Engine, type Outcome, type RunOptions } from "./engine";
import { SkippingTime } from "./skippingTime";

/** Enough for four tries: the waits between them are 0.25, 0.5 and 1 second long. */
const PATIENCE_MS = 2000;

/**
 * One simulator and, one after another, stacks with one room each. After every run of the engine the promises that hold
 * under every behaviour of the API are looked at.
 */
export class World {
  readonly kind: RoomKind;
  engine: Engine;
  /** Rooms that the stack has nothing to do with, as they were left: any change of them is a fault. */
  private readonly others = new Map<string, StoredRoom>();
  /** Rooms of this stack that the user was told about, and knows to live without being in the state. */
  private readonly known = new Set<string>();
  private names = 0;

  private constructor(
    readonly simulator: Simulator,
    readonly type: RoomType,
    readonly time: SkippingTime,
    public account: Account,
  ) {
    this.kind = type.name === "MeetingRoom" ? "meeting" : "live";
    this.engine = new Engine(type, account, time);
  }

  static async start(type: RoomType, switches: Simulator["switches"] | object = {}): Promise<World> {
    const simulator = await startSimulator({ secretKey: canaryKey, switches });
    const time = new SkippingTime((now) => simulator.setClock(now));
    return new World(simulator, type, time, {
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

  /** Another stack, with nothing in its state; whatever there is on the server is none of its business. */
  newStack(): void {
    this.engine = new Engine(this.type, this.account, this.time);
    this.known.clear();
    this.others.clear();
    for (const room of this.simulator.rooms) this.others.set(room._id, room);
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
    for (const room of this.own) this.known.add(room._id);
  }

  /** A colleague's room. */
  addOther(name: string, kind = this.kind): StoredRoom {
    const room = this.simulator.addRoom(kind, name, kind === "meeting" ? { privacy: "public" } : {});
    this.others.set(room._id, room);
    return room;
  }

  /** A colleague deletes ours and makes another one in its place. */
  recreateOutside(name: string): StoredRoom {
    const room = this.simulator.recreateRoom(this.kind, name);
    this.others.set(room._id, room);
    return room;
  }

  /** Another's room that the user had taken over. */
  isOurs(room: StoredRoom): void {
    this.others.delete(room._id);
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
    return this.simulator.rooms.filter(({ _id, archived }) => !archived && !this.others.has(_id));
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
    assert.equal(this.engine.plan(program), "same", "after apply");
    const before = this.engine.resource;
    const refreshed = await this.refresh();
    assert.equal(refreshed.error, undefined, refreshed.text);
    assert.deepEqual(this.engine.resource, before, "a refresh changes nothing");
    assert.equal(this.engine.plan(program), "same", "after refresh");
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
    const { error, text } = outcome;
    assertNoSecrets("a message", text);
    if (error) assertNoSecrets("an error", `${error} ${error.stack} ${error.message}`);
    this.assertOthersUntouched();
    this.assertNoneLost(outcome);
    for (const { method, body } of this.simulator.requests) {
      if (method === "PUT") assert.ok(!Object.hasOwn(Object(body), "roomName"), "no PUT renames");
    }
    return outcome;
  }

  private assertOthersUntouched(): void {
    const rooms = new Map(this.simulator.rooms.map((room) => [room._id, room]));
    for (const [_id, room] of this.others) assert.deepEqual(rooms.get(_id), room, "another's room was touched");
  }

  /** Every living room of the stack is in the state, or the user was told; and there is never a second one. */
  private assertNoneLost({ error, text }: Outcome): void {
    const { resource, replaced } = this.engine;
    const inState = [resource, ...replaced].map((kept) => kept?.outputs.roomId);
    const lost = this.own.filter(({ _id }) => !inState.includes(_id) && !this.known.has(_id));
    if (error?.mayHaveHappened && /may have been created/.test(text)) for (const { _id } of lost) this.known.add(_id);
    else assert.deepEqual(lost, [], `rooms that nobody knows of; the run said: ${text}`);
    const allowed = Math.max(1, replaced.length + 1);
    assert.ok(this.own.length <= allowed, `two rooms for one resource: ${inspect(this.own)}`);
  }
}
