import assert from "node:assert/strict";
import { everyPage } from "../../provider/src/metered/pages";
import { factsOf } from "../support/failures";

const about = { call: { action: "list", app: "demo", what: "the TURN credentials" }, secrets: [] } as const;

describe("a list of several pages", () => {
  /** All entries, and which pages were asked for. */
  const read = async (pages: Readonly<Record<number, unknown>>) => {
    const asked: number[] = [];
    const entries = await everyPage(about, async (page) => {
      asked.push(page);
      return { status: 200, body: pages[page], date: undefined };
    });
    return { entries, asked };
  };

  for (const [what, pages, entries, asked] of [
    ["one that says nothing of others is all", { 1: { data: ["a", "b"] } }, ["a", "b"], [1]],
    ["has_more leads to the next one", { 1: { data: ["a"], has_more: true }, 2: { data: ["b"] } }, ["a", "b"], [1, 2]],
    ["has_more: false ends it", { 1: { data: ["a"], has_more: false } }, ["a"], [1]],
    ["has_more has to be true, and no text", { 1: { data: ["a"], has_more: "true" } }, ["a"], [1]],
    [
      "next_page says which one is next",
      { 1: { data: ["a"], pagination: { next_page: 3 } }, 3: { data: ["b"], pagination: { next_page: null } } },
      ["a", "b"],
      [1, 3],
    ],
    ["a next page that isn't later ends it", { 1: { data: ["a"], pagination: { next_page: 1 } } }, ["a"], [1]],
    [
      "a next page may be a number as text",
      { 1: { data: ["a"], pagination: { next_page: "2" } }, 2: { data: ["b"] } },
      ["a", "b"],
      [1, 2],
    ],
    ["a next page that is no number ends it", { 1: { data: ["a"], pagination: { next_page: "two" } } }, ["a"], [1]],
    ["a pagination of another form ends it", { 1: { data: ["a"], pagination: [2] } }, ["a"], [1]],
    ["an empty page is the last, whatever it says", { 1: { data: [], has_more: true } }, [], [1]],
  ] as const) {
    it(`is read as it says: ${what}`, async () => {
      assert.deepEqual(await read(pages), { entries, asked });
    });
  }

  for (const body of [undefined, null, [], "data", { entries: [] }, { data: { 0: "a" } }]) {
    it(`is none where a page is ${JSON.stringify(body)}`, async () => {
      const { action, problem, what, mayHaveHappened } = await factsOf(read({ 1: body }), "UnexpectedResponse");
      assert.deepEqual([action, what, problem], ["list", "the TURN credentials", "isn't a page of a list"]);
      assert.equal(mayHaveHappened, false);
    });
  }

  it("is given up where it never ends", async () => {
    let asked = 0;
    const endless = everyPage(about, async () => {
      asked++;
      return { status: 200, body: { data: ["a"], has_more: true }, date: undefined };
    });
    assert.equal((await factsOf(endless, "UnexpectedResponse")).problem, "is a list that never ends");
    assert.equal(asked, 10_000);
  });
});
