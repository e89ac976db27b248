import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startSimulator } from "metered-simulator";
import { Calls, until } from "./simulator/calls";

const launcher = join(dirname(require.resolve("metered-simulator/package.json")), "bin", "metered-simulator.js");

describe("metered-simulator on the command line", () => {
  let folder: string;
  const running: ChildProcess[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "metered-simulator-"));
  });
  after(() => rm(folder, { recursive: true }));
  afterEach(async () => {
    await Promise.all(running.splice(0).map((child) => stop(child)));
  });

  function run(...args: string[]) {
    const child = spawn(process.execPath, [launcher, ...args], { cwd: folder });
    running.push(child);
    const output = { out: "", err: "" };
    child.stdout.on("data", (text) => (output.out += text));
    child.stderr.on("data", (text) => (output.err += text));
    return { child, output };
  }

  async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await once(child, "close");
    return child.exitCode;
  }

  /** Runs it until it listens; gives its address. */
  async function listen(...args: string[]) {
    const { child, output } = run(...args);
    await until(() => output.out.includes("metered:secretKey") || child.exitCode !== null);
    equal(output.err, "");
    const [line = ""] = output.out.split("\n");
    const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    return { child, output, line, url };
  }

  async function succeed(...args: string[]) {
    const { child, output } = run(...args);
    await once(child, "close");
    deepEqual([child.exitCode, output.err], [0, ""]);
    return output;
  }

  async function fail(...args: string[]): Promise<string> {
    const { child, output } = run(...args);
    await once(child, "close");
    deepEqual([child.exitCode, output.out], [2, ""]);
    return output.err;
  }

  it("prints its address in one line, how to point a stack at it, and ends well on a signal", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const { child, output, line, url } = await listen();
      equal(line, `metered-simulator listens on ${url} (app demo)`);
      ok(output.out.includes(`pulumi config set metered:endpoint ${url}\n`));
      ok(output.out.includes("pulumi config set metered:appName demo\n"));
      ok(output.out.includes("pulumi config set --secret metered:secretKey simulator-secret\n"));
      equal((await new Calls({ url, secretKey: "simulator-secret" }).create("meeting")).status, 200);
      equal(await stop(child, signal), 0);
      equal(output.err, "");
    }
  });

  it("takes a port, an app, a latency, a profile, switches and a key, and does not print that key", async () => {
    const free = await startSimulator();
    const { port } = new URL(free.url);
    await free.close();
    const profile = join(folder, "profile.json");
    await writeFile(profile, JSON.stringify({ badKey: 403, put: "replace" }));
    const rest = ["--app", "acme", "--secret-key", "top", "--latency", "1", "--profile", profile];
    const { output, url } = await listen("--port", port, ...rest, "--set", "put=merge", "--set", "zeros=rejected");
    equal(url, `http://127.0.0.1:${port}`);
    ok(output.out.includes("metered:appName acme\n"));
    equal(output.out.includes("top"), false);
    equal((await new Calls({ url, secretKey: "wrong" }).create("meeting")).status, 403);
    const switches = (await (await fetch(`${url}/__simulator/switches`)).json()) as Record<string, unknown>;
    deepEqual([switches.put, switches.zeros], ["merge", "rejected"]);
    equal((await new Calls({ url, secretKey: "top" }).create("meeting", { roomName: "a" })).status, 200);
  });

  it("explains itself", async () => {
    const { child, output } = run("--help");
    await once(child, "close");
    equal(child.exitCode, 0);
    for (const word of ["--port", "--data", "strictest", "--help [switches]"]) ok(output.out.includes(word));
    for (const args of [["-h"], ["help"]]) equal((await succeed(...args)).out, output.out);
    const more = await succeed("--help", "switches");
    for (const word of ["liveDelete: absent html 404", "TURN", "turnPlan"]) ok(more.out.includes(word));
  });

  it("says its version", async () => {
    const { version } = JSON.parse(await readFile(require.resolve("metered-simulator/package.json"), "utf8")) as {
      version: string;
    };
    for (const flag of ["--version", "-v", "version"]) equal((await succeed(flag)).out, `${version}\n`);
  });

  it("refuses arguments that make no sense with a sentence and exit code 2", async () => {
    const refused: [string[], RegExp][] = [
      [["--prot", "1"], /Unknown option --prot\. Did you mean --port\?/],
      [["--lat", "1"], /Did you mean --latency\?/],
      [["-p", "1"], /Unknown option -p\./],
      [["--colourful"], /Unknown option --colourful\. See/],
      [["start"], /Unexpected argument "start"/],
      [["--help", "switch"], /Unexpected argument "switch"/],
      [["--port"], /--port needs a value\./],
      [["--port", "--data", "x"], /--port needs a value\./],
      [["--help=yes"], /--help takes no value\./],
      [["--port", "http"], /--port must be an integer from 0 to 65535, not "http"/],
      [["--latency", "-5"], /--latency must be 0 or more, not -5\./],
      [["--set", "put"], /must be SWITCH=VALUE/],
      [["--set", "put=patch"], /put cannot be "patch".*merge \| replace/],
      [["--set", "putt=merge"], /no switch "putt"/],
      [["--profile", "nowhere.json"], /neither a profile .* nor a file/],
      [["--data", "nowhere/data.json"], /There is no folder for the data file nowhere\/data.json/],
      [["--app", "My App"], /--app "My App" can't be a subdomain/],
      [["--secret-key", ""], /--secret-key must not be empty/],
    ];
    const messages = await Promise.all(refused.map(([args]) => fail(...args)));
    for (const [index, [, expected]] of refused.entries()) {
      match(messages[index] ?? "", expected);
      match(messages[index] ?? "", /^metered-simulator: .*\n$/);
    }
  });

  it("listens where it is told to, and says so of an address that is not there", async () => {
    const { url } = await listen("--host", "0.0.0.0", "--allow-host", "metered");
    equal((await fetch(`${url}/__simulator/health`)).status, 200);
    const { child, output } = run("--host", "203.0.113.1");
    await once(child, "close");
    deepEqual(
      [child.exitCode, output.err],
      [1, "metered-simulator: --host 203.0.113.1 is not an address of this machine.\n"],
    );
  });

  it("says that its port is taken", async () => {
    const { url } = await listen();
    const { child, output } = run("--port", new URL(url).port);
    await once(child, "close");
    const words = `metered-simulator: port ${new URL(url).port} is in use. Omit --port for a free one.\n`;
    deepEqual([child.exitCode, output.err], [1, words]);
  });

  it("keeps what it has answered, even if it is killed", async () => {
    const { child, url } = await listen("--data", "killed.json");
    const api = new Calls({ url, secretKey: "simulator-secret" });
    const made = await Promise.all(Array.from({ length: 20 }, () => api.create("meeting")));
    await stop(child, "SIGKILL");
    const again = await listen("--data", "killed.json");
    const kept = await new Calls({ url: again.url, secretKey: "simulator-secret" }).list();
    deepEqual(kept.map(({ _id }) => _id).sort(), made.map(({ json }) => json._id).sort());
  });
});
