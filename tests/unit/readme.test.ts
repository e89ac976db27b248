import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "..", "..");
const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".md"),
);
const documents = ["README.md", "provider/README.md", "simulator/README.md", ...pages.map((name) => `docs/${name}`)];
/** Their examples are in docstrings. */
const functions = "provider/src/pulumi/dynamic/functions";
const sources = [
  ...["meetingRoom.ts", "liveStreamingRoom.ts"].map((name) => `provider/src/pulumi/dynamic/${name}`),
  ...readdirSync(join(root, functions)).map((name) => `${functions}/${name}`),
];

describe("README.md", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");

  it("fits on a few screens", () => {
    const shown = readme.replace(/<!--[\s\S]*?-->\n/g, "").split("\n");
    assert.ok(shown.length <= 115, `${shown.length} lines`);
  });

  it("says in its first screen that this is a pre-release, and what that means", () => {
    const screen = readme.split("\n").slice(0, 25).join(" ");
    assert.match(screen, /Pre-release.*mock server.*hasn't been verified.*npm/);
  });

  it("begins with a program that pulumi destroy can take back", () => {
    const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    assert.ok(program.includes("new metered."));
    assert.ok(!program.includes("LiveStreamingRoom") || program.includes("retainOnDelete"));
  });
});

describe("docs/configuration.md", () => {
  it("has a row for every input of a provider", () => {
    const page = readFileSync(join(root, "docs/configuration.md"), "utf8");
    const { config } = JSON.parse(readFileSync(join(root, "provider/schema.json"), "utf8"));
    const keys = Object.keys(config.variables);
    assert.ok(keys.length > 5);
    for (const key of keys) assert.match(page, new RegExp(`^\\| \`metered:${key}\``, "m"));
  });
});

describe("the documents", function () {
  this.timeout(60_000);

  it("hold only programs that compile", () => {
    const blocks = new Map([...documents, ...sources].flatMap(blocksOf));
    assert.ok(blocks.size >= 40);
    assert.deepEqual(problemsOf(blocks.set(join(root, "elsewhere.d.mts"), ELSEWHERE)), []);
  });

  it("would be found out if a block did not compile", () => {
    const wrong = 'import { MeetingRoom } from "pulumi-metered";\nnew MeetingRoom("r", { privacy: "secret" });';
    assert.match(problemsOf(new Map([[join(root, "wrong.mts"), wrong]])).join(), /"secret"/);
  });
});

/** What the documents use of packages that are not installed here. */
const ELSEWHERE = `
type Text = import("@pulumi/pulumi").Input<string>;
declare module "pulumi-metered-plugin" {
  export * from "pulumi-metered";
}
declare module "@pulumi/cloudflare" {
  interface Script {
    accountId: Text;
    scriptName: Text;
    mainModule: Text;
    content: Text;
    bindings: { name: Text; type: Text; text: Text }[];
  }
  export class WorkersScript {
    constructor(name: string, args: Script);
  }
}
declare module "@pulumi/kubernetes" {
  export namespace core.v1 {
    class ConfigMap {
      constructor(name: string, args: { metadata: { name: Text }; data: Record<string, Text> });
    }
    class Secret {
      constructor(name: string, args: { metadata: { name: Text }; stringData: Record<string, Text> });
    }
  }
  export namespace networking.v1 {
    class Ingress {
      constructor(name: string, args: {
        metadata: { name: Text; annotations: Record<string, Text> };
        spec: { ingressClassName: Text; rules: { host: Text }[] };
      });
    }
  }
}
declare module "@pulumi/aws" {
  export namespace route53 {
    class Record {
      constructor(name: string, args: { zoneId: Text; name: Text; type: Text; ttl: number; records: Text[] });
    }
  }
}`;

/** The blocks of a document by the file that each would be. */
function blocksOf(document: string): [string, string][] {
  const text = readFileSync(join(root, document), "utf8").replace(/^ \* ?/gm, "");
  // What loads another module is compiled elsewhere: generated ones by the test of the import command.
  const blocks = [...text.matchAll(/```[tj]s\n([\s\S]*?)```/g)].filter(
    ([block]) => !/(?:from |import\()"\.\//.test(block),
  );
  return blocks.map(([, code = ""], i) => [
    join(root, `${document.replace(/\W/g, "-")}-${i}.mts`),
    `${asModule(code)}\nexport {};`,
  ]);
}

/** JavaScript as TypeScript says it. */
function asModule(code: string): string {
  return code
    .replace(/^const (\w+) = require\((".*?")\)/gm, "import * as $1 from $2")
    .replace(/^exports\.(\w+) =/gm, "export const $1 =");
}

function problemsOf(files: Map<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const options = { ...parsed.options, noUnusedLocals: false, noEmit: true };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, version) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}
