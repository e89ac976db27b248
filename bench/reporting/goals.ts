import { type Command, commands, type Results } from "../recorded";
import { goalsOfSets } from "./goalsOfSets";
import { countText, table } from "./table";
import { comparable } from "./times";

type Row = readonly [goal: string, measured: string, reached: string];

/** The goals and what became of them. */
export function reportGoals(results: Results): string {
  const { times, floor, growth } = results;
  const { largest, seconds, ratio } = comparable(times);
  const inTurns = comparable(floor).seconds;
  const [ours, terraform] = ["pulumi-metered", "Terraform restapi"];
  const compared = (goal: string, value: number | undefined, most: number, of: string): Row => {
    if (value === undefined) return [goal, "not measured", "–"];
    return [goal, `${value.toFixed(2)} times ${of}`, value <= most ? "yes" : "no"];
  };
  const against = (name: string, command: "no-op up" | "destroy") =>
    ratio(seconds(ours, command), seconds(name, command));
  const slower = (command: "up" | "destroy") => ratio(seconds("usual", command), seconds(ours, command));
  const micro = growth.find(({ shape, rooms }) => shape === "micro" && rooms === largest);
  const rows: Row[] = [
    ...goalsOfSets(results),
    ...(["up", "destroy"] as const).map((command): Row => {
      const value = slower(command);
      if (value === undefined) return [`${command}: twice as fast as the usual provider`, "not measured", "–"];
      return [
        `${command}: twice as fast as the usual provider`,
        `${value.toFixed(2)} times as fast`,
        value >= 2 ? "yes" : "no",
      ];
    }),
    ...["floor", "floor with settings"].map((name) =>
      compared(
        `up: at most 1.15 times the ${name}`,
        ratio(inTurns(ours, "up"), inTurns(name, "up")),
        1.15,
        `the ${name}`,
      ),
    ),
    compared(
      "all five commands: at most half of restapi's HTTP requests",
      ratio(requests(times, ours, largest, commands), requests(times, terraform, largest, commands)),
      0.5,
      "restapi's requests",
    ),
    compared(
      "up and destroy: at most half of restapi's HTTP requests",
      ratio(requests(times, ours, largest, ["up", "destroy"]), requests(times, terraform, largest, ["up", "destroy"])),
      0.5,
      "restapi's requests",
    ),
    compared(
      "up in small stacks: faster than restapi",
      ratio(micro?.taken.up?.seconds, seconds(terraform, "up")),
      1,
      "restapi's time",
    ),
    compared("no-op up in one stack: faster than restapi", against(terraform, "no-op up"), 1, "restapi's time"),
    compared("destroy in one stack: faster than restapi", against(terraform, "destroy"), 1, "restapi's time"),
    compared(
      "one room, up: less than 1.10 times the floor",
      ratio(seconds(ours, "up", 1), seconds("floor", "up", 1)),
      1.1,
      "the floor",
    ),
  ];
  return table([`goal, at ${countText(largest)} rooms where nothing else is said`, "measured", "reached"], rows);
}

function requests(times: Results["times"], name: string, rooms: number, of: readonly Command[]): number | undefined {
  const taken = times.find((row) => row.name === name && row.rooms === rooms)?.taken;
  return taken && of.reduce((total, command) => total + (taken[command]?.calls ?? 0), 0);
}
