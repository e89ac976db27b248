import { type Circumstances, type Command, commands, type Memory, type Results, type TimesRow } from "../recorded";
import { picture } from "./charts";
import { programs } from "./programs";
import { countText, secondsText, table } from "./table";

/** The section of docs/benchmarks.md on time, calls and memory. */
export function reportTimes(results: Results): string {
  const { times, runs } = results;
  const inOrder = Object.keys(programs);
  const rows = [...times].sort((a, b) => a.rooms - b.rooms || inOrder.indexOf(a.name) - inOrder.indexOf(b.name));
  const measured = inOrder.filter((name) => rows.some((row) => row.name === name));
  const pictures = ["up", "no-op up", "destroy"].map((command) => picture(results, command));
  return [
    `Seconds, file backend, no preview. ${madeOn(rows, runs)}${medians(rows)}`,
    pictures.filter((each) => each !== "").join("\n\n"),
    table(
      ["Rooms", "Program", ...commands, "State, KB"],
      rows.map(({ rooms, name, taken, stateBytes }) => [
        countText(rooms),
        name,
        ...commands.map((command) => secondsText(taken[command]?.seconds)),
        stateBytes === undefined ? "–" : countText(stateBytes / 1024),
      ]),
    ),
    measured.map((name) => `- **${name}**: ${programs[name]}`).join("\n"),
    `HTTP requests per room:\n\n${table(
      ["Program", "Rooms", ...commands],
      measured.flatMap((name) => callsPerRoom(name, rows)),
    )}`,
    memory(rows, measured),
    ratios(rows),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

export function medians(rows: readonly TimesRow[]): string {
  const told = rows.flatMap(({ rooms, medianOf }) =>
    medianOf === undefined
      ? []
      : [`${countText(rooms)} room${rooms === 1 ? "" : "s"}: the median of ${medianOf} runs.`],
  );
  return [...new Set(told)].map((text) => ` ${text}`).join("");
}

/** What rows were measured on, and whether in one run. */
export function madeOn(rows: readonly { run: string; name?: string }[], runs: Results["runs"]): string {
  const used = [...new Set(rows.map(({ run }) => run))].sort();
  const isCompared = rows.some(({ name }) => name?.startsWith("Terraform"));
  const texts = new Map<string, string[]>();
  for (const run of used) {
    const text = runs[run] ? on(runs[run], isCompared) : "";
    texts.set(text, [...(texts.get(text) ?? []), run.slice(0, 10)]);
  }
  const told = [...texts].map(([text, days]) => `${text}, on ${[...new Set(days)].join(", ")}`).join("; ");
  return `Measured in ${used.length === 1 ? "one run" : `${used.length} runs`} of \`npm run bench\`: ${told}.`;
}

/** `3.274.1`: the engine that a run was made on. */
export function engineOf(run: string, runs: Results["runs"]): string | undefined {
  return runs[run]?.pulumi?.replace(/^v/, "");
}

function on({ node, pulumi, sdk, terraform, restapi, cores, latencyMs }: Circumstances, isCompared: boolean): string {
  const versions = [
    pulumi ? `Pulumi ${pulumi.replace(/^v/, "")}` : "",
    `@pulumi/pulumi ${sdk}`,
    `Node ${node}`,
    terraform && isCompared ? `Terraform ${terraform} with restapi ${restapi}` : "",
  ];
  const software = versions.filter((version) => version !== "").join(", ");
  return `${software}, on ${cores} cores, against a server that waits ${latencyMs} ms before it handles a request`;
}

/** A row for all sizes, or one for each where they differ. */
function callsPerRoom(name: string, rows: readonly TimesRow[]): string[][] {
  const perRoom = ({ taken, rooms }: TimesRow) =>
    commands.flatMap((command) => {
      const calls = taken[command]?.calls;
      return calls === undefined ? "–" : String(Math.round((calls / rooms) * 100) / 100);
    });
  const own = rows.filter((row) => row.name === name);
  if (own.every(({ taken }) => Object.values(taken).every(({ calls }) => calls === 0))) return [];
  const each = own.map((row) => [countText(row.rooms), ...perRoom(row)]);
  const [[, ...first] = []] = each;
  const isSame = each.every(([, ...calls]) => calls.join() === first.join());
  return isSame ? [[name, "any", ...first]] : each.map((cells) => [name, ...cells]);
}

/** The most that any command took; 0 where it wasn't seen. */
export function mostMemory(row: Pick<TimesRow, "taken"> | undefined, part: keyof Memory): number {
  return Math.max(0, ...Object.values(row?.taken ?? {}).map(({ memory: seen }) => seen?.[part] ?? 0));
}

/** The most that any command took, at each size. */
function memory(rows: readonly TimesRow[], measured: readonly string[]): string {
  const sizes = [...new Set(rows.filter((row) => mostMemory(row, "all") > 0).map(({ rooms }) => rooms))];
  if (sizes.length === 0) return "";
  const lines = measured.map((name) => [
    name,
    ...sizes.map((rooms) => {
      const row = rows.find((each) => each.name === name && each.rooms === rooms);
      return mostMemory(row, "all") === 0
        ? "–"
        : `${countText(mostMemory(row, "engine"))} / ${countText(mostMemory(row, "all"))}`;
    }),
  ]);
  return `Peak memory in MB: of the engine's own process / of the engine and all processes that it starts (language host, program, provider). It is the
highest resident memory (RSS) of all commands, sampled every 50 to 250 ms. Pages that processes share are counted for each process.

${table(["Program", ...sizes.map((rooms) => (rooms === 1 ? "1 room" : `${countText(rooms)} rooms`))], lines)}`;
}

/** A row at the largest size that was measured, and how rows compare in one command. */
export function comparable(rows: readonly TimesRow[]) {
  const largest = Math.max(0, ...rows.map(({ rooms }) => rooms));
  const seconds = (name: string, command: Command, rooms = largest) =>
    rows.find((row) => row.name === name && row.rooms === rooms)?.taken[command]?.seconds;
  const ratio = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? undefined : a / b;
  return { largest, seconds, ratio };
}

function ratios(rows: readonly TimesRow[]): string {
  const { largest, seconds } = comparable(rows);
  const [ours, handWritten] = ["pulumi-metered", "hand-written provider"].map((name) => ({
    up: seconds(name, "up"),
    destroy: seconds(name, "destroy"),
  }));
  if (!ours?.up || !ours.destroy || !handWritten?.up || !handWritten.destroy) return "";
  const times = (a: number, b: number) => (a / b).toFixed(2);
  return `At ${countText(largest)} rooms, the hand-written provider takes ${times(handWritten.up, ours.up)} times as long for up, and ${times(handWritten.destroy, ours.destroy)} times as long for destroy.`;
}

/** The section on how much of the time is ours, and how much the engine's. */
export function reportBaseline({ baseline, times, runs }: Results): string {
  if (baseline.length === 0) return "Not measured yet: `npm run bench -- baseline`.";
  const { largest, seconds } = comparable(baseline);
  const ours = seconds("pulumi-metered", "up");
  return `\`up\` of ${countText(largest)} rooms. The programs take turns, so that a slow minute of the machine affects all of them.${medians(baseline)} ${madeOn(baseline, runs)}

${table(
  ["Program", "up", "pulumi-metered, compared with it"],
  baseline.map(({ name, taken: { up } }) => [
    name,
    secondsText(up?.seconds),
    ours && up && name !== "pulumi-metered" ? `${(ours / up.seconds).toFixed(2)} times as long` : "–",
  ]),
)}${elsewhere(baseline, times, runs)}`;
}

/** The same ratios in the table of all programs, if that was made on another engine. */
function elsewhere(baseline: readonly TimesRow[], times: readonly TimesRow[], runs: Results["runs"]): string {
  const [largest, run] = [comparable(baseline).largest, baseline[0]?.run];
  const rows = times.filter(({ rooms }) => rooms === largest);
  const engine = engineOf(rows[0]?.run ?? "", runs);
  const { seconds, ratio } = comparable(rows);
  const ours = seconds("pulumi-metered", "up");
  const ratios = baseline.flatMap(({ name }) => {
    const found = name === "pulumi-metered" ? undefined : ratio(ours, seconds(name, "up"));
    return found === undefined ? [] : [`${found.toFixed(2)} times as long as the ${name}`];
  });
  if (run === undefined || engine === undefined || engine === engineOf(run, runs) || ratios.length === 0) return "";
  return `\n\nIn the table above, which was measured with Pulumi ${engine} and one program after the other, pulumi-metered takes ${ratios.join(", and ")}.`;
}
