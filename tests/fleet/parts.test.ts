import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { Journal } from "../../examples/fleet/journal";
import { inParallel } from "../../examples/fleet/pool";

describe("the parts of examples/fleet", () => {
  for (const atATime of [1, 3, 20]) {
    it(`does everything once, in order, at most ${atATime} at a time`, async () => {
      const items = Array.from({ length: 10 }, (_, index) => index);
      const begun: number[] = [];
      let busy = 0;
      let most = 0;
      await inParallel(items, atATime, async (item) => {
        begun.push(item);
        most = Math.max(most, ++busy);
        await turn();
        busy--;
      });
      assert.deepEqual(begun, items);
      assert.equal(most, Math.min(atATime, items.length));
    });
  }

  it("a journal knows who was done, and does not take a torn line for a tenant", () => {
    const folder = mkdtempSync(join(tmpdir(), "metered-journal-"));
    const file = join(folder, "journal");
    const first = new Journal(file);
    for (const tenant of ["acme", "globex"]) first.add(tenant);
    appendFileSync(file, "init");
    const second = new Journal(file);
    const done = ["acme", "globex", "init", ""].filter((tenant) => second.has(tenant));
    rmSync(folder, { recursive: true });
    assert.deepEqual(done, ["acme", "globex"]);
  });
});
