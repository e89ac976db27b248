import { parseArgs } from "node:util";

/** How thousands of rooms are kept; one stack is measured with checkpoints and without. */
const grown = ["set", "micro", "one"] as const;
type Grown = (typeof grown)[number];

const USAGE = `npm run bench -- [PART …] [options]

  times baseline sets profile timeline state imports languages
                                  side by side; all eight if none is named
  growth                          thousands of rooms in one set, in one stack, in small stacks, and without checkpoints
  report                          docs/ from what is recorded, nothing is measured

  --rooms 1,10        sizes; times: 1,10,100,300,1000; baseline, profile: the last, 1000;
                      sets: 1000,10000; growth: 1000,2000,5000,10000, one stack also 300
  --program NAME      times, baseline, sets, profile: only this one (again for more)
  --shape NAME        growth: only ${grown.join(" or ")}
  --parallel N        growth: small stacks at a time, one for each core if nothing is said
  --results FILE      records there, to try something; docs/ is left alone`;

const sideBySide = ["times", "baseline", "sets", "profile", "timeline", "state", "imports", "languages"] as const;
const measurements = [...sideBySide, "growth"] as const;
export type Part = (typeof measurements)[number];

export interface BenchArguments {
  /** What is to be measured; nothing for `report`. */
  readonly parts: readonly Part[];
  readonly rooms?: readonly number[] | undefined;
  readonly programs?: readonly string[] | undefined;
  readonly shape?: Grown | undefined;
  readonly parallel?: number | undefined;
  readonly results?: string | undefined;
}

/** The command line. One that makes no sense ends the process with the usage. */
export function readArguments(): BenchArguments {
  try {
    const options = {
      rooms: { type: "string" },
      program: { type: "string", multiple: true },
      shape: { type: "string" },
      parallel: { type: "string" },
      results: { type: "string" },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const named = positionals.filter((part) => part !== "report").map((part) => oneOf(measurements, part));
    return {
      parts: positionals.length > 0 ? named : sideBySide,
      rooms: values.rooms
        ?.split(",")
        .map((text) => positive(text))
        .sort((a, b) => a - b),
      programs: values.program,
      shape: values.shape === undefined ? undefined : oneOf(grown, values.shape),
      parallel: values.parallel === undefined ? undefined : positive(values.parallel),
      results: values.results,
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

function oneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((each) => each === text);
  if (!found) throw new Error(`"${text}" is none of ${known.join(", ")}`);
  return found;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(Number.isInteger(number) && number > 0)) throw new Error(`"${text}" is no whole number above 0`);
  return number;
}
