import assert from "node:assert/strict";
import type { Server } from "node:http";
import type { Facts } from "../../provider/src/errors";
import { sayError } from "../../provider/src/pulumi/words/errors";
import { DYNAMIC, FACTS } from "../support/errorTexts";
import { Browser } from "./browser";
import { SEARCHED } from "./searched";
import { builtSite, served } from "./site";

describe("the site's search, typed into its box", function () {
  this.timeout(600_000);
  let browser: Browser;
  let server: Server;

  before(async () => {
    builtSite();
    const site = await served();
    server = site.server;
    browser = new Browser();
    await browser.start();
    await browser.resize(1400, 900);
    await browser.show(site.url);
    await browser.evaluate(openSearch);
  });

  after(async () => {
    await browser.stop();
    server.close();
  });

  it("finds the section about every error by the message in the terminal, in the first two hits", async () => {
    const missed: string[] = [];
    for (const [cause, all] of Object.entries<readonly Facts[]>(FACTS)) {
      for (const facts of all) {
        const [line = ""] = sayError(facts, DYNAMIC).split("\n");
        const hits = await firstHits(line);
        if (!hits.includes(`/errors#${cause.toLowerCase()}`)) missed.push(`${line}\n    found: ${hits.join(", ")}`);
      }
    }
    assert.deepEqual(missed, []);
  });

  it("finds every class of error by its name, as the first hit", async () => {
    for (const cause of Object.keys(FACTS)) {
      assert.equal((await firstHits(cause))[0], `/errors#${cause.toLowerCase()}`);
    }
  });

  it("finds what users look for by their words, in the first two hits", async () => {
    const missed: string[] = [];
    assert.ok(Object.keys(SEARCHED).length >= 40);
    for (const [words, page] of Object.entries(SEARCHED)) {
      const hits = await firstHits(words);
      if (!hits.some((hit) => isOf(hit, page))) missed.push(`${words}: ${hits.join(", ")} instead of ${page}`);
    }
    assert.deepEqual(missed, []);
  });

  it("finds none of the pages for maintainers", async () => {
    const hits = await allHits("mutants decisions licenses benchmarks releases");
    assert.deepEqual(
      hits.filter((hit) => /survivors|decisions|licenses|benchmarks|releasing|live-check/.test(hit)),
      [],
    );
  });

  async function firstHits(words: string): Promise<string[]> {
    return (await allHits(words)).slice(0, 2);
  }

  async function allHits(words: string): Promise<string[]> {
    return await browser.evaluate<string[]>(`(async () => {
      const input = document.querySelector("#localsearch-input");
      const typed = async (text) => {
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 260)); // the box waits 200 ms for more
      };
      if (input.value === "") await typed("x");
      await typed(${JSON.stringify(words)});
      const links = [...document.querySelectorAll(".VPLocalSearchBox a.result")];
      return links.map((link) => new URL(link.href)).map(({ pathname, hash }) => pathname.replace(/\\.html$/, "") + hash);
    })()`);
  }
});

/** Whether a hit is the page, or the section, that was asked for. */
function isOf(hit: string, wanted: string): boolean {
  return wanted.includes("#") ? hit === wanted : hit.split("#")[0] === wanted;
}

/** The box is loaded when it is needed for the first time. */
const openSearch = `(async () => {
  document.querySelector(".DocSearch-Button").click();
  while (!document.querySelector("#localsearch-input")) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 500));
})()`;
