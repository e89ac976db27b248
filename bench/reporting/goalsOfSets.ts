import type { Command, Results } from "../recorded";
import { countText } from "./table";
import { comparable, mostMemory } from "./times";

type Row = readonly [goal: string, measured: string, reached: string];

const [SET, EMPTY] = ["pulumi-metered, set", "empty program"];
/** The size at which sets are compared with everything else, and the largest that goals are about. */
const [MANY, MOST] = [1000, 10_000];

/** What was wanted of sets, and what became of it. */
export function goalsOfSets({ times, growth, sets }: Results): Row[] {
  const { seconds, ratio } = comparable(times);
  const of = (name: string, command: Command) => seconds(name, command, MANY);
  const sum = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? undefined : a + b;
  const inTurns = comparable(sets).seconds;
  const row = growth.find(({ shape, rooms }) => shape === "set" && rooms === MOST);
  const memory = mostMemory(row, "all");
  const many = `a set of ${countText(MANY)} rooms`;
  const most = `a set of ${countText(MOST)} rooms`;
  return [
    inSeconds(`\`up\` of ${many}`, of(SET, "up"), 12),
    compared(
      `\`up\` of ${many} takes at most twice as long as raw HTTP plus an empty program`,
      ratio(of(SET, "up"), sum(of("raw HTTP", "up"), of(EMPTY, "up"))),
      2,
    ),
    ...(
      [
        ["No-op `up`", "no-op up"],
        ["`refresh`", "refresh"],
      ] as const
    ).map(([name, command]) =>
      compared(
        `${name} of ${many} takes at most 1.5 times as long as an empty program`,
        ratio(inTurns(SET, command, MANY), inTurns(EMPTY, command, MANY)),
        1.5,
      ),
    ),
    inSeconds(`\`destroy\` of ${many}`, of(SET, "destroy"), 12),
    ...[
      ["pulumi-metered", "one resource per room"],
      ["Terraform restapi", "Terraform restapi"],
    ].map(([name = "", shown]) =>
      goal(
        `\`up\` of ${many} is at least 10 times as fast as ${shown}`,
        ratio(of(name, "up"), of(SET, "up")),
        "times as fast",
        (found) => found >= 10,
      ),
    ),
    inSeconds(`\`up\` of ${most}`, row?.taken.up?.seconds, 90),
    inSeconds(`No-op \`up\` of ${most}`, row?.taken["no-op up"]?.seconds, 30),
    inSeconds(`A preview of one change in ${most}`, row?.taken.preview?.seconds, 30),
    inMegabytes(`The state of ${most}`, row?.stateBytes === undefined ? undefined : row.stateBytes / 1024 ** 2, 5),
    inMegabytes(`The memory of all processes for ${most}`, memory === 0 ? undefined : memory, 1024),
  ];
}

function inSeconds(what: string, value: number | undefined, most: number): Row {
  return goal(`${what} takes at most ${most} s`, value, "s", (found) => found <= most);
}

function inMegabytes(what: string, value: number | undefined, most: number): Row {
  return goal(`${what} is at most ${most.toLocaleString("en")} MB`, value, "MB", (found) => found <= most);
}

function compared(text: string, value: number | undefined, most: number): Row {
  return goal(text, value, "times as long", (found) => found <= most);
}

function goal(text: string, value: number | undefined, unit: string, isReached: (value: number) => boolean): Row {
  if (value === undefined) return [text, "not measured", "–"];
  const told = value >= 100 ? countText(value) : value.toFixed(value >= 10 ? 1 : 2);
  return [text, `${told} ${unit}`, isReached(value) ? "yes" : "no"];
}
