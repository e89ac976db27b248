import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canaryKey } from "../support/canary";
import { EmptyFolder } from "../support/documents/emptyFolder";
import { notTakenBy } from "../support/documents/runBy";
import { blocks, commandsIn, pages, take, wordsOf } from "../support/documents/shell";
import { inParallel } from "../support/inParallel";
import { onEngine } from "../support/onEngine";
import { startRun } from "../support/run";
import { BACKEND, environment } from "../support/stackFolder";

const bin = join(__dirname, "..", "..", "node_modules", ".bin");
const { devDependencies } = require("../../package.json") as { devDependencies: Record<string, string> };
const ROOM = 'new metered.MeetingRoom("r", { privacy: "public" });';

describe("the commands of the pages, as they stand there", function () {
  this.timeout(300_000);
  const on = onEngine();

  const living = () => on.simulator.rooms.filter(({ archived }) => !archived);
  const named = (script: string) => script.replace(/\bNAME\b/g, on.simulator.app);

  it("configuration.md, installation-configuration.md: in the stack, or in the environment", async () => {
    const { stack } = on;
    stack.program(ROOM);
    const forget = () => stack.shell("pulumi config rm metered:appName\npulumi config rm metered:secretKey");
    for (const page of ["configuration.md", "installation-configuration.md"]) {
      await forget();
      await stack.shell(named(take(page, "pulumi config set metered:appName NAME")), {}, canaryKey);
      await stack.upAndSettle();
    }
    await forget();
    const exports = named(take("installation-configuration.md", "export METERED_APP_NAME=NAME"));
    await stack.shell(
      `${exports.replace("…", `'${canaryKey}'`)}\npulumi preview --refresh --run-program --expect-no-changes`,
    );
    assert.equal(living().length, 1);
  });

  it("errors.md: the first look", async () => {
    on.stack.program(ROOM);
    const { text } = await on.stack.shell(take("errors.md", "npx pulumi-metered doctor"));
    assert.match(text, /^ok +Metered +app "demo" responds/m);
  });

  it("gitops.md: a lock that a killed run left, a plan, the end", async () => {
    const { stack } = on;
    stack.program(ROOM);
    const plan = take("gitops.md", "pulumi preview --stack prod --save-plan plan.json --non-interactive");
    await stack.shell(plan.replaceAll("--stack prod", "--stack dev"), { PULUMI_EXPERIMENTAL: "1" });
    assert.equal(living().length, 1);
    const locks = join(stack.folder, BACKEND, ".pulumi", "locks", "organization", "rooms", "dev");
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, "6b02ce26-9338-de26-0e31-148900000000.json"), '{"pid":1,"username":"ci"}');
    assert.match((await stack.failing("up")).text, /the stack is currently locked by 1 lock\(s\)/);
    await stack.shell(take("gitops.md", "pulumi cancel dev --yes"));
    await stack.shell(take("gitops.md", "pulumi refresh --yes --run-program"));
    assert.deepEqual([living(), stack.rooms()], [[], []]);
  });

  it("live-check.md: a simulator that behaves as a report says", async () => {
    const report = { switches: { nameReuse: "reserved" } };
    writeFileSync(join(on.stack.folder, "live-report.json"), JSON.stringify(report));
    const server = await serve(
      take("live-check.md", "npx metered-simulator --profile live-report.json"),
      on.stack.folder,
    );
    assert.match(await (await fetch(`${server.url}/__simulator/switches`)).text(), /"nameReuse":"reserved"/);
    await server.stop();
  });
});

describe("index.md: from an empty folder to the first room", function () {
  this.timeout(480_000);
  let folder: EmptyFolder;

  beforeEach(async () => {
    folder = await EmptyFolder.create();
    folder.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
  });
  afterEach(() => folder.dispose());

  it("creates the room with the mock server, and finds nothing more to do", async () => {
    await folder.shell(
      take("index.md", "mkdir rooms").replace("pulumi new typescript", `pulumi new ${template(folder)}`),
    );
    await settles("rooms");
  });

  it("creates it without a template as well, in a project that was configured for an account before", async () => {
    mkdirSync(join(folder.path, "offline"));
    await folder.shell(take("index.md", "printf"), "offline");
    await folder.shell(
      `${take("installation-configuration.md", "npm install pulumi-metered")}pulumi stack init dev`,
      "offline",
    );
    const account = take("index.md", "pulumi config set metered:appName NAME");
    await folder.shell(account.replace(/\bNAME\b/, "acme"), "offline", canaryKey);
    await settles("offline");
  });

  async function settles(project: string): Promise<void> {
    const [program = ""] = /(?<=`index\.ts`:[\s\S]*?```ts\n)[\s\S]*?(?=```)/.exec(pages.get("index.md") ?? "") ?? [];
    writeFileSync(join(folder.path, project, "index.ts"), program);
    const command = take("index.md", "npm install metered-simulator");
    const server = await serve(command.replace("8080", "0"), folder.path);
    try {
      const configure = take("index.md", "pulumi config set metered:endpoint http://127.0.0.1:8080");
      await folder.shell(configure.replace("http://127.0.0.1:8080", server.url), project);
      const { stdout } = await folder.shell(take("index.md", "pulumi up"), project);
      const [link = ""] = stdout.trim().split("\n").slice(-1);
      assert.match(link, new RegExp(`^${server.url}/standup-[0-9a-f]{8}$`));
      assert.equal((await fetch(link)).status, 200);
      await folder.shell("pulumi up --expect-no-changes\npulumi destroy", project);
    } finally {
      await server.stop();
    }
  }
});

/** Like Pulumi's own template, which is fetched from its server. */
function template({ path }: EmptyFolder): string {
  const folder = join(path, "template");
  mkdirSync(folder);
  const project = `\${PROJECT}`;
  const yaml = `name: ${project}\nruntime: nodejs\ntemplate:\n  description: A minimal TypeScript program\n`;
  writeFileSync(join(folder, "Pulumi.yaml"), yaml);
  const dependencies = {
    "@pulumi/pulumi": devDependencies["@pulumi/pulumi"],
    typescript: devDependencies.typescript,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ main: "index.ts", dependencies }));
  writeFileSync(join(folder, "index.ts"), 'import * as pulumi from "@pulumi/pulumi";\n');
  return folder;
}

describe("the pulumi commands of all pages", function () {
  this.timeout(300_000);

  it("exist, with all their options", async () => {
    // An option of `up` is shown only so, as docs/gitops.md says.
    const env = { ...(await environment(tmpdir())), PULUMI_EXPERIMENTAL: "1" };
    const messages = /(?:failed|could not be started)$/;
    const inline = [...pages.values()].flatMap((text) => [...text.matchAll(/`(pulumi [a-z][^`\n]*)`/g)]);
    const typed = [...blocks.flatMap(({ commands }) => commands), ...inline.flatMap(([, c = ""]) => commandsIn(c))];
    const options = new Map<string, Set<string>>();
    for (const words of typed.filter((command) => !messages.test(command)).map(wordsOf)) {
      if (words[0] !== "pulumi") continue;
      const command = commandOf(words);
      const known = options.get(command) ?? new Set();
      options.set(command, known);
      for (const word of words) if (/^--?[a-z]/.test(word)) known.add(word.replace(/=.*/, ""));
    }
    assert.ok(options.size > 12);
    await inParallel([...options], 2, async ([command, used]) => {
      const { text } = await startRun("pulumi", [...command.split(" "), "--help"], tmpdir(), env).ended;
      const last = command.split(" ").at(-1) ?? "";
      const heads = /^Usage:\n +pulumi (.*)$/m.exec(text)?.[1] ?? "";
      const aliases = /^Aliases:\n +(.*)$/m.exec(text)?.[1]?.split(", ") ?? [];
      assert.ok(heads.startsWith(command) || aliases.includes(last), `pulumi ${command}: ${text}`);
      const there = new Set(
        [...text.matchAll(/^ +(?:(-\w), )?(--[\w-]+)/gm)].flatMap(([, short, long]) => [short, long]),
      );
      assert.deepEqual(
        [...used].filter((option) => !there.has(option)),
        [],
        `pulumi ${command}`,
      );
    });
  });
});

describe("documents that are said to be run here", () => {
  it("are", () => assert.deepEqual(notTakenBy(__filename), []));
});

/** The command and, of a group of commands, the one in it: `stack output`. */
function commandOf([, ...words]: readonly string[]): string {
  const [command = "", next = ""] = words;
  const isGroup = ["config", "state", "stack", "plugin", "package", "schema", "org"].includes(command);
  return isGroup && /^[a-z][a-z-]+$/.test(next) ? `${command} ${next}` : command;
}

/** Runs the command of a server, until it is stopped. */
async function serve(script: string, cwd: string) {
  // It is installed here. Without npx between the two, a signal ends the server.
  const args = wordsOf(commandsIn(script).at(-1) ?? "").slice(1);
  const { child, ended } = startRun(join(bin, args[0] ?? ""), args.slice(1), cwd, process.env);
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    void ended.then(({ text }) => reject(new Error(text)));
    child.stdout?.on("data", (part: string) => {
      printed += part;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
      if (found) resolve(found);
    });
  });
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { url, stop };
}
