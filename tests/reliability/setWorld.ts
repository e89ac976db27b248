import assert from "node:assert/strict";
import { type Simulator, type StoredRoom, type Switches, startSimulator } from "metered-simulator";
import {
  checkInputs,
  compareRoom,
  createRoom,
  deleteRoom,
  KeptInState,
  refreshRoom,
  updateRoom,
} from "../../provider/src/pulumi/operations";
import { ProviderProcess } from "../../provider/src/pulumi/process";
import {
  checkSet,
  compareSet,
  createSet,
  deleteSet,
  refreshSet,
  updateSet,
} from "../../provider/src/pulumi/setOperations";
import type { Bag } from "../../provider/src/pulumi/state";
import { meetingRoomSet, type SetType } from "../../provider/src/rooms/set/setType";
import { canaryKey } from "../support/canary";
import { SkippingTime } from "../support/skippingTime";
import { userText } from "./userText";

/** What a program declares: sets by their names, and single rooms of the same kind by theirs. */
export interface Program {
  readonly sets?: Readonly<Record<string, Readonly<Record<string, Bag>>>>;
  readonly singles?: Readonly<Record<string, Bag>>;
  readonly retainRemoved?: boolean;
}

export interface UpOptions {
  readonly adopt?: boolean;
  /** This resource's process dies after so many of its rooms, before the engine has saved anything of it. */
  readonly killed?: { readonly name: string; readonly after: number };
}

/** A resource in the state. */
interface Held {
  readonly isSet: boolean;
  id: string;
  inputs: Bag;
  outputs: Bag;
  isUnsettled: boolean;
}

/**
 * A stack of sets and single rooms on a simulator, and the engine for it, in this process: each run has a provider process
 * of its own. The resources of a run are compared first and then worked on side by side, and nothing is deleted after a
 * failure.
 */
export class SetWorld {
  state = new Map<string, Held>();
  private process: ProviderProcess;

  private constructor(
    readonly simulator: Simulator,
    private readonly time: SkippingTime,
    readonly type: SetType,
  ) {
    this.process = this.newProcess(false);
  }

  static async start(switches: Partial<Switches> = {}, type: SetType = meetingRoomSet): Promise<SetWorld> {
    const simulator = await startSimulator({ secretKey: canaryKey, switches });
    return new SetWorld(simulator, new SkippingTime((now) => simulator.setClock(now)), type);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** Answers what the user reads when it fails. */
  async up({ sets = {}, singles = {}, retainRemoved }: Program, options: UpOptions = {}): Promise<string | undefined> {
    this.process = this.newProcess(options.adopt ?? false);
    const declared = new Set([...Object.keys(sets), ...Object.keys(singles)]);
    const works = [
      ...Object.entries(sets).map(([name, rooms]) => this.prepareSet(name, { rooms, retainRemoved }, options)),
      ...Object.entries(singles).map(([name, room]) => this.prepareSingle(name, room)),
    ];
    const failures = await this.settled(works);
    if (failures.length > 0 || options.killed) return failures.join("\n") || undefined;
    return this.removed([...this.state].filter(([name]) => !declared.has(name)));
  }

  async refresh(): Promise<string | undefined> {
    this.process = this.newProcess(false);
    const works = [...this.state].map(([name, held]) => async () => {
      const now = held.isSet
        ? await refreshSet(this.place(held.id), held.outputs)
        : await refreshRoom(this.single(name), held.id, held.outputs);
      if (now) Object.assign(held, { inputs: now.inputs, outputs: now.outputs });
      else this.state.delete(name);
    });
    return (await this.settled(works)).join("\n") || undefined;
  }

  destroy(): Promise<string | undefined> {
    this.process = this.newProcess(false);
    return this.removed([...this.state]);
  }

  /** What the state knows of rooms: the `_id` of each by the set's name and its key, or the single room's name. */
  get known(): Map<string, string> {
    return new Map(
      [...this.state].flatMap(([name, { isSet, outputs }]): [string, string][] =>
        isSet
          ? Object.entries(outputs.rooms as Record<string, Bag>).map(([key, room]) => [
              `${name}/${key}`,
              String(room.roomId),
            ])
          : [[name, String(outputs.roomId)]],
      ),
    );
  }

  get living(): StoredRoom[] {
    return this.simulator.rooms.filter(({ archived }) => !archived);
  }

  /** One room on the server for each that is declared, and nothing more to do, also after a look. */
  async assertConverged(program: Program, foreign: readonly string[] = []): Promise<void> {
    const { sets = {}, singles = {} } = program;
    const declared = Object.entries(sets).flatMap(([name, rooms]) => Object.keys(rooms).map((key) => `${name}/${key}`));
    assert.deepEqual([...this.known.keys()].sort(), [...declared, ...Object.keys(singles)].sort());
    const own = this.living.filter(({ _id }) => !foreign.includes(_id)).map(({ _id }) => _id);
    assert.deepEqual([...this.known.values()].sort(), own.sort(), "one room on the server for each key");
    for (const look of [() => Promise.resolve(undefined), () => this.refresh()]) {
      assert.equal(await look(), undefined);
      this.simulator.requests.clear();
      assert.equal(await this.up(program), undefined);
      assert.deepEqual(
        this.simulator.requests.map(({ method, path }) => `${method} ${path}`),
        [],
      );
    }
  }

  private prepareSet(name: string, more: Bag, { killed }: UpOptions): () => Promise<void> {
    const held = this.state.get(name);
    const setName = held?.id ?? `${name}-1a2b3c4d`;
    const stop = killed?.name === name ? new AbortController() : undefined;
    const progress = (done: number) => {
      if (done >= (killed?.after ?? 0)) stop?.abort();
    };
    if (stop && killed?.after === 0) stop.abort();
    const place = this.place(setName, stop ? { signal: stop.signal, progress } : {});
    const { inputs, problems } = checkSet(place, held?.inputs ?? {}, { ...more, __auto: setName });
    assert.deepEqual(problems, []);
    const isChanged = !held || compareSet(place, held.outputs, inputs).isChanged || held.isUnsettled;
    return this.applied(name, true, held, inputs, isChanged, stop !== undefined, () =>
      held ? updateSet(place, held.outputs, inputs) : createSet(place, inputs),
    );
  }

  private prepareSingle(name: string, room: Bag): () => Promise<void> {
    const held = this.state.get(name);
    const place = this.single(name);
    const { inputs, problems } = checkInputs(place, held?.inputs ?? {}, room);
    assert.deepEqual(problems, []);
    const found = held && compareRoom(place, held.id, held.outputs, inputs);
    assert.deepEqual(found?.replaces ?? [], [], "no story of sets replaces a single room");
    const isChanged = !held || (found?.changed.length ?? 0) > 0 || held.isUnsettled;
    return this.applied(name, false, held, inputs, isChanged, false, () =>
      held ? updateRoom(place, held.id, held.outputs, inputs) : createRoom(place, inputs),
    );
  }

  /** What the engine saves of an operation, whatever came of it. */
  private applied(
    name: string,
    isSet: boolean,
    held: Held | undefined,
    inputs: Bag,
    isChanged: boolean,
    isKilled: boolean,
    work: () => Promise<{ id: string; outputs: Bag }>,
  ): () => Promise<void> {
    const save = (id: string, outputs: Bag, isUnsettled: boolean) => {
      if (isKilled) return;
      const kept = isUnsettled && held ? held.inputs : inputs;
      this.state.set(name, {
        isSet,
        id,
        inputs: kept,
        outputs: JSON.parse(JSON.stringify(outputs)) as Bag,
        isUnsettled,
      });
    };
    return async () => {
      if (!isChanged) {
        if (held) held.inputs = inputs;
        return;
      }
      try {
        const { id, outputs } = await work();
        save(id, outputs, false);
      } catch (error) {
        if (error instanceof KeptInState) save(error.id, error.outputs, true);
        if (!isKilled) throw error;
      }
    };
  }

  private async removed(gone: readonly (readonly [string, Held])[]): Promise<string | undefined> {
    const works = gone.map(([name, { isSet, id, outputs }]) => async () => {
      await (isSet ? deleteSet(this.place(id), outputs) : deleteRoom(this.single(name), id, outputs));
      this.state.delete(name);
    });
    return (await this.settled(works)).join("\n") || undefined;
  }

  /** All of them, and what the user reads of those that failed. */
  private async settled(works: readonly (() => Promise<void>)[]): Promise<string[]> {
    const all = await this.time.during(() => Promise.allSettled(works.map((work) => work())));
    return all.flatMap((each) => (each.status === "rejected" ? [userText(each.reason)] : []));
  }

  private place(setName: string, more: { signal?: AbortSignal; progress?: (done: number) => void } = {}) {
    const { signal, progress } = more;
    const errand = { owner: setName, tell: () => undefined, limits: signal ? { signal } : {}, progress };
    return this.process.setPlace(this.type, setName, errand);
  }

  private single(name: string) {
    return this.process.place(this.type.room, { owner: name, tell: () => undefined });
  }

  private newProcess(adopt: boolean): ProviderProcess {
    const { app, url, secretKey } = this.simulator;
    const config: Record<string, string> = {
      "metered:appName": app,
      "metered:secretKey": secretKey,
      "metered:endpoint": url,
      "metered:retrySeconds": "3",
      "metered:maxConcurrentRequests": "1",
      "metered:adoptExisting": String(adopt),
    };
    return new ProviderProcess((key) => config[key], {}, undefined, this.time);
  }
}
