import type { Command, Results } from "../recorded";
import { countText } from "./table";
import { comparable } from "./times";

type Row = readonly [goal: string, measured: string, reached: string];

const SET = "pulumi-metered, set";
/** The size at which sets are compared with everything else, and the largest that goals are about. */
const [MANY, MOST] = [1000, 10_000];

/** What was wanted of sets, and what became of it. */
export function goalsOfSets({ times, growth }: Results): Row[] {
  const { seconds, ratio } = comparable(times);
  const of = (name: string, command: Command) => seconds(name, command, MANY);
  const sum = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? undefined : a + b;
  const row = growth.find(({ shape, rooms }) => shape === "set" && rooms === MOST);
  const memory = Object.values(row?.taken ?? {}).flatMap(({ memory: seen }) => (seen ? [seen.all] : []));
  const many = `a set of ${countText(MANY)} rooms`;
  const most = `a set of ${countText(MOST)} rooms`;
  return [
    atMost(`${many}, up`, of(SET, "up"), 12, "s"),
    atMost(
      `${many}, up, against raw HTTP plus an empty program`,
      ratio(of(SET, "up"), sum(of("raw HTTP", "up"), of("empty program", "up"))),
      2,
      "times",
    ),
    ...(["no-op up", "refresh"] as const).map((command) =>
      atMost(
        `${many}, ${command}, against an empty program`,
        ratio(of(SET, command), of("empty program", command)),
        1.5,
        "times",
      ),
    ),
    atMost(`${many}, destroy`, of(SET, "destroy"), 12, "s"),
    ...["pulumi-metered", "Terraform restapi"].map((name) =>
      atLeast(`${many}, up, against ${name}`, ratio(of(name, "up"), of(SET, "up")), 10, "times as fast"),
    ),
    atMost(`${most}, up`, row?.taken.up?.seconds, 90, "s"),
    atMost(`${most}, no-op up`, row?.taken["no-op up"]?.seconds, 30, "s"),
    atMost(`${most}, preview of one change`, row?.taken.preview?.seconds, 30, "s"),
    atMost(`${most}, state`, row?.stateBytes === undefined ? undefined : row.stateBytes / 1024 ** 2, 5, "MB"),
    atMost(`${most}, memory of all processes`, memory.length > 0 ? Math.max(...memory) : undefined, 1024, "MB"),
  ];
}

function atMost(what: string, value: number | undefined, most: number, unit: string): Row {
  return goal(`${what}: at most ${most.toLocaleString("en")} ${unit}`, value, unit, (found) => found <= most);
}

function atLeast(what: string, value: number | undefined, least: number, unit: string): Row {
  return goal(`${what}: at least ${least} ${unit}`, value, unit, (found) => found >= least);
}

function goal(text: string, value: number | undefined, unit: string, isReached: (value: number) => boolean): Row {
  if (value === undefined) return [text, "not measured", "–"];
  const told = value >= 100 ? countText(value) : value.toFixed(value >= 10 ? 1 : 2);
  return [text, `${told} ${unit}`, isReached(value) ? "yes" : "no"];
}
