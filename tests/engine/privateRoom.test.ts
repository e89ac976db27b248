import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { Chromium } from "../support/chromium";
import { TestStack } from "../support/stack";
import { SecretWatch } from "../support/turnSecrets";

const example = join("examples", "private-room");

describe("the example of a private room on the real engine, and its guests in a real browser", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let stack: TestStack;
  let browser: Chromium;
  let web: Server;
  before(() => {
    browser = Chromium.start();
  });
  after(() => browser.close());
  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator, folder: example });
    // The page as it would be deployed: it knows where the rooms are.
    const page = readFileSync(join(__dirname, "..", "..", example, "join.html"), "utf8");
    const deployed = page.replace("http://127.0.0.1:8080", simulator.url);
    web = createServer((_request, response) => response.setHeader("content-type", "text/html").end(deployed));
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    await simulator.close();
    web.close();
    stack.dispose();
  });

  const run = async (...args: string[]) => {
    const done = await stack.run(args, { PULUMI_NODEJS_TRANSPILE_ONLY: "true" });
    assert.equal(done.code, 0, done.text);
    return done;
  };
  const outputs = async (...flags: string[]) =>
    JSON.parse((await run("stack", "output", "--json", ...flags)).stdout) as Record<string, string>;
  const textAt = async (url = "") => String(await (await browser.tab(url)).value("document.body.innerText"));

  it("lets those in who have a token, until it expires, and shows no token anywhere", async () => {
    const watch = new SecretWatch(simulator, stack);
    watch.assertNone(await run("up"));
    await run("preview", "--refresh", "--expect-no-changes");
    assert.deepEqual(await outputs(), { guestLink: "[secret]", hostLink: "[secret]" });
    const { guestLink = "", hostLink = "" } = await outputs("--show-secrets");

    assert.match(await textAt(hostLink), /In the room Joined as Dr\. Lee admin/);
    assert.match(await textAt(guestLink), /In the room Joined as a guest/);
    assert.match(await textAt(guestLink.replace(/\?.*/, "")), /private: guests need/);

    const page = `http://127.0.0.1:${(web.address() as AddressInfo).port}/join.html`;
    const embedding = await browser.tab(`${page}#${guestLink}`);
    await embedding.until(`document.querySelector("iframe") !== null`);
    assert.equal(await embedding.value(`document.querySelector("iframe").src`), guestLink);
    assert.match(String(await embedding.valueInFrame("document.body.innerText")), /Joined as a guest/);
    assert.match(await textAt(`${page}#https://elsewhere.example/`), /doesn't lead to one of our rooms/);
    assert.match(await textAt(`${page}#javascript:alert(1)`), /doesn't lead to one of our rooms/);

    simulator.setClock(Date.parse("2099-12-31T17:00:01Z"));
    assert.match(await textAt(guestLink), /Not let in The token isn't valid: token expired/);
    watch.assertNone(await run("destroy"));
  });
});
