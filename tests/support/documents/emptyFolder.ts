import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { assertNoSecrets } from "../canary";
import { packed } from "../packed";
import { type Run, startRun } from "../run";
import { BACKEND, environment } from "../stackFolder";

/** An empty folder of somebody who begins with a page: with Pulumi, a backend, and an npm that has the package. */
export class EmptyFolder {
  private constructor(
    readonly path: string,
    readonly env: NodeJS.ProcessEnv,
  ) {}

  static async create(): Promise<EmptyFolder> {
    const path = realpathSync(mkdtempSync(join(tmpdir(), "metered-start-")));
    const tools = join(path, "tools");
    for (const name of [BACKEND, "tools"]) mkdirSync(join(path, name));
    const env = await environment(path);
    env.PATH = [tools, env.PATH].join(delimiter);
    env.PULUMI_SKIP_CONFIRMATIONS = "true";
    delete env.PULUMI_STACK;
    // In the registry is another release, if any.
    const { tarball } = (await packed())["pulumi-metered"];
    const npm = `PATH=\${PATH#*:}\n[ "$*" = "install pulumi-metered" ] && set -- install --no-audit --no-fund "${tarball}"\nexec npm "$@"`;
    writeFileSync(join(tools, "npm"), `#!/bin/sh\n${npm}\n`);
    chmodSync(join(tools, "npm"), 0o755);
    return new EmptyFolder(path, env);
  }

  /** Runs what a page says, in the folder or one below it. */
  async shell(script: string, below = "", input = ""): Promise<Run> {
    const run = await startRun("sh", ["-euc", script], join(this.path, below), this.env, input).ended;
    assert.equal(run.code, 0, `${script}\n${run.text}`);
    assertNoSecrets("what was printed", run.text);
    return run;
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
