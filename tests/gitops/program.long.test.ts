import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { parseAllDocuments, stringify } from "yaml";
import { makeArchives } from "../../tools/archives/archives";
import { ownMachine } from "../../tools/archives/node";
import { findEngine } from "../../tools/engine";
import { findLanguageHost } from "../../tools/engine/languages";
import { type ArchiveServer, serveArchives } from "../support/archiveServer";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { type Run, startRun } from "../support/run";
import { temporary } from "../support/stackFolder";

interface Program {
  readonly kind: "Program";
  readonly metadata: { readonly name: string };
  readonly program: object;
}

interface Stack {
  readonly kind: "Stack";
  readonly spec: {
    readonly stack: string;
    readonly programRef: { readonly name: string };
    readonly envRefs: Readonly<Record<string, Reference>>;
    readonly refresh: boolean;
    readonly destroyOnFinalize: boolean;
  };
}

interface Reference {
  readonly secret?: { readonly key: string };
  readonly literal?: { readonly value: string };
}

const file = readFileSync(join(__dirname, "../../examples/gitops/kubernetes/program.yaml"), "utf8");
const quiet = { log: () => undefined };

const title = "a Program of the operator and its Stack, on the real engine";
const suite = ownMachine ? describe : describe.skip;
suite(ownMachine ? title : `${title} (skipped: there is no archive for this machine)`, function () {
  // The first time on a machine, what is needed is built and downloaded.
  this.timeout(45 * 60_000);
  let simulator: Simulator;
  let server: ArchiveServer;
  let backend: string;
  let archive: string;
  let program: Program;
  let spec: Stack["spec"];
  let path: string;

  before(async () => {
    assert.ok(ownMachine);
    simulator = await startSimulator({ app: "acme-prod", secretKey: canaryKey });
    backend = temporary("metered-backend-");
    const archives = temporary("metered-archives-");
    server = await serveArchives(archives);
    archive = basename((await makeArchives(archives, [ownMachine], {}, quiet.log))[0] ?? "");
    const version = /-v([\d.]+)-linux-/.exec(archive)?.[1] ?? "";
    const documents = parseAllDocuments(file.replace(/(?<=version: )VERSION/, version)).map(
      (each) => each.toJS() as Program | Stack,
    );
    for (const document of documents) {
      if (document.kind === "Program") program = document;
      else spec = document.spec;
    }
    path = [await findEngine(quiet), await findLanguageHost("yaml", quiet)].join(delimiter);
  });
  after(async () => {
    server.close();
    await simulator.close();
  });

  /** A new workspace: nothing is in it but what the operator makes of a Program. */
  function workspace(content: object): (command: string) => Promise<Run> {
    const folder = temporary("metered-workspace-");
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: program.metadata.name, runtime: "yaml", ...content }));
    // Only this test has another server than Metered's.
    writeFileSync(join(folder, `Pulumi.${spec.stack}.yaml`), `config:\n  metered:endpoint: ${simulator.url}\n`);
    const secret: Record<string, string> = { secretKey: canaryKey, passphrase: "test" };
    const given = Object.entries(spec.envRefs).map(([name, { secret: from, literal }]) => [
      name,
      from ? secret[from.key] : literal?.value.replace(/https:.*/, server.url),
    ]);
    const env = {
      PATH: path,
      HOME: folder,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_BACKEND_URL: `file://${backend}`,
      ...Object.fromEntries(given),
    };
    return async (command) => {
      const run = await startRun("pulumi", [...command.split(" "), "--non-interactive"], folder, env).ended;
      assertNoSecrets("what the operator logs", run.text);
      assert.equal(run.code, 0, run.text);
      return run;
    };
  }

  const UP = "up --yes --skip-preview --diff --suppress-progress --refresh";

  it("declares rooms in YAML, with a plugin that the workspace downloads", async () => {
    assert.deepEqual([spec.programRef.name, spec.refresh], [program.metadata.name, true]);
    const pulumi = workspace(program.program);
    await pulumi(`stack select ${spec.stack} --create`);
    await pulumi(UP);
    assert.deepEqual([...new Set(server.asked)], [`/${archive}`]);
    const [room] = simulator.rooms;
    const { stdout } = await pulumi("stack output standup");
    assert.equal(stdout.trim(), `${simulator.url}/${room?.roomName}`);
    const before = simulator.requests.length;
    await pulumi(UP);
    assert.deepEqual(
      simulator.requests.slice(before).map(({ method }) => method),
      ["GET"],
    );
  });

  it("goes on in another workspace, and deletes the rooms without the program", async () => {
    const pulumi = workspace(program.program);
    await pulumi(`stack select ${spec.stack}`);
    simulator.editRoom("meeting", simulator.rooms[0]?.roomName ?? "", { maxParticipants: 2 });
    await pulumi(UP);
    assert.equal(simulator.rooms[0]?.settings.maxParticipants, 25);
    assert.equal(spec.destroyOnFinalize, true);
    const empty = workspace({});
    await empty(`stack select ${spec.stack}`);
    await empty("destroy --yes --skip-preview");
    assert.equal(simulator.rooms[0]?.archived, true);
  });
});
