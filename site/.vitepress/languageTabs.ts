import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MarkdownRenderer } from "vitepress";
import { type ExampleSchema, LANGUAGES, type Rendered, render } from "../../tools/generate/examples";
import { programOf } from "../../tools/generate/examples/recipes";

const schemaFile = join(import.meta.dirname, "..", "..", "provider", "schema.json");
const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as ExampleSchema;
const HIGHLIGHTED: Readonly<Record<string, string>> = { typescript: "ts", csharp: "csharp" };

/** A mark above a program in TypeScript, and between the two perhaps the one by which the tests find what they run. */
const MARKED = /<!-- languages: (\S+) -->\n+(?:<!-- run: \S+ -->\n+)?```ts\n([\s\S]*?)```/g;

/** Blocks in several languages, which a page shows one below the other. */
const TABS = /<!-- tabs -->\n([\s\S]*?)<!-- \/tabs -->/g;

/** Pages hold programs in TypeScript. Here each gets tabs with the same program in every other language of Pulumi. */
export function languageTabs(md: MarkdownRenderer): void {
  md.core.ruler.before("normalize", "language-tabs", (state) => {
    state.src = state.src.replace(MARKED, (_, name: string, typescript: string) => {
      const rendered = { ...render(programOf(name), schema), typescript };
      const languages = Object.keys(LANGUAGES) as (keyof Rendered)[];
      return group(languages.map((language) => `${opening(language)}\n${rendered[language]}\`\`\``).join("\n\n"));
    });
    state.src = state.src.replace(TABS, (_, blocks: string) =>
      group(blocks.replace(/^```(\w+)$/gm, (_, language: keyof Rendered) => opening(language))),
    );
  });
}

function opening(language: keyof Rendered): string {
  return `\`\`\`${HIGHLIGHTED[language] ?? language} [${LANGUAGES[language]}]`;
}

function group(blocks: string): string {
  return `::: code-group\n\n${blocks}\n\n:::`;
}
