import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..", "..");
const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => join("docs", name));
/** The Registry puts them under addresses of its own. */
const registry = [join("docs", "_index.md"), join("docs", "installation-configuration.md")];
const others = ["README.md", "CONTRIBUTING.md", "simulator/README.md", "examples/README.md"];
const examples = readdirSync(join(root, "examples")).map((name) => join("examples", name, "README.md"));
const documents = [...docs, ...others, ...examples].filter(
  (path) => !registry.includes(path) && existsSync(join(root, path)),
);

describe("links between documents", () => {
  it("lead to a file, and to a heading in it", () => {
    assert.ok(documents.length > 25);
    assert.deepEqual(
      documents.flatMap((path) => brokenLinks(path, textOf(path))),
      [],
    );
  });

  it("would be found out if they did not", () => {
    const text = "# A\n\n[a](#a) [b](#b)\n\n[c](CHANGELOG.md) [d](nowhere.md) [e](CONTRIBUTING.md#nothing)\n";
    assert.deepEqual(brokenLinks("README.md", text), [
      "README.md: #b",
      "README.md: nowhere.md",
      "README.md: CONTRIBUTING.md#nothing",
    ]);
  });
});

describe("the site's menu", () => {
  const config = textOf("site/.vitepress/config.ts");
  const listed = [...config.matchAll(/^ +\["[^"]+", "([^"]+)"\],$/gm)].map(([, page]) => join("docs", `${page}.md`));

  it("has every page", () => {
    const wanted = docs.filter((path) => !registry.includes(path));
    assert.deepEqual(
      wanted.filter((path) => !listed.includes(path)),
      [],
    );
  });

  it("has no other", () => {
    assert.deepEqual(
      listed.filter((path) => !docs.includes(path)),
      [],
    );
  });
});

function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function brokenLinks(path: string, text: string): string[] {
  const prose = withoutCode(text);
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target) && !isThere(path, text, target))
    .map((target) => `${path}: ${target}`);
}

function isThere(path: string, text: string, target: string): boolean {
  const [file = "", heading] = target.split("#");
  const found = file === "" ? path : relative(root, join(root, dirname(path), file));
  if (!existsSync(join(root, found))) return false;
  if (heading === undefined) return true;
  const page = statSync(join(root, found)).isDirectory() ? join(found, "README.md") : found;
  return anchorsOf(page === path ? text : textOf(page)).has(heading);
}

/** The anchors that GitHub, and the site after it, give to headings. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, title = ""] of withoutFences(text).matchAll(/^#{1,6} +(.+)$/gm)) {
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
    const anchor = plain
      .toLowerCase()
      .trim()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    let number = 0;
    while (anchors.has(number === 0 ? anchor : `${anchor}-${number}`)) number++;
    anchors.add(number === 0 ? anchor : `${anchor}-${number}`);
  }
  return anchors;
}

function withoutFences(text: string): string {
  return text.replace(/^ *```[\s\S]*?^ *```$/gm, "");
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/`[^`\n]*`/g, "`code`");
}
