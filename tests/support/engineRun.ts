import type { ResourceState } from "../../provider/src/pulumi/kind";
import { checkInputs, compareRoom, createRoom, deleteRoom, updateRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { Claims } from "../../provider/src/rooms/claims";
import type { Place } from "../../provider/src/rooms/place";
import type { FakeApi } from "./fakeApi";
import type { VirtualTime } from "./virtualTime";

/** What a program declares: the inputs of each resource, in the order in which it registers them. */
export type Program = Readonly<Record<string, Bag>>;
/** A room that is to be deleted at the end of a run, also of the next one where this one fails. */
interface Leaving {
  readonly owner: string;
  readonly state: ResourceState;
}

/** What Pulumi keeps of each resource. */
export interface Stack {
  readonly rooms: ReadonlyMap<string, ResourceState>;
  readonly leaving: readonly Leaving[];
}

export interface Conditions {
  /** The plugin knows which resource a call is about, a dynamic provider does not. */
  readonly knowsOwners: boolean;
  readonly adoptExisting?: boolean;
  /** How many steps the engine does at a time; it tells of no further resource as long as all of them are busy. */
  readonly parallel?: number;
  /** How long Pulumi takes from one resource to the next, in milliseconds. */
  readonly pace?: number;
  /** Resources whose option `deleteBeforeReplace` is set. */
  readonly deletingFirst?: readonly string[];
}

/** What came of a run. */
export interface Ended {
  readonly stack: Stack;
  readonly errors: readonly Error[];
}

/** One `pulumi up` as the engine does it: checks and diffs one after the other, steps in parallel, deletes at the end. */
export class EngineRun {
  private readonly claims: Claims;
  private readonly errors: Error[] = [];
  private readonly leaving: Leaving[];
  private readonly stack: Map<string, ResourceState>;
  private readonly busy = new Set<Promise<void>>();

  constructor(
    private readonly api: FakeApi,
    private readonly time: VirtualTime,
    private readonly conditions: Conditions,
    before: Stack,
  ) {
    this.claims = new Claims(time);
    this.stack = new Map(before.rooms);
    this.leaving = [...before.leaving];
  }

  async up(program: Program): Promise<Ended> {
    const { parallel = Number.POSITIVE_INFINITY, pace = 0 } = this.conditions;
    for (const [owner, news] of Object.entries(program)) {
      const step = this.begun(owner, news);
      while (this.busy.size >= parallel) await Promise.race(this.busy);
      this.begin(step);
      if (pace > 0) await this.time.sleep(pace);
    }
    while (this.busy.size > 0) await Promise.race(this.busy);
    // An error ends the run before it comes to its deletes.
    if (this.errors.length > 0) return this.ended();
    const removed = [...this.stack].filter(([owner]) => !(owner in program));
    for (const [owner] of removed) this.stack.delete(owner);
    this.leaving.push(...removed.map(([owner, state]) => ({ owner, state })));
    const left = this.leaving.splice(0);
    for (const gone of left) this.begin(() => this.remove(gone.owner, gone.state).catch(this.stays(gone)));
    while (this.busy.size > 0) await Promise.race(this.busy);
    return this.ended();
  }

  /** A comparison that fails is an error of its resource, and the others go on. */
  private begun(owner: string, news: Bag): () => Promise<void> {
    try {
      return this.stepFor(owner, news);
    } catch (error) {
      return () => Promise.reject(error);
    }
  }

  /** What could not be deleted is come back to. */
  private stays(left: Leaving): (error: unknown) => never {
    return (error) => {
      this.leaving.push(left);
      throw error;
    };
  }

  private ended(): Ended {
    return { stack: { rooms: this.stack, leaving: this.leaving }, errors: this.errors };
  }

  private begin(step: () => Promise<void>): void {
    const running = step()
      .catch((error: unknown) => void this.errors.push(error as Error))
      .then(() => void this.busy.delete(running));
    this.busy.add(running);
  }

  private stepFor(owner: string, news: Bag): () => Promise<void> {
    const place = this.place(owner);
    const before = this.stack.get(owner);
    const { inputs } = checkInputs(place, before?.inputs ?? {}, news);
    if (!before) return () => this.create(owner, inputs);
    const { id, outputs } = before;
    const found = compareRoom(place, id, outputs, inputs);
    if (found.replaces.length > 0) return this.replacement(owner, before, news, found.deleteBeforeReplace);
    return async () => {
      if (found.changed.length > 0 || found.isRewritten)
        this.stack.set(owner, await updateRoom(place, id, outputs, inputs));
    };
  }

  private replacement(owner: string, before: ResourceState, news: Bag, deletesFirst: boolean): () => Promise<void> {
    // Pulumi checks the inputs of the next room as those of a new one.
    const { inputs } = checkInputs(this.place(owner), {}, news);
    if (deletesFirst || this.conditions.deletingFirst?.includes(owner)) {
      return async () => {
        await this.remove(owner, before);
        this.stack.delete(owner);
        await this.create(owner, inputs);
      };
    }
    return async () => {
      await this.create(owner, inputs);
      this.leaving.push({ owner, state: before });
    };
  }

  private async create(owner: string, inputs: Bag): Promise<void> {
    this.stack.set(owner, await createRoom(this.place(owner), inputs));
  }

  private remove(owner: string, { id, outputs }: ResourceState): Promise<void> {
    return deleteRoom(this.place(owner), id, outputs);
  }

  private place(owner: string): Place {
    const { knowsOwners, adoptExisting = false } = this.conditions;
    const place = this.api.place({ adoptExisting, claims: this.claims, ...(knowsOwners ? { owner } : {}) });
    return { ...place, now: () => this.time.now() };
  }
}
