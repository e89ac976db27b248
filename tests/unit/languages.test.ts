import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ExampleSchema, render } from "../../tools/generate/examples";
import { IN_EACH_LANGUAGE } from "../../tools/generate/examples/moreRecipes";

const root = join(__dirname, "..", "..");
const textOf = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

describe("the page about the plugin", () => {
  const programs = textOf("docs", "plugin.md").split("## The same rooms in each language")[1] ?? "";

  for (const [language, file] of Object.entries({
    yaml: "yaml/Pulumi.yaml",
    python: "python/__main__.py",
    typescript: "typescript/index.ts",
    go: "go/main.go",
  })) {
    it(`shows the program in ${language} that the tests run`, () => {
      const shown = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(programs)?.[1];
      assert.ok(shown && textOf("examples", "languages", file).endsWith(shown));
    });
  }

  for (const language of ["csharp", "java"] as const) {
    it(`shows the same program in ${language}, from the source of all examples`, () => {
      const schema = JSON.parse(textOf("provider", "schema.json")) as ExampleSchema;
      const shown = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(programs)?.[1];
      assert.equal(shown, render(IN_EACH_LANGUAGE, schema)[language]);
    });
  }

  for (const language of ["python", "go", "csharp", "java", "yaml"]) {
    it(`shows the same program in ${language} as the page for the registry`, () => {
      const shown = new RegExp(`\`\`\`${language}\\n[^]*?\`\`\``).exec(textOf("docs", "_index.md"))?.[0];
      assert.ok(shown && programs.includes(shown));
    });
  }
});
