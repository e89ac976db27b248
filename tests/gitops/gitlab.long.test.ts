import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey } from "../support/canary";
import type { Run } from "../support/run";
import { closeServers, json, serve, type TestServer } from "../support/servers";
import { GitLabJob } from "./pipelines/gitlab";
import { Repository } from "./pipelines/repository";

describe("the GitLab pipeline, job by job on the real engine", function () {
  this.timeout(300_000);
  let dev: Simulator;
  let prod: Simulator;
  let repository: Repository;
  let log = "";

  before(async () => {
    dev = await startSimulator({ app: "acme-dev", secretKey: canaryKey });
    prod = await startSimulator({ app: "acme-prod", secretKey: `${canaryKey}-prod` });
    repository = await Repository.create({ dev, prod });
  });
  after(async () => {
    await Promise.all([dev.close(), prod.close()]);
    assertNoSecrets("what the jobs printed", log);
    repository.stack.dispose();
  });
  afterEach(closeServers);

  /** The job's own variables count less than the project's, so a preview is not given the key of an environment. */
  async function job(name: string, variables: Record<string, string> = {}): Promise<Run> {
    const backend = repository.stack.env.PULUMI_BACKEND_URL ?? "";
    const project = { PULUMI_BACKEND_URL: backend, PULUMI_CONFIG_PASSPHRASE: "test" };
    const run = await new GitLabJob(repository, name).run({ ...project, ...variables });
    log += run.text;
    return run;
  }
  async function passes(...args: Parameters<typeof job>): Promise<string> {
    const { code, text } = await job(...args);
    assert.equal(code, 0, text);
    return text;
  }
  const key = ({ secretKey }: Simulator) => ({ METERED_SECRET_KEY: secretKey });

  it("dev, then prod: the same program, twice in a row", async () => {
    for (const expected of [/\+ 4 created/, /4 unchanged/]) assert.match(await passes("dev", key(dev)), expected);
    assert.deepEqual(prod.rooms, []);
    for (const expected of [/\+ 4 created/, /4 unchanged/]) assert.match(await passes("prod", key(prod)), expected);
    const seats = (app: Simulator) => app.rooms.map(({ settings }) => settings.maxParticipants);
    assert.deepEqual([seats(dev), seats(prod)], [Array(3).fill(4), Array(3).fill(50)]);
  });

  it("preview, for each stack, writes its artifact and makes no call", async () => {
    const before = dev.requests.length + prod.requests.length;
    for (const STACK of new GitLabJob(repository, "preview").stacks) {
      await passes("preview", { STACK });
      assert.match(readFileSync(join(repository.folder, "preview.txt"), "utf8"), /4 unchanged/);
    }
    assert.equal(dev.requests.length + prod.requests.length, before);
  });

  it("drift: quiet where there is none; opens one issue; fails the job either way", async () => {
    const stacks = new GitLabJob(repository, "drift").stacks;
    assert.deepEqual(stacks, ["dev", "prod"]);
    for (const _round of [1, 2]) await passes("drift", { STACK: "dev", ...key(dev) });
    dev.editRoom("meeting", "sales", { maxParticipants: 99 });

    const gitlab = await serve([json(200, []), json(201, { iid: 1 }), json(200, [{ iid: 1 }])]);
    const found = await job("drift", { STACK: "dev", ...key(dev), ...inGitLab(gitlab) });
    assert.equal(found.code, 7, found.text);
    assert.match(found.text, /maxParticipants *: 99 => 4/);
    const again = await job("drift", { STACK: "dev", ...key(dev), ...inGitLab(gitlab) });
    assert.equal(again.code, 7);
    assert.deepEqual(
      gitlab.seen.map(({ method, path }) => `${method} ${path}`),
      ["GET /api/v4/projects/5/issues", "POST /api/v4/projects/5/issues", "GET /api/v4/projects/5/issues"],
    );
    assert.ok(gitlab.seen.every(({ headers }) => headers["private-token"] === "project-token"));
    const posted = new URLSearchParams(gitlab.seen[1]?.body);
    assert.equal(posted.get("title"), "The rooms of dev differ from the program");
    assert.equal(posted.get("labels"), "drift-dev");

    // Without the token nothing but the failed job tells of it.
    assert.equal((await job("drift", { STACK: "dev", ...key(dev) })).code, 7);
    await passes("dev", key(dev));
    await passes("drift", { STACK: "dev", ...key(dev) });
  });

  it("drift: a check that itself failed has another exit code", async () => {
    const { code, text } = await job("drift", { STACK: "dev", METERED_SECRET_KEY: "wrong" });
    assert.ok(code !== 0 && code !== 7, text);
    assert.match(text, /\[InvalidSecretKey\]/);
  });
});

function inGitLab({ origin }: TestServer): Record<string, string> {
  return {
    ISSUES_TOKEN: "project-token",
    CI_API_V4_URL: `${origin}/api/v4`,
    CI_PROJECT_ID: "5",
    CI_JOB_URL: "https://gitlab.example.com/jobs/1",
  };
}
