import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatted } from "../../tools/generate/formatted";
import type { ImportCost, LanguageCost, Results, StateBytes, Stretch } from "../recorded";
import { charts } from "./charts";
import { reportShapes } from "./choosing";
import { reportGoals } from "./goals";
import { reportGrowth } from "./growth";
import { countText, secondsText, table } from "./table";
import { madeOn, reportFloor, reportTimes } from "./times";

const root = join(__dirname, "..", "..");

/** Every file in docs/ that holds results, by its path in the repository. */
export function pages(results: Results): Record<string, string> {
  const sections: Record<string, Record<string, string>> = {
    "docs/benchmarks.md": {
      goals: reportGoals(results),
      times: reportTimes(results),
      floor: reportFloor(results),
      profile: reportProfile(results),
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
  return `\`pulumi up --skip-preview --profiling\` of ${countText(rows[0]?.rooms ?? 0)} rooms. Seconds on the wall, and what the processes took of the
processors. ${madeOn(rows, runs)}

${table(
  ["program", "on the wall", "engine", "of it for the state", "the program", "the provider process", "state, KB"],
  rows.map((row) => [
    row.name,
    ...[row.seconds, row.engine, row.writing, row.program, row.provider].map(seconds),
    countText(row.stateBytes / 1024),
  ]),
)}`;
}

function reportTimeline(stretches: readonly Stretch[]): string {
  return `\`pulumi up --skip-preview\` of a first room, compiled JavaScript; the median of five runs.

${table(["stretch", "ms"], stretches)}`;
}

function reportState({ total, parts }: StateBytes): string {
  return `${total} bytes per room: (state file with 1,000 rooms, less the one with none) / 1,000, for rooms with made names, app \`demo\`, no parent,
plain JavaScript, with privacy, maxParticipants, expireUnixSec, autoJoin and enableChat. The parts of one room, in bytes of compact JSON:

${table(["part", "bytes"], parts)}`;
}

function reportImports(imports: readonly ImportCost[]): string {
  return `Beyond what Pulumi's program runner has loaded already; median of five processes.

${table(
  ["module", "ms", "modules"],
  imports.map(({ what, ms, modules }) => [what, ms, modules]),
)}`;
}

function reportLanguages(languages: readonly LanguageCost[]): string {
  if (languages.length === 0) return "Not measured yet: `npm run bench -- languages`.";
  return `A no-op \`pulumi up --skip-preview\` of one room, whose program loads \`@pulumi/pulumi\` besides; the median of seven runs, in turns.

${table(
  ["the program", "s"],
  languages.map(({ what, seconds }) => [what, secondsText(seconds)]),
)}`;
}
