import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "metered-simulator";
import { type Run, startRun } from "../../support/run";
import { TestStack } from "../../support/stack";

/** The Metered apps that the stacks of examples/gitops point to. */
type Apps = Readonly<Record<"dev" | "prod", Simulator>>;

/** A checkout of examples/gitops as a pipeline finds it: both stacks exist, no key is in any file. */
export class Repository {
  private constructor(
    readonly stack: TestStack,
    private readonly bin: string,
  ) {}

  static async create(apps: Apps): Promise<Repository> {
    const stack = await TestStack.create({ simulator: apps.dev, folder: join("examples", "gitops") });
    const init = ["stack", "init", "prod", "--secrets-provider", "hashivault://tests", "--no-select"];
    await stack.pulumi(...init);
    const repository = new Repository(stack, join(stack.folder, "bin"));
    mkdirSync(repository.bin);
    // What it would install is there already, since the package of this repository is in no registry.
    repository.command("npm", 'test "$1" = ci');
    // Written by Pulumi for the key of the secrets; what else it wrote is not what is in the repository.
    const written = readFileSync(join(stack.folder, "Pulumi.dev.yaml"), "utf8");
    const provider = written.slice(0, written.indexOf("config:"));
    for (const [name, { app, url }] of Object.entries(apps)) {
      const file = `Pulumi.${name}.yaml`;
      const committed = readFileSync(join(__dirname, "../../../examples/gitops", file), "utf8");
      if (!committed.includes(`metered:appName: ${app}\n`)) throw new Error(`${file} is for another app than ${app}`);
      writeFileSync(join(stack.folder, file), `${provider}${committed}  metered:endpoint: ${url}\n`);
    }
    return repository;
  }

  get folder(): string {
    return this.stack.folder;
  }

  /** Puts a command onto the PATH of the jobs, before those of this machine. */
  command(name: string, script: string, shebang = "/bin/sh"): void {
    const file = join(this.bin, name);
    writeFileSync(file, `#!${shebang}\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Runs a script as a runner does: unattended, no terminal, nothing in the environment but what it is given. */
  run(script: string, env: NodeJS.ProcessEnv, shell: readonly string[]): Promise<Run> {
    const { PULUMI_BACKEND_URL: _backend, PULUMI_CONFIG_PASSPHRASE: _passphrase, ...others } = this.stack.env;
    const { PULUMI_STACK: _stack, ...machine } = others;
    const [command = "", ...args] = shell;
    const path = `${this.bin}:${this.stack.path}`;
    // Types are checked where the examples are tested; the program is the same.
    const all = { ...machine, PATH: path, CI: "true", PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...env };
    return startRun(command, [...args, script], this.folder, all).ended;
  }
}
