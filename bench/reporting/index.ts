import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatted } from "../../tools/generate/formatted";
import type { ImportCost, LanguageCost, Results, StateBytes, Stretch } from "../recorded";
import { charts } from "./charts";
import { reportShapes } from "./choosing";
import { reportGoals } from "./goals";
import { reportGrowth } from "./growth";
import { reportSets } from "./sets";
import { countText, secondsText, table } from "./table";
import { madeOn, reportBaseline, reportTimes } from "./times";

const root = join(__dirname, "..", "..");

/** Every file in docs/ that holds results, by its path in the repository. */
export function pages(results: Results): Record<string, string> {
  const sections: Record<string, Record<string, string>> = {
    "docs/benchmarks.md": {
      goals: reportGoals(results),
      times: reportTimes(results),
      baseline: reportBaseline(results),
      profile: reportProfile(results),
      sets: reportSets(results),
      growth: reportGrowth(results),
      timeline: reportTimeline(results.timeline),
      state: reportState(results.state),
      imports: reportImports(results.imports),
      languages: reportLanguages(results.languages),
    },
    "docs/choosing-a-shape.md": { shapes: reportShapes(results) },
  };
  const texts = Object.entries(sections).map(([path, parts]) => {
    const before = readFileSync(join(root, path), "utf8");
    const text = Object.entries(parts).reduce((page, [name, part]) => withSection(page, name, part), before);
    return [path, formatted(path, text)];
  });
  const pictures = Object.entries(charts(results)).map(([name, svg]) => [`docs/charts/${name}`, svg]);
  return Object.fromEntries([...texts, ...pictures]) as Record<string, string>;
}

/** A page with another text between the marks of a section. */
function withSection(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- measured: ${name} -->`, `<!-- end: ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`a page has no section ${name}`);
  return `${page.slice(0, from)}${begin}\n\n${text.trim()}\n\n${page.slice(to)}`;
}

function reportProfile({ profile: rows, runs }: Results): string {
  if (rows.length === 0) return "Not measured yet: `npm run bench -- profile`.";
  const seconds = (each: number) => each.toFixed(1);
  return `\`pulumi up --skip-preview --profiling\` of ${countText(rows[0]?.rooms ?? 0)} rooms. Wall-clock seconds, and the CPU seconds of each process. ${madeOn(rows, runs)}

${table(
  ["Program", "Wall clock", "Engine", "Engine, for the state", "Program's process", "Provider's process", "State, KB"],
  rows.map((row) => [
    row.name,
    ...[row.seconds, row.engine, row.writing, row.program, row.provider].map(seconds),
    countText(row.stateBytes / 1024),
  ]),
)}`;
}

function reportTimeline(stretches: readonly Stretch[]): string {
  return `\`pulumi up --skip-preview\` of a first room, from compiled JavaScript. The median of five runs.

${table(["Step", "ms"], stretches)}`;
}

function reportState({ total, parts }: StateBytes): string {
  return `A room takes ${total} bytes of the state: the file with 1,000 rooms less the file with none, divided by 1,000. The rooms have auto-generated names, no
parent and five inputs (privacy, maxParticipants, expireUnixSec, autoJoin and enableChat). The app is \`demo\`, the program plain JavaScript. The parts of one
room, in bytes of compact JSON:

${table(["Part", "Bytes"], parts)}`;
}

function reportImports(imports: readonly ImportCost[]): string {
  return `The time that loading a module takes, besides what Pulumi's program runner has loaded already. The median of five processes.

${table(
  ["Module", "ms", "Files loaded"],
  imports.map(({ what, ms, modules }) => [what, ms, modules]),
)}`;
}

function reportLanguages(languages: readonly LanguageCost[]): string {
  if (languages.length === 0) return "Not measured yet: `npm run bench -- languages`.";
  return `A no-op \`pulumi up --skip-preview\` of one room, whose program also loads \`@pulumi/pulumi\`. The median of seven runs, in turns.

${table(
  ["Program", "s"],
  languages.map(({ what, seconds }) => [what, secondsText(seconds)]),
)}`;
}
