import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What is measured of a stack, in this order. */
export const commands = ["preview", "up", "no-op up", "refresh", "destroy"] as const;
export type Command = (typeof commands)[number];

/** What is measured of thousands of rooms. */
export const growthCommands = ["up", "no-op up", "refresh", "destroy"] as const satisfies readonly Command[];

/** What one command took. */
export interface Taken {
  readonly seconds: number;
  /** HTTP requests to the server. */
  readonly calls: number;
  /**
   * The most resident memory in MB that was seen: of what was started (Pulumi's or Terraform's own process), and of
   * that with all that it started in turn. Absent where it cannot be read, which is everywhere but on Linux.
   */
  readonly memory?: Memory;
}

export interface Memory {
  readonly engine: number;
  readonly all: number;
}

/** A contestant at one size. */
export interface TimesRow {
  readonly name: string;
  readonly rooms: number;
  /** The key of the circumstances. */
  readonly run: string;
  readonly taken: Partial<Readonly<Record<Command, Taken>>>;
  /** Of how many runs each command is the median; absent for a single run. */
  readonly medianOf?: number;
  /** The size of the state after `up`; absent for what has none. */
  readonly stateBytes?: number;
}

export const shapes = ["set", "one", "micro", "unsaved"] as const;
export type Shape = (typeof shapes)[number];

/** This provider with so many rooms in one of the shapes. The preview is that of one change, and measured of sets. */
export interface GrowthRow extends Omit<TimesRow, "name" | "medianOf"> {
  readonly shape: Shape;
  /** How many stacks there are, and how many were worked on at a time. */
  readonly stacks: number;
  readonly parallel: number;
  /**
   * One stack: what a room takes that is made, or deleted, where there are so many. It stands in the place of the `up`
   * and the `destroy` of all of them, which take hours.
   */
  readonly further?: Readonly<Record<"up" | "destroy", Further>>;
}

/** What each of some further rooms takes. */
export interface Further {
  readonly secondsEach: number;
  readonly memory?: Memory;
}

/** What a run was made on. */
export interface Circumstances {
  readonly node: string;
  readonly pulumi?: string;
  readonly sdk: string;
  readonly terraform?: string;
  readonly restapi?: string;
  readonly cores: number;
  readonly latencyMs: number;
}

/** Where the processors' time goes in an `up`, in seconds of one processor. */
export interface ProfileRow {
  readonly name: string;
  readonly rooms: number;
  /** The key of the circumstances. */
  readonly run: string;
  /** By the clock on the wall. */
  readonly seconds: number;
  readonly engine: number;
  /** The engine's share for the state: making it, checking it, writing it. */
  readonly writing: number;
  readonly program: number;
  /** Pulumi's process for dynamic providers. */
  readonly provider: number;
  /** Pulumi's host for Node programs and what else there is. */
  readonly other: number;
  readonly stateBytes: number;
}

/** A stretch of `pulumi up` of one room, in milliseconds. */
export type Stretch = readonly [what: string, ms: number];

export interface StateBytes {
  /** (state file with 1,000 rooms - with none) / 1,000 */
  readonly total: number;
  /** The same for parts of a room's entry, largest first, in compact JSON. */
  readonly parts: readonly (readonly [string, number])[];
}

export interface ImportCost {
  readonly what: string;
  /** Median of five processes, in milliseconds, in a process that holds what Pulumi's program runner has loaded already. */
  readonly ms: number;
  /** Modules that it loads beyond those. */
  readonly modules: number;
}

/** A no-op `up` of one room by how its program is written: the median, in seconds. */
export interface LanguageCost {
  readonly what: string;
  readonly seconds: number;
}

/** All that was ever recorded, the newest of each kind: what the pages and charts are made of. */
export interface Results {
  /** By the moment at which the run began. */
  readonly runs: Readonly<Record<string, Circumstances>>;
  readonly times: readonly TimesRow[];
  /** `up` of this provider and of the engine's baselines, several times in turns, so that a noisy minute doesn't decide the ratio. */
  readonly baseline: readonly TimesRow[];
  /** The set, the smallest resource with the same map, and an empty program, several times in turns. */
  readonly sets: readonly TimesRow[];
  readonly growth: readonly GrowthRow[];
  readonly timeline: readonly Stretch[];
  readonly state: StateBytes;
  readonly imports: readonly ImportCost[];
  readonly languages: readonly LanguageCost[];
  readonly profile: readonly ProfileRow[];
}

const nothing: Results = {
  runs: {},
  times: [],
  baseline: [],
  sets: [],
  growth: [],
  timeline: [],
  state: { total: 0, parts: [] },
  imports: [],
  languages: [],
  profile: [],
};

/** The file that keeps them. Written after each row, so that a run that is ended keeps what it has. */
export class ResultsFile {
  constructor(private readonly path: string) {}

  read(): Results {
    const recorded = existsSync(this.path) ? (JSON.parse(readFileSync(this.path, "utf8")) as Partial<Results>) : {};
    return { ...nothing, ...recorded };
  }

  /** Keeps what the changes do not name, and of the runs those that a row came from. */
  write(changes: Partial<Results>): void {
    const changed = { ...this.read(), ...changes };
    const used = new Set(
      (["times", "baseline", "sets", "growth", "profile"] as const).flatMap((kind) =>
        changed[kind].map(({ run }) => run),
      ),
    );
    const runs = Object.fromEntries(Object.entries(changed.runs).filter(([run]) => used.has(run)));
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, `${JSON.stringify({ ...changed, runs }, undefined, 2)}\n`);
  }

  /** Adds a row of the times, in the place of an older one. */
  addTimes(row: TimesRow, on: Circumstances): void {
    const { runs, times } = this.read();
    const others = times.filter(({ name, rooms }) => name !== row.name || rooms !== row.rooms);
    this.write({ runs: { ...runs, [row.run]: on }, times: [...others, row].sort(bySize) });
  }

  /** Adds a row of a comparison in turns. Those of an earlier run go, since only rows of one run can be compared. */
  addInTurns(kind: "baseline" | "sets", row: TimesRow, on: Circumstances): void {
    const { runs, [kind]: rows } = this.read();
    const others = rows.filter(({ run, name, rooms }) => run === row.run && (name !== row.name || rooms !== row.rooms));
    this.write({ runs: { ...runs, [row.run]: on }, [kind]: [...others, row].sort(bySize) });
  }

  /** Adds a row of the profile; those of an earlier run go, since only one run's compare. */
  addProfile(row: ProfileRow, on: Circumstances): void {
    const { runs, profile } = this.read();
    const others = profile.filter(({ run, name }) => run === row.run && name !== row.name);
    this.write({ runs: { ...runs, [row.run]: on }, profile: [...others, row] });
  }

  /** Adds a row of the growth, in the place of an older one. */
  addGrowth(row: GrowthRow, on: Circumstances): void {
    const { runs, growth } = this.read();
    const others = growth.filter(({ shape, rooms }) => shape !== row.shape || rooms !== row.rooms);
    this.write({ runs: { ...runs, [row.run]: on }, growth: [...others, row].sort(bySize) });
  }
}

function bySize(a: { rooms: number }, b: { rooms: number }): number {
  return a.rooms - b.rooms;
}
