/**
 * What both ways to use the provider need of a kind of resource: rooms, sets of rooms, or objects that aren't rooms. Each
 * of them has one wrapper, which serves all kinds.
 */
import type { Note } from "../notes";
import type { Owner } from "../rooms/owner";
import type { Errand, ProviderProcess } from "./process";
import type { Pace } from "./progress";
import type { Bag } from "./state";

/** What a resource is in Pulumi's state. */
export interface ResourceState {
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/** A resource as the last run left it. */
export interface Last {
  readonly id: string;
  readonly outputs: Bag;
  /** Only where the face knows them. */
  readonly inputs?: Bag | undefined;
}

export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly problems: readonly string[];
  /** What isn't wrong by itself, and fails once it's carried out: absent where there is none. */
  readonly warnings?: readonly string[];
}

/** How a long operation is heard of. */
interface Progress {
  readonly pace: Pace;
  readonly show: (note: Note) => void;
}

/** @typeParam Found what a comparison finds */
export interface Kind<Found> {
  /** By its name Pulumi finds the code of a dynamic resource. */
  readonly type: { readonly name: string };
  /**
   * Names of what must be a secret, whatever the program says.
   *
   * @param isDeclared of what no program declares, whatever may contain a credential is one
   */
  secrets(isDeclared: boolean): readonly string[];
  /** Whether outputs say no more than what the program looks up: nothing has been read yet. */
  isFirstRead(outputs: Bag): boolean;
  /** Judges and completes inputs, without any call. `olds` are those of the last run, `{}` for a new resource. */
  check(process: ProviderProcess, owner: Owner, olds: Bag, news: Bag): Checked;
  /** @throws MeteredError `InvalidConfiguration` */
  operations(process: ProviderProcess, errand: Errand, progress: Progress): Operations<Found>;
}

/** From property bag to property bag. Errors are still facts, which each face turns into its own words. */
export interface Operations<Found> {
  /** What a change of the program means, without any call. */
  compare(last: Last, news: Bag): Found;
  /** What a preview knows of the outputs. */
  planned(news: Bag, last?: Last): Bag;
  /** @throws KeptInState, and MeteredError */
  create(inputs: Bag): Promise<ResourceState>;
  /** @throws KeptInState, and MeteredError */
  update(last: Last, news: Bag): Promise<ResourceState>;
  delete(last: Last): Promise<void>;
  /** As it is now; undefined when it's gone. */
  refresh(last: Last): Promise<ResourceState | undefined>;
  /** The same for one that the program looks up, and doesn't declare. */
  refreshLookup(last: Last): Promise<ResourceState | undefined>;
  /** One that exists, as a program looks it up: no inputs. */
  lookUp(last: Last): Promise<ResourceState>;
  /** One that exists, with the inputs that would declare it. */
  import(id: string): Promise<ResourceState>;
}
