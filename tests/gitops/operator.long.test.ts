import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { parse } from "yaml";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { Repository } from "./pipelines/repository";

interface StackSpec {
  readonly stack: string;
  readonly envRefs: Readonly<Record<string, { readonly secret: { readonly key: string } }>>;
  readonly refresh: boolean;
  readonly destroyOnFinalize: boolean;
  readonly runProgram: boolean;
}

/** The options with which the operator's agent calls `up` and `destroy` through Pulumi's Automation API. */
const UP = "pulumi up --yes --skip-preview --diff --suppress-progress --non-interactive";
const DESTROY = "pulumi destroy --yes --skip-preview --non-interactive";

/** What the Stack makes of them: a destroy never refreshes, an update always runs the program. */
function withOptions(command: string, { stack, refresh, runProgram }: StackSpec): string {
  const options = command === UP ? [refresh && "--refresh"] : [runProgram && "--run-program"];
  return [command, `--stack ${stack}`, ...options.filter(Boolean)].join(" ");
}

describe("the operator's rounds, as its Stack describes them, on the real engine", function () {
  this.timeout(300_000);
  let app: Simulator;
  let repository: Repository;
  const { spec } = parse(readFileSync(join(__dirname, "../../examples/gitops/kubernetes/stack.yaml"), "utf8")) as {
    spec: StackSpec;
  };

  before(async () => {
    app = await startSimulator({ app: "acme-prod", secretKey: canaryKey });
    const dev = await startSimulator({ app: "acme-dev" });
    repository = await Repository.create({ dev, prod: app });
    await dev.close();
  });
  after(async () => {
    await app.close();
    repository.stack.dispose();
  });

  /** One round, with what the Kubernetes Secret holds. Answers the calls that it cost, by method. */
  async function round(command = UP, secretKey = app.secretKey): Promise<Record<string, number>> {
    const secret: Record<string, string> = { secretKey, passphrase: "test" };
    const given = Object.entries(spec.envRefs).map(([name, { secret: from }]) => [name, secret[from.key]]);
    const backend = { PULUMI_BACKEND_URL: repository.stack.env.PULUMI_BACKEND_URL };
    const before = app.requests.length;
    const env = { ...backend, ...Object.fromEntries(given) };
    const run = await repository.run(withOptions(command, spec), env, ["sh", "-euc"]);
    assertNoSecrets("what the operator logs", run.text);
    assert.equal(run.code, 0, run.text);
    const calls: Record<string, number> = {};
    for (const { method } of app.requests.slice(before)) calls[method] = (calls[method] ?? 0) + 1;
    return calls;
  }

  it("the first round makes the rooms; each one after that costs one GET for each room, and nothing else", async () => {
    assert.deepEqual(await round(), { POST: 3 });
    for (const _minute of [1, 2]) assert.deepEqual(await round(), { GET: 3 });
  });

  it("what was changed or deleted outside is put back by the next round", async () => {
    app.editRoom("meeting", "board", { maxParticipants: 2 });
    app.archiveRoom("meeting", "sales");
    const { PUT: updates, POST: creates } = await round();
    assert.deepEqual([updates, creates], [1, 1]);
    assert.deepEqual(await round(), { GET: 3 });
  });

  it("deleting the Stack deletes the rooms", async () => {
    // Without the program the operator destroys in an empty folder, where the code of dynamic resources is not.
    assert.deepEqual([spec.destroyOnFinalize, spec.runProgram], [true, true]);
    const { DELETE: deletes } = await round(DESTROY);
    assert.equal(deletes, 3);
    assert.equal(app.rooms.filter(({ archived }) => !archived).length, 0);
  });
});
