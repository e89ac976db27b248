import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { Gate, NotOurs } from "../../tools/live/account/gate";
import { isOfRun } from "../../tools/live/account/keys";
import { BudgetUsedUp, Ledger } from "../../tools/live/account/ledger";
import { Observations } from "../../tools/live/account/observations";
import { Services } from "../../tools/live/account/services";
import { TurnAccount } from "../../tools/live/account/turn";
import { cleanUpAfterAll } from "../../tools/live/check";
import { optionsFor, runCheck, timeOf, turnOfRuns } from "./runs";

const prefix = "pulumi-metered-check-0123abcd-";
const nothingLeft = { credentials: {}, projects: [] };

describe("what a check does to TURN", () => {
  let sim: Simulator;
  afterEach(() => sim.close());

  /** Credentials and a project that people made, some with labels that nearly are a check's. */
  async function addForeign(): Promise<void> {
    for (const label of ["web", "pulumi-metered-check-0123abcd", "my-pulumi-metered-check-0123abcd-x"]) {
      sim.addTurnCredential({ label });
      await createProject(label);
    }
    sim.addTurnCredential({ expiryInSeconds: 1 });
  }

  const createProject = (projectName: string) =>
    fetch(`${sim.url}/api/v2/turn/project?secretKey=${sim.secretKey}`, {
      method: "POST",
      body: JSON.stringify({ projectName }),
    });

  for (const profile of ["default", "strictest", "strange"]) {
    it(`under the profile "${profile}", it leaves what others made as it was, and nothing of its own`, async () => {
      sim = await startSimulator({ profile });
      await addForeign();
      const before = [sim.turnCredentials, sim.turnProjects];
      const { report } = await runCheck(sim);
      assert.deepEqual([sim.turnCredentials, sim.turnProjects], before);
      assert.deepEqual(report.turnLeft, nothingLeft);
      const made = sim.requests.filter(({ kind, operation }) => kind === "turnCredential" && operation === "create");
      assert.ok(made.length >= 5 && made.length <= 12, `${made.length} credentials`);
    });
  }

  it("it asks nothing of TURN if it may not", async () => {
    sim = await startSimulator();
    const { report } = await runCheck(sim, { turn: false });
    assert.ok(sim.requests.every(({ kind }) => !/^turn|^ice/.test(kind ?? "")));
    assert.match(report.notFoundOut.find(({ question }) => /turnPlan/.test(question))?.why ?? "", /--without-turn/);
  });

  it("it says nothing of a password, a key or a token", async () => {
    sim = await startSimulator();
    const { said, secrets } = await runCheck(sim);
    assert.ok(secrets.size > 15, `${secrets.size} secrets`);
    for (const secret of secrets) assert.ok(!said.includes(secret));
  });

  it("it knows every field that the documents name", async () => {
    sim = await startSimulator({ switches: { projectApiKey: "always", turnAppList: "with projects" } });
    const { username } = sim.addTurnCredential({ label: "web" });
    sim.addTurnUsage(username, 5_000_000);
    const { report } = await runCheck(sim);
    assert.deepEqual(report.unknownFields, {});
  });

  it("it deletes a credential and a project of which it never heard that they were created", async () => {
    sim = await startSimulator();
    for (const kind of ["turnCredential", "turnProject"] as const) {
      sim.faults.inject({ fault: "cutAfterCommit", kind, operation: "create", skip: kind === "turnProject" ? 0 : 2 });
    }
    const { report } = await runCheck(sim);
    assert.deepEqual([sim.faults.list.map(({ fired }) => fired), turnOfRuns(sim)], [[1, 1], []]);
    assert.deepEqual(report.turnLeft, nothingLeft);
  });

  it("it deletes what no list shows on a free plan by its label", async () => {
    sim = await startSimulator({ switches: { turnPlan: "free" } });
    sim.faults.inject({ fault: "cutAfterCommit", kind: "turnCredential", operation: "create", skip: 2 });
    const { report } = await runCheck(sim);
    assert.equal(sim.faults.list[0]?.fired, 1);
    assert.deepEqual([turnOfRuns(sim), report.turnLeft], [[], nothingLeft]);
  });

  it("it creates no second credential if it cannot delete the first, and says what is left", async () => {
    sim = await startSimulator();
    sim.faults.inject({ fault: "status", status: 500, kind: "turnCredential", operation: "delete", times: "always" });
    const { report, said } = await runCheck(sim);
    const [label = ""] = turnOfRuns(sim);
    assert.equal(turnOfRuns(sim).length, 1);
    assert.deepEqual(report.turnLeft, { credentials: { [label]: 1 }, projects: [] });
    assert.match(
      said,
      /\*\*TURN that is still there\.\*\* Run it again with --clean-up[\s\S]*- 1 credential with the label/,
    );
  });

  it("it says which project it could not delete", async () => {
    sim = await startSimulator();
    sim.faults.inject({ fault: "status", status: 500, kind: "turnProject", operation: "delete", times: "always" });
    const { report } = await runCheck(sim);
    assert.deepEqual(report.turnLeft.projects, turnOfRuns(sim));
    assert.equal(turnOfRuns(sim).length, 1);
  });

  it("a later run deletes what earlier ones left, and nothing else", async () => {
    sim = await startSimulator();
    await addForeign();
    const before = [sim.turnCredentials, sim.turnProjects];
    for (let i = 0; i < 120; i++) sim.addTurnCredential({ label: `${prefix}turn`, expiryInSeconds: i + 1 });
    await createProject(`${prefix}project`);
    const surroundings = { time: timeOf(sim), say: () => {}, stop: new AbortController().signal };
    const { turn } = await cleanUpAfterAll(optionsFor(sim, { perSecond: 1000 }), surroundings);
    assert.deepEqual(turn, nothingLeft);
    assert.deepEqual([sim.turnCredentials, sim.turnProjects], before);
  });
});

describe("the gate to TURN", () => {
  let sim: Simulator;
  let turn: TurnAccount;
  let services: Services;
  beforeEach(async () => {
    sim = await startSimulator();
    const { secretKey, url: origin } = sim;
    const options = { origin, secretKey, wrongKey: "wrong", perSecond: 1000, isOurs: isOfRun(prefix) };
    const gate = new Gate(options, new Ledger(0), new Observations(), timeOf(sim), new AbortController().signal);
    turn = new TurnAccount(gate);
    services = new Services(gate, turn.ledger);
  });
  afterEach(() => sim.close());

  it("lets nothing through that is about what others have", async () => {
    const { username } = sim.addTurnCredential({ label: "web" });
    const project = "0123456789abcdef01234567";
    const asked = [
      () => turn.createCredential({ label: "web" }),
      () => turn.createCredential({ label: `${prefix}turn` }, { project }),
      async () => turn.deleteCredential(username),
      async () => turn.deleteByLabel("web"),
      async () => turn.turnOnOrOff("disable", username),
      () => turn.createProject({ projectName: "web" }),
      async () => turn.updateProject(project, {}),
      () => turn.deleteProject(project),
      () => services.createToken({ roomName: "standup" }),
      () => services.createToken({ globalToken: true }),
      async () => services.recordings("standup"),
    ];
    for (const ask of asked) await assert.rejects(async () => ask(), NotOurs);
    assert.equal(sim.requests.length, 0);
    await turn.listCredentials();
    await assert.rejects(async () => turn.deleteCredential(username), NotOurs);
  });

  it("creates no 13th credential, and no third project", async () => {
    for (let i = 0; i < 12; i++) await turn.createCredential({ label: `${prefix}turn` });
    await assert.rejects(turn.createCredential({ label: `${prefix}turn` }), BudgetUsedUp);
    for (const name of ["a", "b"]) await turn.createProject({ projectName: prefix + name });
    await assert.rejects(turn.createProject({ projectName: `${prefix}c` }), BudgetUsedUp);
    assert.deepEqual([sim.turnCredentials.length, sim.turnProjects.length], [12, 2]);
  });
});
