import fc from "fast-check";
import { type Switches, switches } from "metered-simulator";
import { troubles } from "../reliability/faults";

/** Which of the rooms of the program is meant: two meeting rooms and a live one. */
type Slot = 0 | 1 | 2;

/** What can go wrong with a call, but for lies that must be believed and for what takes real time. */
export const mishaps = new Map(
  troubles
    .filter(({ isSlow, title }) => !isSlow && title !== "404 in JSON")
    .flatMap(({ title, fault }) => (fault ? [[title, fault] as const] : [])),
);

/** Something that goes wrong during a run: the title of the trouble, and which call meets it. */
export interface Mishap {
  readonly trouble: string;
  readonly call: "any" | "create" | "get" | "update" | "delete";
  readonly skip: number;
  readonly times: 1 | 2 | "always";
}

/** One thing that happens to a stack. Plain data, so that a failing story can be kept as an example. */
export type Operation =
  /** The program: what a user writes. `name` counts in the list of names, `setting` in the kind's settings. */
  | {
      readonly do: "declare";
      readonly slot: Slot;
      readonly name: number | "made";
      readonly settings: readonly number[];
    }
  | { readonly do: "take out"; readonly slot: Slot }
  | { readonly do: "set"; readonly slot: Slot; readonly setting: number; readonly isOther: boolean }
  | { readonly do: "unset"; readonly slot: Slot; readonly setting: number }
  | { readonly do: "rename"; readonly slot: Slot; readonly name: number }
  /** An alias: the resource has another URN, and so another made name. */
  | { readonly do: "move"; readonly slot: Slot }
  /** The option `deleteBeforeReplace: true`, or no option. */
  | { readonly do: "turn old-first"; readonly slot: Slot }
  /** A transformation sets the name; a made one stays beside it as the mark. */
  | { readonly do: "transform"; readonly slot: Slot; readonly name: number }
  /** Two rooms of a kind change names. */
  | { readonly do: "swap" }
  /** A second resource with the same inputs: a line of the program is copied. */
  | { readonly do: "copy"; readonly from: Slot; readonly to: Slot }
  /** Back to what the last successful `up` made. */
  | { readonly do: "revert"; readonly slot: Slot }
  /** What colleagues do in the dashboard. */
  | { readonly do: "archive" | "recreate" | "take the name"; readonly slot: Slot }
  | { readonly do: "edit"; readonly slot: Slot; readonly setting: number; readonly to: "one" | "other" | "nothing" }
  /** Commands. */
  | { readonly do: "import"; readonly slot: Slot; readonly name: number }
  | {
      readonly do: "up";
      readonly adopt?: boolean;
      /** Forces a replacement. */
      readonly replace?: Slot;
      /** The engine dies before it has saved what became of this room. */
      readonly killed?: Slot;
      /** How long the server takes for replies, by what is asked: they come in another order than they were asked for. */
      readonly latencies?: readonly number[];
      /** How many operations there are at once; 8 unless it is told. */
      readonly parallel?: 1 | 2;
      readonly mishap?: Mishap;
    }
  | { readonly do: "refresh" | "destroy"; readonly mishap?: Mishap }
  /** With another app configured, by mistake. */
  | { readonly do: "use another app"; readonly command: "up" | "refresh" | "destroy" };

/** A story: how the API behaves, and what happens. */
export interface Story {
  readonly switches: Partial<Switches>;
  readonly operations: readonly Operation[];
  /** The program gives its rooms a provider of its own. */
  readonly hasProvider?: boolean;
  /** Whether the user begins with a refresh to bring the stack to rest. */
  readonly endsWithRefresh: boolean;
}

const slot = fc.constantFrom<Slot[]>(0, 1, 2);
const number = fc.nat({ max: 31 });
const name = fc.nat({ max: 3 });
const latency = fc.constantFrom(0, 100, 400, 2500);

const mishap: fc.Arbitrary<Mishap> = fc.record({
  trouble: fc.constantFrom(...mishaps.keys()),
  call: fc.constantFrom("any", "create", "get", "update", "delete"),
  skip: fc.nat({ max: 2 }),
  times: fc.constantFrom<Mishap["times"][]>(1, 2, "always"),
});
/** Of four runs, one meets trouble. */
const maybeMishap = { mishap: fc.option(mishap, { nil: undefined, freq: 3 }) };
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 9, depthSize: "max" });

const operation: fc.Arbitrary<Operation> = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("declare" as const),
        slot,
        name: fc.oneof(name, fc.constant("made" as const)),
        settings: fc.array(number, { maxLength: 6 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("take out" as const), slot }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant("set" as const), slot, setting: number, isOther: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("unset" as const), slot, setting: number }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("rename" as const), slot, name }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("transform" as const), slot, name }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("swap" as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("copy" as const), from: slot, to: slot }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("move" as const, "turn old-first" as const), slot }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom("archive" as const, "recreate" as const, "take the name" as const),
        slot,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("edit" as const),
        slot,
        setting: number,
        to: fc.constantFrom("one" as const, "other" as const, "nothing" as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("import" as const), slot, name }) },
    {
      weight: 9,
      arbitrary: fc.record({
        do: fc.constant("up" as const),
        adopt: rarely(fc.constant(true)),
        replace: rarely(slot),
        killed: rarely(slot),
        latencies: fc.option(fc.array(latency, { minLength: 3, maxLength: 3 }), { nil: undefined, freq: 2 }),
        parallel: rarely(fc.constantFrom(1 as const, 2 as const)),
        ...maybeMishap,
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("refresh" as const), ...maybeMishap }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("destroy" as const), ...maybeMishap }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("use another app" as const),
        command: fc.constantFrom("up" as const, "refresh" as const, "destroy" as const),
      }),
    },
  )
  .map((each) => Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as Operation);

/** What would stop every story at its first call has tests of its own. */
const { app: _app, liveStreaming: _live, ...open } = switches;

const settings = fc.record(
  Object.fromEntries(
    Object.entries(open).map(([name, { values }]) => [name, fc.constantFrom<(string | number)[]>(...values)]),
  ),
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<Switches>>;

/** Any story, begun with an `up` so that there is something that things can happen to. */
export const story: fc.Arbitrary<Story> = fc.record({
  switches: settings,
  operations: fc.array(operation, { minLength: 3, maxLength: 12, size: "max" }),
  hasProvider: fc.boolean(),
  endsWithRefresh: fc.boolean(),
});
