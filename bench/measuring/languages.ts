import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { type Simulator, startSimulator } from "metered-simulator";
import { argumentsOf } from "../contestants/pulumi";
import type { LanguageCost } from "../recorded";
import { median } from "./median";
import { BenchStack, makeProject, writeProject } from "./stack";

const RUNS = 7;

interface Way {
  readonly what: string;
  readonly main: "index.ts" | "index.js";
  /** The project has a ts-node of its own, which Pulumi then takes instead of the one in its SDK. */
  readonly tsNode?: boolean;
  /** Nothing is kept from one run to the next in the folder for temporary files. */
  readonly onNewMachine?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** The same room, by what has to be done before the program runs. */
const ways: readonly Way[] = [
  {
    what: "TypeScript, as created by `pulumi new typescript`: the first run on a machine",
    main: "index.ts",
    onNewMachine: true,
  },
  { what: "TypeScript, a later run: the SDK's ts-node 7 caches what it has checked", main: "index.ts" },
  { what: "TypeScript, ts-node 10 in the project: checks types in each run", main: "index.ts", tsNode: true },
  {
    what: "TypeScript, ts-node 10 with `PULUMI_NODEJS_TRANSPILE_ONLY=true`",
    main: "index.ts",
    tsNode: true,
    env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
  },
  { what: "JavaScript, with `typescript: false` in Pulumi.yaml", main: "index.js" },
];

/** What `pulumi new typescript` writes. */
const tsconfig = {
  compilerOptions: {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "nodenext",
    moduleResolution: "nodenext",
    sourceMap: true,
    forceConsistentCasingInFileNames: true,
  },
  files: ["index.ts"],
};

/** A no-op `up` of one room in each of the ways: in turns, and the median of each. */
export async function measureLanguages(): Promise<LanguageCost[]> {
  const simulator = await startSimulator({});
  const projects = await Promise.all([
    projectWith("typescript@5.9", "@types/node@20"),
    projectWith("typescript@5.9", "@types/node@20", "ts-node@10"),
  ]);
  const programs: Program[] = [];
  try {
    for (const [index, way] of ways.entries()) {
      const program = await Program.create(way, join(projects[way.tsNode ? 1 : 0], `language-${index}`), simulator);
      programs.push(program);
      await program.up();
    }
    for (let run = 0; run < RUNS; run++) for (const program of programs) program.seconds.push(await program.up());
    return programs.map(({ way: { what }, seconds }) => {
      const middle = median(seconds, (each) => each) ?? 0;
      return { what, seconds: Math.round(middle * 100) / 100 };
    });
  } finally {
    for (const { stack } of programs) stack.dispose();
    for (const project of projects) rmSync(project, { recursive: true, force: true });
    await simulator.close();
  }
}

async function projectWith(...packages: readonly string[]): Promise<string> {
  const cwd = await makeProject();
  await promisify(execFile)("npm", ["install", ...packages, "--no-audit", "--no-fund"], { cwd });
  return cwd;
}

/** A program in a folder of its own below a project, whose packages it finds. */
class Program {
  readonly seconds: number[] = [];

  private constructor(
    readonly way: Way,
    readonly stack: BenchStack,
    private readonly temporary: string,
  ) {}

  static async create(way: Way, folder: string, simulator: Simulator): Promise<Program> {
    const temporary = join(folder, "temporary");
    mkdirSync(temporary, { recursive: true });
    // The room's generated name has the project's in it, so each has another.
    writeProject(folder, basename(folder), { typescript: way.main === "index.js" ? false : undefined });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ main: way.main }));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    const env = { TMPDIR: temporary, ...way.env };
    return new Program(way, await BenchStack.create(folder, textIn(way.main), simulator, env), temporary);
  }

  /** Answers how many seconds it took. */
  async up(): Promise<number> {
    if (this.way.onNewMachine)
      for (const name of readdirSync(this.temporary)) rmSync(join(this.temporary, name), { recursive: true });
    const began = performance.now();
    await this.stack.pulumi(...argumentsOf("up"));
    return (performance.now() - began) / 1000;
  }
}

function textIn(main: Way["main"]): string {
  const load = (name: string, from: string) =>
    main === "index.ts" ? `import * as ${name} from "${from}";` : `const ${name} = require("${from}");`;
  return `${load("pulumi", "@pulumi/pulumi")}
${load("metered", "pulumi-metered")}
const maxParticipants = new pulumi.Config().getNumber("seats") ?? 5;
new metered.MeetingRoom("room", { privacy: "public", maxParticipants });
`;
}
