import { type Command, commands, type Results, type TimesRow } from "../recorded";
import { countText, secondsText, table } from "./table";
import { comparable, madeOn, medians, mostMemory } from "./times";

/** The section on how much of the time and memory of a set is ours, and how much that of Pulumi. */
export function reportSets({ sets, runs }: Results): string {
  if (sets.length === 0) return "Not measured yet: `npm run bench -- sets`.";
  const sizes = [...new Set(sets.map(({ rooms }) => rooms))];
  return `The programs take turns, so that a slow minute of the machine affects all of them.${medians(sets)} ${madeOn(sets, runs)}

${table(
  ["Rooms", "Program", ...commands, "MB"],
  sets.map((row) => [
    countText(row.rooms),
    row.name,
    ...commands.map((command) => secondsText(row.taken[command]?.seconds)),
    mostMemory(row, "all") === 0 ? "–" : countText(mostMemory(row, "all")),
  ]),
)}

${sizes.map((rooms) => compared(sets, rooms)).join("\n")}`;
}

const [SET, BASELINE] = ["pulumi-metered, set", "engine baseline, set"];

/** How much more the set takes than the baseline, at one size. */
function compared(rows: readonly TimesRow[], rooms: number): string {
  const { seconds, ratio } = comparable(rows);
  const memory = (name: string) => mostMemory(rowOf(rows, name, rooms), "all") || undefined;
  const times = (of: (name: string) => number | undefined) => ratio(of(SET), of(BASELINE))?.toFixed(2) ?? "–";
  const took = (command: Command) => times((name) => seconds(name, command, rooms));
  return `- At ${countText(rooms)} rooms, the set takes ${took("no-op up")} times as long as the engine baseline for a no-op up, and ${took("refresh")} times as long for a refresh. It takes ${times(memory)} times as much memory.`;
}

function rowOf(rows: readonly TimesRow[], name: string, rooms: number): TimesRow | undefined {
  return rows.find((row) => row.name === name && row.rooms === rooms);
}
