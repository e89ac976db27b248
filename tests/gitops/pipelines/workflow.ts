import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { parse } from "yaml";
import type { Run } from "../../support/run";
import type { Repository } from "./repository";

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly env: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly stack: readonly string[] } };
  readonly steps: readonly Step[];
}

/** What expressions in a workflow see: `secrets.METERED_SECRET_KEY`, `github.event.pull_request.number`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** What a job did. */
export interface JobRun {
  readonly failed: boolean;
  /** What all steps printed. */
  readonly text: string;
}

/** Actions that prepare what is here already: the checkout, Node.js, the engine. Another one would have to be run. */
const PREPARING = ["actions/checkout", "actions/setup-node", "pulumi/actions"];

/** One job of a GitHub workflow of examples/gitops, whose steps are run as a runner does. */
export class WorkflowJob {
  private readonly job: Job;

  constructor(
    private readonly repository: Repository,
    workflow: string,
    name: string,
  ) {
    const file = join(repository.folder, ".github", "workflows", `${workflow}.yml`);
    const job = (parse(readFileSync(file, "utf8")) as { jobs: Record<string, Job> }).jobs[name];
    assert.ok(job, `${workflow}.yml has a job ${name}`);
    this.job = job;
  }

  /** The stacks that it is run for, one after the other. */
  get stacks(): readonly string[] {
    return this.job.strategy?.matrix.stack ?? [];
  }

  async run(given: Contexts): Promise<JobRun> {
    const exported = join(this.repository.folder, "github-env");
    const outputs = join(this.repository.folder, "github-output");
    writeFileSync(exported, "");
    const steps: Record<string, { outputs: Record<string, string> }> = {};
    let text = "";
    let failed = false;
    for (const step of this.job.steps) {
      const soFar = { ...this.expand(this.job.env, given), ...variables(exported) };
      const contexts = { ...given, steps, env: soFar, cancelled: () => false };
      if (!(step.if ? evaluate(step.if.replace(/^\$\{\{|\}\}$/g, ""), contexts) : true)) continue;
      // A condition that asks for the state of the job is looked at also after a failure.
      if (failed && !step.if?.includes("cancelled()")) continue;
      if (step.uses) {
        assert.ok(PREPARING.includes(step.uses.split("@")[0] ?? ""), `${step.uses} is not one that can be left out`);
        continue;
      }
      assert.equal(step.shell, "bash");
      writeFileSync(outputs, "");
      const env = { ...soFar, ...this.expand(step.env, contexts), GITHUB_ENV: exported, GITHUB_OUTPUT: outputs };
      const run: Run = await this.repository.run(step.run ?? "", env, [
        "bash",
        "--noprofile",
        "--norc",
        "-eo",
        "pipefail",
        "-c",
      ]);
      text += run.text;
      failed ||= run.code !== 0;
      if (step.id) steps[step.id] = { outputs: variables(outputs) };
    }
    return { failed, text };
  }

  private expand(values: Readonly<Record<string, string>> = {}, contexts: Contexts): Record<string, string> {
    const entries = Object.entries(values).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\{(.+?)\}\}/g, (_all, expression: string) => String(evaluate(expression, contexts))),
    ]);
    return Object.fromEntries(entries);
  }
}

/** The expressions used here mean the same in JavaScript, if what a context does not have is empty. */
function evaluate(expression: string, contexts: Contexts): unknown {
  const entries = Object.entries(contexts).map(([name, value]) => [
    name,
    ["vars", "secrets", "env"].includes(name) ? emptyWhereMissing(value as Record<string, string>) : value,
  ]);
  return runInNewContext(expression.trim(), Object.fromEntries(entries));
}

function emptyWhereMissing(values: Record<string, string>): Record<string, string> {
  return new Proxy(values, { get: (all, name) => all[String(name)] ?? "" });
}

function variables(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
