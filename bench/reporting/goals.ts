import { type Command, commands, type Results } from "../recorded";
import { goalsOfSets } from "./goalsOfSets";
import { countText, table } from "./table";
import { comparable } from "./times";

type Row = readonly [goal: string, measured: string, reached: string];

/** The goals, and what was measured. */
export function reportGoals(results: Results): string {
  const { times, baseline, growth } = results;
  const { largest, seconds, ratio } = comparable(times);
  const inTurns = comparable(baseline).seconds;
  const [ours, terraform] = ["pulumi-metered", "Terraform restapi"];
  const compared = (goal: string, value: number | undefined, most: number, of: string): Row => {
    if (value === undefined) return [goal, "not measured", "–"];
    return [goal, `${value.toFixed(2)} times ${of}`, value <= most ? "yes" : "no"];
  };
  const against = (name: string, command: "no-op up" | "destroy") =>
    ratio(seconds(ours, command), seconds(name, command));
  const slower = (command: "up" | "destroy") =>
    ratio(seconds("hand-written provider", command), seconds(ours, command));
  const micro = growth.find(({ shape, rooms }) => shape === "micro" && rooms === largest);
  const rows: Row[] = [
    ...goalsOfSets(results),
    ...(["up", "destroy"] as const).map((command): Row => {
      const value = slower(command);
      const goal = `\`${command}\` is at least twice as fast as the hand-written provider`;
      if (value === undefined) return [goal, "not measured", "–"];
      return [goal, `${value.toFixed(2)} times as fast`, value >= 2 ? "yes" : "no"];
    }),
    ...["engine baseline", "engine baseline with settings"].map((name) =>
      compared(
        `\`up\` takes at most 1.15 times as long as the ${name}`,
        ratio(inTurns(ours, "up"), inTurns(name, "up")),
        1.15,
        `the ${name}`,
      ),
    ),
    compared(
      "All five commands make at most half of Terraform's HTTP requests",
      ratio(requests(times, ours, largest, commands), requests(times, terraform, largest, commands)),
      0.5,
      "Terraform's requests",
    ),
    compared(
      "`up` and `destroy` make at most half of Terraform's HTTP requests",
      ratio(requests(times, ours, largest, ["up", "destroy"]), requests(times, terraform, largest, ["up", "destroy"])),
      0.5,
      "Terraform's requests",
    ),
    compared(
      "`up` in small stacks is faster than Terraform",
      ratio(micro?.taken.up?.seconds, seconds(terraform, "up")),
      1,
      "Terraform's time",
    ),
    compared("No-op `up` in one stack is faster than Terraform", against(terraform, "no-op up"), 1, "Terraform's time"),
    compared("`destroy` in one stack is faster than Terraform", against(terraform, "destroy"), 1, "Terraform's time"),
    compared(
      "`up` of one room takes less than 1.10 times as long as the engine baseline",
      ratio(seconds(ours, "up", 1), seconds("engine baseline", "up", 1)),
      1.1,
      "the engine baseline",
    ),
  ];
  return table([`Goal (at ${countText(largest)} rooms, unless stated otherwise)`, "Measured", "Reached"], rows);
}

function requests(times: Results["times"], name: string, rooms: number, of: readonly Command[]): number | undefined {
  const taken = times.find((row) => row.name === name && row.rooms === rooms)?.taken;
  return taken && of.reduce((total, command) => total + (taken[command]?.calls ?? 0), 0);
}
