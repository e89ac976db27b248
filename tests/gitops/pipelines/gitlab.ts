import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Run } from "../../support/run";
import type { Repository } from "./repository";

interface Job {
  readonly extends?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly parallel?: { readonly matrix: readonly { readonly STACK: readonly string[] }[] };
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
}

/** One job of examples/gitops/.gitlab-ci.yml, whose commands are run as a runner does. */
export class GitLabJob {
  private readonly job: Job;

  constructor(
    private readonly repository: Repository,
    name: string,
  ) {
    const text = readFileSync(join(repository.folder, ".gitlab-ci.yml"), "utf8");
    this.job = whole(parse(text) as Record<string, Job>, name);
  }

  /** The stacks that it is run for, one after the other. */
  get stacks(): readonly string[] {
    return this.job.parallel?.matrix.flatMap(({ STACK }) => STACK) ?? [];
  }

  /** @param variables CI/CD variables of the project, of the environment, and of this one of the parallel jobs */
  run(variables: Readonly<Record<string, string>>): Promise<Run> {
    const { before_script = [], script = [] } = this.job;
    assert.ok(script.length > 0);
    // One script for all; a job's own variables count less than those of the project.
    return this.repository.run([...before_script, ...script].join("\n"), { ...this.job.variables, ...variables }, [
      "bash",
      "--noprofile",
      "--norc",
      "-eo",
      "pipefail",
      "-c",
    ]);
  }
}

function whole(jobs: Readonly<Record<string, Job>>, name: string): Job {
  const job = jobs[name];
  assert.ok(job, `.gitlab-ci.yml has a job ${name}`);
  return job.extends ? { ...whole(jobs, job.extends), ...job } : job;
}
