import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Simulator } from "metered-simulator";
import { type Run, startRun } from "../../tests/support/run";
import { temporary } from "../../tests/support/stackFolder";
import { vault } from "../../tests/support/vault";
import type { Face } from "./cells";
import type { Installed } from "./installed";

interface Deployment {
  readonly resources: readonly { readonly urn: string; readonly inputs?: Readonly<Record<string, unknown>> }[];
}

/** Shared by all stacks: plugins are never downloaded into it. */
let home: string | undefined;

/**
 * A stack of one cell. It knows the provider only as a user has it: the installed packages, their commands, and the
 * plugin's program. So it works with every version of them.
 */
export class CellStack {
  readonly folder = temporary("metered-matrix-");

  constructor(
    private readonly face: Face,
    private readonly installed: Installed,
    private readonly engine: string,
    private readonly simulator: Simulator,
  ) {}

  async create(): Promise<void> {
    mkdirSync(join(this.folder, "backend"));
    const modules = join(this.installed.folder, "node_modules");
    symlinkSync(modules, join(this.folder, "node_modules"));
    writeFileSync(join(this.folder, "package.json"), '{"main":"index.js"}');
    const plugin = JSON.stringify(join(modules, "pulumi-metered", "bin"));
    const plugins = `plugins:\n  providers:\n    - name: metered\n      path: ${plugin}\n`;
    writeFileSync(
      join(this.folder, "Pulumi.yaml"),
      `name: rooms\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n${this.face === "plugin" ? plugins : ""}`,
    );
    await this.pulumi("stack", "init", "dev", "--secrets-provider", "hashivault://tests");
    const { app, url, secretKey } = this.simulator;
    const settings = [`metered:appName=${app}`, `metered:endpoint=${url}`, "metered:retrySeconds=1"];
    const plain = settings.flatMap((setting) => ["--plaintext", setting]);
    await this.pulumi("config", "set-all", ...plain, "--secret", `metered:secretKey=${secretKey}`);
  }

  /** Sets the program: the body of a JavaScript module in which `metered.MeetingRoom` is at hand. */
  program(body: string): void {
    const head =
      this.face === "package"
        ? 'const metered = require("pulumi-metered");'
        : `${PLUGIN_SDK}const metered = { MeetingRoom };`;
    writeFileSync(join(this.folder, "index.js"), `${head}\n${body}\n`);
  }

  /** What the state holds as the inputs of a resource, without what only Pulumi and the provider look at. */
  async inputs(name: string): Promise<Record<string, unknown>> {
    const { stdout } = await this.pulumi("stack", "export");
    const { deployment } = JSON.parse(stdout) as { deployment: Deployment };
    const resource = deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`));
    const inputs = Object.entries(resource?.inputs ?? {});
    return Object.fromEntries(inputs.filter(([key]) => !key.startsWith("__")));
  }

  async pulumi(...args: string[]): Promise<Run> {
    const all = ["up", "refresh", "destroy", "import"].includes(args[0] ?? "") ? ["--yes", "--skip-preview"] : [];
    return this.succeeds("pulumi", [...args, ...all, "--non-interactive"]);
  }

  /** Runs the command that the package brings. */
  async metered(...args: string[]): Promise<Run> {
    return this.succeeds(join(this.folder, "node_modules", ".bin", "pulumi-metered"), args);
  }

  private async succeeds(command: string, args: readonly string[]): Promise<Run> {
    const run = await startRun(command, args, this.folder, await this.environment()).ended;
    if (run.code !== 0) throw new Error(`${[command, ...args].join(" ")} failed:\n${run.text}`);
    return run;
  }

  private async environment(): Promise<NodeJS.ProcessEnv> {
    home ??= temporary("metered-home-");
    const { METERED_APP_NAME: _app, METERED_SECRET_KEY: _key, ...env } = process.env;
    return {
      ...env,
      PATH: [this.installed.node, this.engine, process.env.PATH].join(delimiter),
      PULUMI_HOME: home,
      PULUMI_STACK: "dev",
      PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
      VAULT_SERVER_URL: await vault(),
      VAULT_SERVER_TOKEN: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      NO_COLOR: "1",
    };
  }
}

/** As much of the plugin's SDK as the program needs, as Pulumi's generator would write it. */
const PLUGIN_SDK = `const pulumi = require("@pulumi/pulumi");
class MeetingRoom extends pulumi.CustomResource {
  constructor(name, args, opts) {
    super("metered:index:MeetingRoom", name, { roomName: undefined, url: undefined, ...args }, opts);
  }
}
`;
