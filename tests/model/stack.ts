import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { type Simulator, type StoredRoom, startSimulator } from "metered-simulator";
import type { Account } from "../../provider/src/metered/account";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { Bag } from "../../provider/src/pulumi/state";
import { Engine, type Outcome } from "../reliability/engine";
import { isInState, Ownership } from "../reliability/ownership";
import { least } from "../reliability/programs";
import type { Configured, Provider } from "../reliability/providers";
import { ProvidersOverGrpc } from "../reliability/providersOverGrpc";
import { assertNoKey, assertNoSecrets, canaryKey } from "../support/canary";
import type { ProviderHost } from "../support/providerHost";
import { assertExcused, USED_TWICE } from "./excuses";
import { Room } from "./room";

/** Enough for four tries. */
const PATIENCE_MS = 3000;
/** As docs/plugin.md has it, for who forces replacements; dynamic resources do so by themselves. */
const OLD_FIRST = { deleteBeforeReplace: true } as const;

export interface UpOptions {
  readonly adopt?: boolean;
  readonly replace?: Room;
  readonly killed?: Room;
  /** Calls go wrong, so that every room may fail for that reason, too. */
  readonly isInTrouble?: boolean;
}

/** A stack of three rooms on one simulator, and what must hold of it. */
export class Stack {
  readonly rooms: readonly Room[];
  readonly ownership: Ownership;
  private readonly command: OneProcess;

  private constructor(
    readonly simulator: Simulator,
    host: ProviderHost,
  ) {
    this.ownership = new Ownership(simulator);
    this.command = new OneProcess(host);
    this.rooms = [meetingRoom, liveStreamingRoom, meetingRoom].map(
      (type, number) =>
        new Room(number, type, new Engine(type, this.account, this.command, `room-${number}`), simulator),
    );
  }

  static async start(switches: object, host: ProviderHost): Promise<Stack> {
    const simulator = await startSimulator({ secretKey: canaryKey, switches });
    host.onSkip = (now) => simulator.setClock(now);
    return new Stack(simulator, host);
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

  /** `pulumi up`: the rooms of the program one after another, then, if none has failed, those that it has no more. */
  async up(options: UpOptions = {}): Promise<boolean> {
    const { replace, killed, isInTrouble = false } = options;
    const adopt = options.adopt === true && this.twins.length === 0;
    let isDone = true;
    this.command.next();
    for (const room of this.rooms.filter(({ program }) => program)) {
      const twice = this.twins.includes(room) ? [USED_TWICE] : [];
      const excuses = [...room.excusesForUp(adopt, room === replace), ...twice];
      const theirs = adopt ? this.takesOver(room) : [];
      const before = room.keep();
      const outcome = await room.up({ adoptExisting: adopt, replace: room === replace, ...OLD_FIRST });
      this.settleTakeover(theirs, outcome);
      if (room === killed) this.kill(room, before);
      this.look(outcome);
      if (!isInTrouble) assertExcused(outcome, excuses, "up");
      isDone &&= !outcome.error && room !== killed;
    }
    for (const room of this.rooms.filter(({ program }) => !program)) {
      if (isDone) isDone = await this.delete(room, isInTrouble);
    }
    this.simulator.faults.clear();
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
  import({ engine, type }: Room, name: string): Promise<Bag> {
    this.command.next();
    return engine.import(name, least(type, name));
  }

  /** A command with another app configured is refused for every room of the state, and nothing is touched. */
  async useAnotherApp(command: "up" | "refresh" | "destroy"): Promise<void> {
    this.simulator.requests.clear();
    this.command.next();
    for (const room of this.rooms.filter(({ engine, program }) => engine.resource && program)) {
      const before = room.keep();
      room.engine.account = { ...this.account, appName: "another" };
      const outcome = command === "up" ? await room.up() : await room.engine[command]();
      room.engine.account = this.account;
      this.look(outcome);
      assert.equal(outcome.error?.name, "AppChanged", `${command} with another app: ${outcome.text}`);
      assert.deepEqual(room.keep(), before, "the state is kept");
    }
    assert.deepEqual(this.simulator.requests, [], "nothing was touched");
  }

  /** Rooms of the program that are to have the name of another one. To take over what has a name would share a room. */
  get twins(): Room[] {
    return this.rooms.filter((room) =>
      this.rooms.some((other) => other !== room && other.kind === room.kind && room.wants(other)),
    );
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
    const engines = this.rooms.map(({ engine }) => engine);
    this.ownership.assertAfter(outcome, engines);
    for (const room of this.rooms) assertNoSecrets("the state, where it is in clear", room.inClear());
    assertNoKey("the state", JSON.stringify(engines.map(({ resource }) => resource)));
  }

  /** All is as declared, and there is nothing more to do. */
  private async assertApplied(): Promise<void> {
    for (const room of this.rooms) room.assertApplied();
    for (const [{ program }, step] of await this.previews()) {
      assert.equal(step, "same", `the preview of ${program?.roomName}`);
    }
  }

  /** Colleagues' rooms that an `up` with the flag may take over for this one. */
  private takesOver(room: Room): StoredRoom[] {
    const theirs = room.inTheWay().filter((each) => !this.ownership.own.some(({ _id }) => _id === each._id));
    for (const each of theirs) this.ownership.isOurs(each);
    this.ownership.mayLose(theirs);
    return theirs;
  }

  /** What was not taken over after all is theirs, as it was. */
  private settleTakeover(theirs: readonly StoredRoom[], { error }: Outcome): void {
    const inState = this.rooms.map(({ engine }) => engine.resource?.outputs.roomId);
    for (const room of theirs) {
      const now = this.simulator.rooms.find(({ _id }) => _id === room._id);
      const isTouched = inState.includes(room._id) || (error && !isDeepStrictEqual(now, room));
      if (!isTouched) this.ownership.isTheirs(room);
    }
  }

  /** The engine died before it had saved what became of the room. */
  private kill(room: Room, before: ReturnType<Room["keep"]>): void {
    room.putBack(before);
    this.ownership.mayLose();
  }
}

/** One provider process for all rooms of a command, as the engine has it. */
class OneProcess extends ProvidersOverGrpc {
  private begun: Promise<void> | undefined;

  /** The next command begins. */
  next(): void {
    this.begun = undefined;
  }

  override async run<T>(
    configured: Configured,
    _notes: string[],
    work: (provider: Provider) => Promise<T>,
  ): Promise<T> {
    this.begun ??= this.begin(configured);
    await this.begun;
    return work(this.provider(configured));
  }
}
