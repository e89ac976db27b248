import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { Repository } from "./pipelines/repository";
import { type Contexts, type JobRun, WorkflowJob } from "./pipelines/workflow";

interface GitHub {
  readonly labels: string[];
  readonly issues: { readonly title: string; readonly body: string; readonly state: string }[];
  readonly comments: { readonly body: string }[];
}

describe("the GitHub workflows, step by step on the real engine", function () {
  this.timeout(300_000);
  let dev: Simulator;
  let prod: Simulator;
  let repository: Repository;
  let log = "";

  before(async () => {
    dev = await startSimulator({ app: "acme-dev", secretKey: canaryKey });
    prod = await startSimulator({ app: "acme-prod", secretKey: `${canaryKey}-prod` });
    repository = await Repository.create({ dev, prod });
    repository.command("gh", readFileSync(join(__dirname, "pipelines", "gh.cjs"), "utf8"), "/usr/bin/env node");
    writeFileSync(join(repository.folder, "github.json"), '{"labels":[],"issues":[],"comments":[]}');
  });
  after(async () => {
    await Promise.all([dev.close(), prod.close()]);
    assertNoSecrets("what the jobs printed", log);
    repository.stack.dispose();
  });

  const github = () => JSON.parse(readFileSync(join(repository.folder, "github.json"), "utf8")) as GitHub;

  /** @param secretKey what the job's environment has as METERED_SECRET_KEY */
  async function job(workflow: string, name: string, stack: string, more: Contexts = {}): Promise<JobRun> {
    const contexts = {
      vars: { PULUMI_BACKEND_URL: repository.stack.env.PULUMI_BACKEND_URL },
      secrets: {
        PULUMI_CONFIG_PASSPHRASE: "test",
        METERED_SECRET_KEY: stack === "dev" ? dev.secretKey : prod.secretKey,
      },
      github: { token: "job-token", repository: "acme/rooms", event: { pull_request: { number: 7 } } },
      matrix: { stack },
      ...more,
    };
    const run = await new WorkflowJob(repository, workflow, name).run(contexts);
    log += run.text;
    return run;
  }
  async function passes(...args: Parameters<typeof job>): Promise<string> {
    const { failed, text } = await job(...args);
    assert.equal(failed, false, text);
    return text;
  }
  const names = ({ rooms }: Simulator) => rooms.map(({ roomName }) => roomName).sort();

  it("up.yml makes the rooms of dev", async () => {
    assert.match(await passes("up", "dev", "dev"), /\+ 4 created/);
    assert.deepEqual(names(dev), ["board", "sales", "support"]);
    assert.deepEqual(names(prod), []);
  });

  slowTest("up.yml changes nothing when it is run again", async () => {
    assert.match(await passes("up", "dev", "dev"), /4 unchanged/);
  });

  it("preview.yml comments what a pull request would change, without a call and without the key", async () => {
    const before = dev.requests.length;
    const file = join(repository.folder, "index.ts");
    const program = readFileSync(file, "utf8");
    writeFileSync(file, program.replace('"sales"', '"sales", "hiring"'));
    await passes("preview", "preview", "dev");
    writeFileSync(file, program);
    assert.equal(dev.requests.length, before);
    const [comment, ...others] = github().comments;
    assert.deepEqual(others, []);
    assert.match(comment?.body ?? "", /^<!-- preview of dev -->\n### Preview of `dev`\n```\n/);
    assert.match(comment?.body ?? "", /hiring[\s\S]*\+ 1 to create/);
  });

  slowTest("preview.yml: the next push changes the comment of its stack; a failing preview is told, too", async () => {
    const { stacks } = new WorkflowJob(repository, "preview", "preview");
    for (const stack of stacks) await passes("preview", "preview", stack);
    assert.equal(github().comments.length, 2);
    assert.match(github().comments[0]?.body ?? "", /4 unchanged/);
    assert.match(github().comments[1]?.body ?? "", /\+ 4 to create/);
    const file = join(repository.folder, "index.ts");
    const program = readFileSync(file, "utf8");
    writeFileSync(file, program.replace('"private"', '"secret"'));
    assert.equal((await job("preview", "preview", "dev")).failed, true);
    writeFileSync(file, program);
    assert.match(github().comments[0]?.body ?? "", /privacy/);
  });

  it("drift.yml opens an issue for what was changed outside", async () => {
    dev.editRoom("meeting", "board", { maxParticipants: 99 });
    assert.equal((await job("drift", "drift", "dev")).failed, false);
    const [issue] = github().issues;
    assert.deepEqual([issue?.title, issue?.state], ["The rooms of dev differ from the program", "open"]);
    assert.match(issue?.body ?? "", /maxParticipants *: 99 => 4/);
  });

  slowTest("drift.yml: one issue, closed when the next `up` has put everything back, twice in a row", async () => {
    await passes("drift", "drift", "dev");
    assert.equal(github().issues.length, 1);
    await passes("up", "dev", "dev");
    assert.equal(dev.rooms.find(({ roomName }) => roomName === "board")?.settings.maxParticipants, 4);
    for (const _round of [1, 2]) await passes("drift", "drift", "dev");
    assert.deepEqual(
      github().issues.map(({ state }) => state),
      ["closed"],
    );
  });

  slowTest("drift.yml: a check that itself failed fails the job, and says so in the issue", async () => {
    const secrets = { PULUMI_CONFIG_PASSPHRASE: "test", METERED_SECRET_KEY: "wrong" };
    assert.equal((await job("drift", "drift", "dev", { secrets })).failed, true);
    assert.equal(github().issues.at(-1)?.title, "The drift check of dev failed");
    assert.match(github().issues.at(-1)?.body ?? "", /\[InvalidSecretKey\]/);
  });

  slowTest("up.yml brings the same program to prod, with the settings of prod", async () => {
    await passes("up", "prod", "prod");
    assert.deepEqual(names(prod), names(dev));
    assert.deepEqual([...new Set(prod.rooms.map(({ settings }) => settings.maxParticipants))], [50]);
    assert.match(await passes("up", "prod", "prod"), /4 unchanged/);
  });

  slowTest("up.yml fetches the key where it is in AWS Secrets Manager, and has it masked first", async () => {
    repository.command(
      "aws",
      `test "$*" = "secretsmanager get-secret-value --secret-id metered-dev --query SecretString --output text"
cat <<'KEY'
${canaryKey}
KEY`,
    );
    const secrets = { PULUMI_CONFIG_PASSPHRASE: "test" };
    const vars = { PULUMI_BACKEND_URL: repository.stack.env.PULUMI_BACKEND_URL, METERED_SECRET_ID: "metered-dev" };
    const said = log.length;
    const text = await passes("up", "dev", "dev", { secrets, vars });
    repository.command("aws", "exit 1");
    log = log.slice(0, said) + text.replace(`::add-mask::${canaryKey}\n`, "");
    assert.ok(text.startsWith(`::add-mask::${canaryKey}\n`));
    assert.match(text, /4 unchanged/);
  });

  slowTest(
    "a new key needs no `up`, since it is in no state: any command uses the one of its own environment",
    async () => {
      for (const METERED_SECRET_KEY of ["another", dev.secretKey]) {
        const refresh = "pulumi refresh --stack dev --yes --skip-preview --non-interactive";
        const env = { PULUMI_BACKEND_URL: repository.stack.env.PULUMI_BACKEND_URL, METERED_SECRET_KEY };
        const { code, text } = await repository.run(refresh, env, ["sh", "-euc"]);
        assert.equal(code === 0, METERED_SECRET_KEY === dev.secretKey, text);
        assert.equal(/\[InvalidSecretKey\]/.test(text), METERED_SECRET_KEY === "another");
      }
    },
  );
});
