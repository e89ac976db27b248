import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../tools/engine/run";
import { days, type ExampleSchema, type Program, type Rendered, ref, render } from "../../tools/generate/examples";
import { IN_EACH_LANGUAGE } from "../../tools/generate/examples/moreRecipes";
import { PROGRAM_NAMES, programOf } from "../../tools/generate/examples/recipes";
import { hostOf, languageStack } from "../support/languageStory";
import { describeSdks } from "../support/onSdks";
import { compileJava, installNodejs, installPython, noJava, noPython } from "../support/sdks";
import type { TestStack } from "../support/stack";

const schema = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "provider", "schema.json"), "utf8"),
) as ExampleSchema;
const rendered = (program: Program) => render(program, schema, "pulumi-metered-plugin");
/** Every program of the schema and of a page, by a name that is a folder's or a package's. The packages of other providers aren't here. */
const programs = [
  ...PROGRAM_NAMES.map((name) => [name, programOf(name)] as const),
  ["languages", IN_EACH_LANGUAGE] as const,
];
const examples = programs
  .filter(([, { steps }]) => steps.every((step) => !("resource" in step && step.resource.includes(":"))))
  .map(([name, program]) => [name.toLowerCase().replaceAll("-", "_"), rendered(program)] as const);

/** A set, a TURN credential and an access token in one program. */
const everything: Program = {
  steps: [
    {
      resource: "MeetingRoomSet",
      as: "courses",
      inputs: { rooms: { math: { privacy: "private", maxParticipants: 30 }, art: { privacy: "public" } } },
    },
    { resource: "MeetingRoom", as: "standup", inputs: { privacy: "private" } },
    { resource: "TurnCredential", as: "turn", inputs: { label: "app", expiryInSeconds: days(30) } },
    {
      resource: "AccessToken",
      as: "guest",
      inputs: { roomName: ref("standup", "roomName"), expiryInSeconds: days(30) },
    },
  ],
  outputs: {
    math: ref("courses", "rooms", "math", "url"),
    token: ref("guest", "token"),
    iceServers: ref("turn", "iceServers"),
  },
};

describeSdks("the examples of the schema and of the pages", (on) => {
  it("are accepted by the compiler of Go", async () => {
    for (const [name, { go }] of examples) written(join(on.sdks, "go", "examples", name), "main.go", go);
    await run("go", ["vet", "./examples/..."], { cwd: join(on.sdks, "go"), timeoutMs: 900_000 });
  });

  (noJava ? it.skip : it)(`are accepted by the compiler of Java${noJava && ` (skipped: ${noJava})`}`, async () => {
    const source = join(on.sdks, "java", "src", "main", "java");
    for (const [name, { java }] of examples) {
      written(join(source, "examples", name), "App.java", `package examples.${name};\n\n${java}`);
    }
    await compileJava(on.sdks);
  });

  it("are accepted by the compiler of TypeScript", async () => {
    const folder = join(on.sdks, "typescript");
    for (const [name, { typescript }] of examples) written(folder, `${name}.ts`, typescript);
    installNodejs(on.sdks, linked(folder));
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "node16", "--target", "es2022"];
    const files = examples.map(([name]) => `${name}.ts`);
    await run(process.execPath, [require.resolve("typescript/bin/tsc"), ...options, ...files], {
      cwd: folder,
      timeoutMs: 600_000,
    });
  });

  /** The program in place of an example's, whose project is used. */
  async function lives(language: keyof Rendered & string, file: string, prepared: (stack: TestStack) => Promise<void>) {
    const host = language === "typescript" ? [] : [await hostOf(language as "go")];
    const stack = await languageStack(language, on.simulator, ...host);
    on.stack = stack;
    const text = rendered(everything)[language];
    const path = join(stack.folder, file);
    if (language === "yaml") writeFileSync(path, readFileSync(path, "utf8").replace(/^variables:[\s\S]*/m, text));
    else writeFileSync(path, text);
    await prepared(stack);
    await stack.upAndSettle();
    const names = on.simulator.rooms.map(({ roomName }) => roomName);
    assert.equal(names.length, 3);
    assert.match(String(stack.outputs().math), new RegExp(`^${on.simulator.url}/math-[0-9a-f]{8}$`));
    await stack.pulumi("destroy");
    assert.deepEqual(
      on.simulator.rooms.filter(({ archived }) => !archived),
      [],
    );
  }

  it("run with a set, a credential and a token in YAML", () => lives("yaml", "Pulumi.yaml", async () => undefined));

  (noPython ? it.skip : it)(`the same in Python${noPython && ` (skipped: ${noPython})`}`, () =>
    lives("python", "__main__.py", async (prepared) => {
      const { environment, packages } = await installPython(on.sdks);
      symlinkSync(environment, join(prepared.folder, "venv"));
      prepared.env.PATH = `${join(environment, "bin")}:${prepared.env.PATH}`;
      prepared.env.PYTHONPATH = packages;
    }),
  );

  it("the same in Go", () =>
    lives("go", "main.go", async ({ folder }) => {
      const file = join(folder, "go.mod");
      writeFileSync(file, readFileSync(file, "utf8").replace(/\.\.\/\.\.\/\.\.\/sdks\/go$/m, join(on.sdks, "go")));
    }));

  it("the same in TypeScript", () =>
    lives("typescript", "index.ts", async ({ folder }) => installNodejs(on.sdks, folder)));
});

function written(folder: string, file: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** A folder in which the packages are a link, as in a stack's. */
function linked(folder: string): string {
  symlinkSync(join(__dirname, "..", "..", "node_modules"), join(folder, "node_modules"));
  return folder;
}
