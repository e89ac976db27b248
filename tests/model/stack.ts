import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import type { Account } from "../../provider/src/metered/account";
import type { Bag } from "../../provider/src/pulumi/state";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { deploy, outcomeOf } from "../reliability/deployment";
import { Engine, type Outcome } from "../reliability/engine";
import { OneProcess } from "../reliability/oneProcess";
import { isInState, Ownership } from "../reliability/ownership";
import type { Configured } from "../reliability/providers";
import { assertNoKey, assertNoSecrets, canaryKey } from "../support/canary";
import { HeldReplies, latencyByRequest } from "../support/heldReplies";
import type { ProviderHost } from "../support/providerHost";
import { assertExcused, type Excuse } from "./excuses";
import { Room } from "./room";
import { Takeover } from "./takeover";

/** Enough for four tries. */
const PATIENCE_MS = 3000;
export interface UpOptions {
  readonly adopt?: boolean;
  readonly replace?: Room;
  readonly killed?: Room;
  /** How long the server takes for replies, by what is asked. */
  readonly latencies?: readonly number[];
  readonly parallel?: number;
  /** Calls go wrong, so that every room may fail for that reason, too. */
  readonly isInTrouble?: boolean;
}

/** A stack of three rooms on one simulator, and what must hold of it. */
export class Stack {
  readonly rooms: readonly Room[];
  readonly ownership: Ownership;
  /** What the user read of the last run. */
  said = "";
  private readonly command: OneProcess;

  private constructor(
    readonly simulator: Simulator,
    private readonly host: ProviderHost,
    private readonly provider: string | undefined,
  ) {
    this.ownership = new Ownership(simulator);
    this.command = new OneProcess(host);
    this.rooms = [meetingRoom, liveStreamingRoom, meetingRoom].map(
      (type, number) =>
        new Room(number, type, new Engine(type, this.account, this.command, `room-${number}`, provider), simulator),
    );
  }

  /** @param provider the name of an explicit provider that the program gives its rooms */
  static async start(switches: object, host: ProviderHost, provider?: string): Promise<Stack> {
    const simulator = await startSimulator({ secretKey: canaryKey, switches });
    host.onSkip = (now) => simulator.setClock(now);
    return new Stack(simulator, host, provider);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  get account(): Account {
    return {
      appName: this.simulator.app,
      secretKey: this.simulator.secretKey,
      origin: this.simulator.url,
      timeoutMs: 10_000,
      patienceMs: PATIENCE_MS,
      maxConcurrentRequests: 4,
    };
  }

  /** `pulumi up`: the rooms of the program, several at a time, then, if none has failed, what is to be deleted. */
  async up(options: UpOptions = {}): Promise<boolean> {
    const { adopt = false, replace, killed, latencies = [0], parallel = 8, isInTrouble = false } = options;
    const before = new Map(this.rooms.map((room) => [room, room.keep()]));
    const excuses = new Map(this.rooms.map((room) => [room.engine, this.excusesForUp(room, adopt, replace)]));
    const there = this.simulator.rooms.map(({ _id }) => _id);
    const takeover = new Takeover(this.ownership, adopt ? this.rooms.filter(({ program }) => program) : []);
    const configured: Configured = { ...this.configured, adoptExisting: adopt };
    const done = new Set<Engine>();
    const held = new HeldReplies(this.simulator.url, this.host, latencyByRequest(latencies));
    const run = { parallel, isCutShort: killed !== undefined, onDone: (engine: Engine) => void done.add(engine) };
    const resources = this.rooms.map((room) => ({
      engine: room.engine,
      program: room.program,
      options: room.optionsFor(replace),
    }));
    const failures = await held
      .during(() => deploy(this.command, configured, resources, run))
      .finally(() => held.close());
    for (const room of this.rooms.filter(({ engine, program }) => program && done.has(engine))) {
      room.wasApplied(room.optionsFor(replace), before.get(room)?.resource, there);
    }
    const outcome = outcomeOf(failures);
    takeover.settle(outcome, this.rooms, this.simulator.rooms);
    const kept = killed && before.get(killed);
    if (killed && kept) this.kill(killed, kept);
    this.look(outcome);
    if (!isInTrouble) {
      for (const { engine, error } of failures) {
        const run: Outcome = { steps: [], error, text: error.message };
        assertExcused(run, excuses.get(engine) ?? [], `up of ${engine.name}`);
      }
    }
    this.simulator.faults.clear();
    const isDone = failures.length === 0 && !killed;
    if (isDone) await this.assertApplied();
    return isDone;
  }

  async refresh(isInTrouble = false): Promise<boolean> {
    let isDone = true;
    const before = await this.previews();
    this.command.next();
    for (const room of this.rooms) {
      const excuses = room.excusesForLook();
      const outcome = await room.engine.refresh();
      this.look(outcome);
      if (!isInTrouble) assertExcused(outcome, excuses, "refresh");
      isDone &&= !outcome.error;
    }
    this.simulator.faults.clear();
    if (!isDone) return false;
    for (const [room, step] of await this.previews()) await room.assertDriftIsSeen(step, before.get(room));
    return true;
  }

  async destroy(isInTrouble = false): Promise<boolean> {
    let isDone = true;
    this.command.next();
    for (const room of this.rooms) isDone = (await this.delete(room, isInTrouble)) && isDone;
    return isDone;
  }

  /** `pulumi import`: answers what the program declares then. */
  import({ engine }: Room, name: string): Promise<Bag> {
    this.command.next();
    return engine.import(name);
  }

  /** A command with another app configured is refused for every room of the state, and nothing is touched. */
  async useAnotherApp(command: "up" | "refresh" | "destroy"): Promise<void> {
    this.simulator.requests.clear();
    this.command.next();
    for (const room of this.rooms.filter(({ engine, program }) => engine.resource && program)) {
      const before = room.keep();
      room.engine.account = { ...this.account, appName: "another" };
      const outcome = command === "up" ? await room.engine.up(room.program ?? {}) : await room.engine[command]();
      room.engine.account = this.account;
      this.look(outcome);
      assert.equal(outcome.error?.name, "AppChanged", `${command} with another app: ${outcome.text}`);
      assert.deepEqual(room.keep(), before, "the state is kept");
    }
    assert.deepEqual(this.simulator.requests, [], "nothing was touched");
  }

  /** Rooms of the program that are to have the name of another one, or of one that the program has no more. */
  get twins(): Room[] {
    const isTwin = (room: Room, other: Room) => (other.program ? room.isCalledAs(other) : room.wants(other));
    return this.rooms.filter((room) => this.besides(room).some((other) => isTwin(room, other)));
  }

  /** The others of its kind. */
  private besides(room: Room): Room[] {
    return this.rooms.filter((other) => other !== room && other.kind === room.kind);
  }

  private excusesForUp(room: Room, adopt: boolean, replace: Room | undefined): Excuse[] {
    if (!room.program) return room.excusesForDelete();
    const others = this.besides(room).filter((other) => room.wants(other));
    const isShared = this.rooms.some((other) => other.kind !== room.kind && room.wants(other));
    const excuses = room.excusesForUp(adopt, room === replace, others);
    return isShared ? [...excuses, ...room.excusesBesideOtherKind()] : excuses;
  }

  private get configured(): Configured {
    return { type: meetingRoom, name: "room", account: this.account, adoptExisting: false, provider: this.provider };
  }

  /** `pulumi preview`, which makes no call: what an `up` would do with each room of the program. */
  private async previews(): Promise<ReadonlyMap<Room, string>> {
    this.command.next();
    this.simulator.requests.clear();
    const steps = new Map<Room, string>();
    for (const room of this.rooms.filter(({ program }) => program)) steps.set(room, await room.preview());
    assert.deepEqual(this.simulator.requests, [], "a preview makes no call");
    return steps;
  }

  /** After everything was taken down: nothing is left but what the user knows of. */
  assertGone(): void {
    for (const { engine, isUndeletable } of this.rooms) {
      if (!isUndeletable) assert.deepEqual([engine.resource, engine.replaced], [undefined, []]);
    }
    const left = this.ownership.own.filter((room) => !this.rooms.some(({ engine }) => isInState(engine, room)));
    const unknown = left.filter(({ _id }) => !this.ownership.isKnown(_id));
    assert.deepEqual(unknown, [], "orphans");
  }

  private async delete(room: Room, isInTrouble: boolean): Promise<boolean> {
    const excuses = room.excusesForDelete();
    const outcome = await room.engine.destroy();
    this.look(outcome);
    if (!isInTrouble) assertExcused(outcome, excuses, "delete");
    return !outcome.error;
  }

  private look(outcome: Outcome): void {
    this.said = outcome.text;
    const engines = this.rooms.map(({ engine }) => engine);
    this.ownership.assertAfter(outcome, engines);
    for (const room of this.rooms) assertNoSecrets("the state, where it is in clear", room.inClear());
    assertNoKey("the state", JSON.stringify(engines.map(({ resource }) => resource)));
  }

  /** All is as declared, and there is nothing more to do. */
  private async assertApplied(): Promise<void> {
    for (const room of this.rooms) await room.assertApplied();
    for (const [{ program }, step] of await this.previews()) {
      assert.equal(step, "same", `the preview of ${program?.roomName}`);
    }
  }

  /** The engine died before it had saved what became of the room. */
  private kill(room: Room, before: ReturnType<Room["keep"]>): void {
    room.putBack(before);
    this.ownership.mayLose();
  }
}
