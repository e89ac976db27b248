import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { Chromium, type Tab } from "../support/chromium";
import { Calls } from "./simulator/calls";

const own = "/__simulator/pages";

describe("the simulator's pages in a browser", function () {
  this.timeout(120_000);
  let browser: Chromium;
  let sim: Simulator;
  let api: Calls;
  before(() => {
    browser = Chromium.start();
  });
  after(() => browser.close());
  beforeEach(async () => {
    sim = await startSimulator();
    api = new Calls(sim);
  });
  afterEach(() => sim.close());

  const open = (path: string, width?: number) => browser.tab(`${sim.url}${path}`, width === undefined ? {} : { width });
  const rows = (tab: Tab) => tab.value(`[...document.querySelectorAll(".log code strong")].map((s) => s.textContent)`);

  it("follow the requests live, filter them at once, and keep what is unfolded", async () => {
    const tab = await open(`${own}/requests`);
    match(String(await tab.value("document.body.innerText")), /No requests yet/);
    await api.create("meeting", { roomName: "a" });
    await api.get("meeting", "missing");
    await tab.until(`document.querySelectorAll(".log tbody tr").length === 2`);
    equal(await tab.value(`document.querySelector("nav [aria-current] .badge").textContent`), "2");
    await tab.press("details.sent summary");
    match(String(await tab.value(`document.querySelector("details[open]").innerText`)), /room not found/);
    await api.list();
    await tab.until(`document.querySelectorAll(".log tbody tr").length === 3`);
    equal(await tab.value(`document.querySelectorAll("details[open]").length`), 1);
    await tab.press("[name=failed]");
    await tab.until(`document.querySelectorAll(".log tbody tr").length === 1`);
    await tab.press("[name=failed]");
    await tab.until(`document.querySelectorAll(".log tbody tr").length === 3`);
    await tab.type("[name=find]", "post 200");
    await tab.until(`document.querySelectorAll(".log tbody tr").length === 1`);
    deepEqual(await rows(tab), ["POST"]);
    match(String(await tab.value("location.search")), /find=post\+200/);
  });

  it("add a fault by a preset, show the curl command of a form, and remove one fault alone", async () => {
    sim.faults.inject({ fault: "hang", roomName: "kept" });
    const tab = await open(`${own}/faults`);
    await tab.value(`[...document.querySelectorAll("button")].find((b) => b.textContent.startsWith("429")).click()`);
    await tab.until(`document.querySelectorAll("tbody tr").length === 2`);
    deepEqual(
      sim.faults.list.map(({ fault, status, times }) => [fault, status, times]),
      [
        ["hang", undefined, undefined],
        ["status", 429, 3],
      ],
    );
    await tab.press("[type=radio][value=status]");
    await tab.type("[name=roomName]", "it's");
    await tab.type("[name='status.body']", '{ "message": "no" }');
    const command = String(await tab.value(`document.querySelector("[data-curl]").textContent`));
    const [, data = ""] = /^curl http:\/\/\S+\/__simulator\/faults -d '(.*)'$/.exec(command) ?? [];
    const sent = JSON.parse(data.replaceAll("'\\''", "'")) as unknown;
    deepEqual(sent, { roomName: "it's", fault: "status", status: 503, body: { message: "no" } });
    await tab.value(`[...document.querySelectorAll("tbody button")].at(-1).click()`);
    await tab.until(`document.querySelectorAll("tbody tr").length === 1`);
    deepEqual(
      sim.faults.list.map(({ roomName }) => roomName),
      ["kept"],
    );
  });

  it("find a switch by any word of it", async () => {
    const tab = await open(`${own}/switches`);
    const shown = () =>
      tab.value(`[...document.querySelectorAll("[data-row]")].filter((r) => r.checkVisibility()).map((r) => r.id)`);
    ok(((await shown()) as string[]).length > 40);
    await tab.type("[data-filters]", "archived name");
    deepEqual(await shown(), ["nameReuse"]);
    await tab.press("#nameReuse button:not([aria-pressed=true])");
    await tab.until(`document.querySelector("#nameReuse .tag")`);
    equal(sim.switches.nameReuse, "reserved");
  });

  it("copy the endpoint and a sample", async () => {
    const tab = await open(`${own}/faults`);
    await tab.press("header .copy");
    await tab.until(`document.querySelector("header .copy").textContent === "Copied"`);
    equal(await tab.value("navigator.clipboard.readText()"), sim.url);
    await tab.press(".sample .copy");
    await tab.until(`document.querySelector(".sample .copy").textContent === "Copied"`);
    match(String(await tab.value("navigator.clipboard.readText()")), /^curl http/);
  });

  it("fit a wide and a narrow screen, with the current page's entry in sight", async () => {
    const long = "x".repeat(100);
    await api.create("meeting", { roomName: long, meetingJoinWebhook: long });
    await api.create("live", { roomName: "town-hall", displayMessage: long });
    await api.get("meeting", long);
    sim.addTurnCredential({ label: long.slice(1) });
    sim.faults.inject({ fault: "status", status: 503, path: long });
    const pages = ["tokens", "credentials", "projects", "requests", "faults", "switches"].map(
      (page) => `${own}/${page}`,
    );
    for (const width of [1400, 390]) {
      for (const path of ["/", `/${long}`, "/town-hall", ...pages]) {
        const tab = await open(path, width);
        equal(await tab.value("document.documentElement.scrollWidth - innerWidth"), 0, `${path} at ${width}`);
        const seen = `(({ left, right }) => left >= 0 && right <= innerWidth)`;
        const entry = `document.querySelector("nav [aria-current]").getBoundingClientRect()`;
        ok(await tab.value(`${seen}(${entry})`), `${path} at ${width}: the entry of the navigation`);
      }
    }
  });
});
