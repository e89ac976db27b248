import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, type FakeStack } from "../support/fakePulumi";
import { type Answer, closedPort, closeServers, cut, hang, json, serve } from "../support/servers";
import { SkippingTime } from "../support/skippingTime";

describe("pulumi-metered, with a server that can't be reached", function () {
  this.timeout(60_000);
  let pulumi: FakePulumi;

  beforeEach(() => {
    const value = (text: string, secret = false) => ({ value: text, secret });
    pulumi = new FakePulumi({
      config: { "metered:appName": value("demo"), "metered:secretKey": value(canaryKey, true) },
    });
  });
  afterEach(async () => {
    pulumi.dispose();
    await closeServers();
  });

  const reaching = (origin: string, more: NonNullable<FakeStack["config"]> = {}) => {
    pulumi.set({
      resources: [],
      config: { ...pulumi.stack.config, "metered:endpoint": { value: origin, secret: false }, ...more },
    });
    const time = new SkippingTime();
    return { time, cli: new CommandLine(pulumi, { time }) };
  };

  it("gives up after ten seconds, says what it waits for, and that the command is to be run again", async () => {
    const { cli, time } = reaching(`http://127.0.0.1:${await closedPort()}`);
    const before = time.now();
    const { code, out, err } = await cli.run("list", "--live", "a", "b");
    const seconds = (time.now() - before) / 1000;
    assert.ok(seconds > 5 && seconds < 12, `${seconds} s`);
    assert.deepEqual([code, out], [1, ""]);
    const [waiting, failed, ...more] = err.split("\n");
    assert.equal(waiting, 'Waiting for Metered app "demo" (connection refused), retrying.');
    assert.match(
      failed ?? "",
      /^pulumi-metered: Can't reach Metered at 127\.0\.0\.1:\d+: connection refused \(\d+ attempts in \d+ s\)\./,
    );
    assert.match(failed ?? "", /Check metered:endpoint, .*then run the command again\. \[NoConnection\]$/);
    assert.deepEqual(more, []);
  });

  it("names what says so where there is no project, whose configuration could hold the server's address", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "metered-elsewhere-"));
    const env = { METERED_APP_NAME: "demo", METERED_SECRET_KEY: canaryKey };
    const run = async (answer: Answer) => {
      const { origin } = await serve([answer]);
      return new CommandLine(pulumi, { cwd: elsewhere, env }).run("list", "--endpoint", origin);
    };
    const { err } = await run(cut);
    assert.match(
      err,
      /Check --endpoint or METERED_ENDPOINT, your network, VPN or firewall, then run the command again\./,
    );
    const limited = await run(json(429, {}));
    assert.match(limited.err, /Nothing was changed\. Run the command again later\. \[RateLimited\]$/);
    for (const text of [err, limited.err]) assert.doesNotMatch(text, /[^-]metered:|pulumi config/);
    rmSync(elsewhere, { recursive: true });
  });

  it("has no more patience than that, whatever is configured for pulumi up", async () => {
    const { cli } = reaching(`http://127.0.0.1:${await closedPort()}`);
    await cli.run("list");
    assert.deepEqual([cli.accounts[0]?.patienceMs, cli.accounts[0]?.timeoutMs], [10_000, 10_000]);
    const set = (value: string) => ({ value, secret: false });
    const short = reaching(`http://127.0.0.1:${await closedPort()}`, {
      "metered:retrySeconds": set("3"),
      "metered:timeoutSeconds": set("45"),
    });
    await short.cli.run("list");
    assert.deepEqual([short.cli.accounts[0]?.patienceMs, short.cli.accounts[0]?.timeoutMs], [3_000, 45_000]);
  });

  it("says that it waits, too, while an attempt hangs", async () => {
    const { origin } = await serve([hang]);
    const set = (value: string) => ({ value, secret: false });
    const { cli, time } = reaching(origin, {
      "metered:timeoutSeconds": set("0.3"),
      "metered:retrySeconds": set("0.1"),
    });
    const { err } = await time.during(() => cli.run("list"));
    assert.match(err, /^Waiting for Metered app "demo" to respond\.\npulumi-metered: Can't reach Metered/);
  });
});
