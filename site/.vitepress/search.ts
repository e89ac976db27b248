import type { MarkdownEnv, MarkdownRenderer } from "vitepress";

/** Pages for maintainers, which compete with those for users. */
const UNSEARCHED = [
  ...["benchmarks.md", "decisions.md", "licences.md", "live-check.md", "releasing.md", "survivors.md"],
  "measurements.md",
];

/** What of a page the search may find. */
function searchable(source: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  const html = md.render(source, env);
  return UNSEARCHED.includes(env.relativePath) ? "" : html;
}

/** The parts of names are words, too: `webhook` finds `meetingJoinWebhook`. Runs in the browser, where no other function is. */
export function tokenize(text: string): string[] {
  const words = text
    .replace(/[’']/g, "")
    .split(/[\n\r\p{Z}\p{P}=+<>|$]+/u)
    .filter(Boolean);
  return words.flatMap((word) => {
    const parts = word.split(/(?<=[a-z0-9])(?=[A-Z])/);
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}

/** Words that every page has say nothing of what one looks for. Runs in the browser. */
export function processTerm(term: string): string | null {
  const common =
    " a an and any are as at be but by can cant do doesnt for from has have how i if in is isnt it its my no not of on or ";
  const more =
    " so such than that the then there these this to up was what when where which with you your was nothing changed pulumi ";
  const word = term.toLowerCase();
  return (common + more).includes(` ${word} `) ? null : word;
}

/** Where two pages tell of the same, the one that helps more. Runs in the browser. */
export function boostDocument(id: string): number {
  if (id.includes("/errors")) return 1.5;
  return /reference\/(?:python|go|dotnet|java|yaml)\b/.test(id) ? 0.4 : 1;
}

export const searchOptions = {
  fuzzy: 0.2,
  prefix: true,
  boost: { title: 4, text: 2, titles: 1 },
  boostDocument,
};

export const search = {
  provider: "local" as const,
  options: { _render: searchable, miniSearch: { options: { tokenize, processTerm }, searchOptions } },
};
