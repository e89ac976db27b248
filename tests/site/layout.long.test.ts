import assert from "node:assert/strict";
import type { Server } from "node:http";
import { Browser } from "./browser";
import { builtSite, pagesOfSite, served } from "./site";

const WIDTHS = [1400, 390];

describe("the site's pages, in a browser", function () {
  this.timeout(900_000);
  let browser: Browser;
  let server: Server;
  let url: string;

  before(async () => {
    builtSite();
    ({ server, url } = await served());
    browser = new Browser();
    await browser.start();
  });

  after(async () => {
    await browser.stop();
    server.close();
  });

  for (const scheme of ["light", "dark"] as const) {
    for (const width of WIDTHS) {
      it(`fit into ${width} px, ${scheme}`, async () => {
        await browser.prefer(scheme);
        await browser.resize(width, 900);
        const found: string[] = [];
        for (const page of pagesOfSite()) {
          await browser.show(`${url}/${page}`);
          assert.equal(
            await browser.evaluate("document.documentElement.classList.contains('dark')"),
            scheme === "dark",
          );
          const problems = await browser.evaluate<string[]>(overflow);
          found.push(...problems.map((problem) => `${page}: ${problem}`));
        }
        assert.deepEqual(found, []);
      });
    }
  }

  it("would be found out if one did not", async () => {
    await browser.resize(390, 900);
    await browser.show(`${url}/404.html`);
    await browser.evaluate(
      `document.body.insertAdjacentHTML("beforeend", '<div style="width: 500px; height: 1px"></div>')`,
    );
    assert.match((await browser.evaluate<string[]>(overflow)).join(), /the page is 50\d px wide/);
  });

  it("are all in the sitemap", async () => {
    const sitemap = await (await fetch(`${url}/sitemap.xml`)).text();
    for (const page of pagesOfSite().filter((name) => name !== "404.html")) {
      const path = page.replace(/(?:^|(?<=\/))index\.html$/, "");
      assert.ok(sitemap.includes(`<loc>https://docs.example.com/${path}</loc>`), page);
    }
  });

  it("have an icon, and say that neither Metered nor Pulumi made this", async () => {
    for (const page of ["", "errors.html", "reference/meeting-room.html"]) {
      await browser.show(`${url}/${page}`);
      const icon = await browser.evaluate<string>(`document.querySelector("link[rel=icon]").href`);
      assert.equal((await fetch(icon)).status, 200);
      assert.match(await browser.evaluate<string>("document.body.innerText"), /Not made by Metered or Pulumi/);
    }
  });

  it("help where there is none", async () => {
    await browser.show(`${url}/nowhere`);
    // The page is put together by its script.
    await browser.evaluate("new Promise((resolve) => setTimeout(resolve, 1000))");
    assert.match(await browser.evaluate<string>("document.body.innerText"), /Page not found[\s\S]*Troubleshooting/);
  });

  it("show all examples in the language that a reader chose, on the next page as well", async () => {
    await browser.resize(1400, 900);
    await browser.show(`${url}/reference/meeting-room.html`);
    await browser.evaluate(`localStorage.setItem("pulumi-metered:language", "Python")`);
    await browser.show(`${url}/reference/live-streaming-room.html`);
    await browser.evaluate("new Promise((resolve) => setTimeout(resolve, 300))");
    const chosen = await browser.evaluate<string[]>(
      `[...document.querySelectorAll(".vp-code-group input:checked + label")].map((label) => label.dataset.title)`,
    );
    await browser.evaluate("localStorage.clear()");
    assert.ok(chosen.length > 0);
    for (const language of chosen) assert.equal(language, "Python");
  });
});

/** What a reader would have to scroll sideways for: the page, a table, a column of it, or a block of code. */
const overflow = `(() => {
  const problems = [];
  const page = document.documentElement.scrollWidth;
  if (page > document.documentElement.clientWidth) problems.push("the page is " + page + " px wide");
  for (const table of document.querySelectorAll(".vp-doc table")) {
    const name = [...table.querySelectorAll("th")].map((head) => head.textContent).join(" | ");
    const { right } = table.getBoundingClientRect();
    if (table.scrollWidth > table.clientWidth + 1) problems.push("table " + name + " scrolls");
    for (const cell of table.querySelectorAll("th, td")) {
      const box = cell.getBoundingClientRect();
      if (box.width > 0 && box.width < 30) problems.push("a column of " + name + " is " + Math.round(box.width) + " px wide");
      if (box.right > right + 1) problems.push("a column of " + name + " is off-screen by " + Math.round(box.right - right));
    }
  }
  for (const code of document.querySelectorAll(".vp-doc div[class*=language-] pre")) {
    const over = code.scrollWidth - code.clientWidth;
    if (over > 1) problems.push("code is " + over + " px too wide: " + code.innerText.slice(0, 60));
  }
  return [...new Set(problems)];
})()`;
