import assert from "node:assert/strict";
import { isExhaustive } from "../support/exhaustive";
import { faces } from "../support/providerHost";
import { hosted } from "./faces";
import { HandingOver, type Wanted } from "./handingOver";
import { product } from "./replacements";

/** One resource has the name "ben", another one wants it. */
const all = product({
  owner: ["leaves", "leaves and changes", "stays", "changes"],
  order: ["owner first", "taker first"],
  taker: ["is new", "has a room"],
  name: ["given", "generated"],
  latency: [0, 100, 400],
  adoptExisting: [false, true],
} as const);
/** Where a name is taken out of the program, the room keeps the one that it has, and wants no other. */
const rows = all.filter(({ taker, name }) => taker === "is new" || name === "given");
/** In the quick selection every pair of values that matters is met: who leaves, who comes first, and how fast replies are. */
const quick = rows.filter(({ owner, taker, name, latency, adoptExisting }) => {
  if (owner === "leaves" && name === "given") return latency === 100 && taker === "is new";
  return latency === 400 && name === "given" && taker === "is new" && adoptExisting;
});

const lists = product({ count: isExhaustive ? [5, 20] : [5], parallel: [8, 1], by: [1, -1] } as const);

// The model plays such stories through the dynamic face, too.
for (const face of isExhaustive ? faces : (["plugin"] as const)) {
  describe(`a name that one resource hands to another, ${face}, over gRPC`, function () {
    this.timeout(120_000);
    const host = hosted(face);
    let stack: HandingOver;
    beforeEach(async () => {
      stack = await HandingOver.start(host());
    });
    afterEach(() => stack.close());

    for (const row of isExhaustive ? rows : quick) {
      it(
        Object.entries(row)
          .map((pair) => pair.join(": "))
          .join(", "),
        () => handOver(row),
      );
    }

    async function handOver(row: (typeof rows)[number]): Promise<void> {
      const { latency, adoptExisting } = row;
      const isLeaving = row.owner.startsWith("leaves");
      const settings = row.owner.endsWith("changes") ? { maxParticipants: 7 } : {};
      const owner = { resource: "owner", name: "ben" };
      const other = { resource: "taker", name: "tom" };
      const before = row.taker === "is new" ? [owner] : [owner, other];
      assert.deepEqual(await stack.up(before, { latency: 0 }), []);
      const { _id } = stack.roomOf("owner");
      const taker: Wanted = { resource: "taker", name: "ben", isGenerated: row.name === "generated" };
      const now: Wanted = { ...owner, name: isLeaving ? "xeno" : "ben", settings };
      const program = row.order === "owner first" ? [now, taker] : [taker, now];
      const failures = await stack.up(program, { latency, adoptExisting });
      // A generated name is kept, or gives way to the next one.
      const isPossible = isLeaving || taker.isGenerated;
      assert.equal(failures.length > 0, !isPossible, failures.map(({ error }) => error.message).join("\n"));
      if (isPossible) return;
      assert.deepEqual(
        failures.map(({ engine }) => engine.name),
        ["taker"],
      );
      assert.equal(stack.roomOf("owner")._id, _id);
      // Once the program is right, all is.
      assert.deepEqual(await stack.up([now, { ...taker, name: "ben-2" }], { latency, adoptExisting }), []);
    }

    for (const [latency, adoptExisting] of [
      [0, false],
      [100, true],
      [400, false],
      [400, true],
    ] as const) {
      it(`that two new resources want: one gets it, replies take ${latency} ms, adoptExisting ${adoptExisting}`, async () => {
        const program = ["first", "second"].map((resource) => ({ resource, name: "ben" }));
        const failures = await stack.up(program, { latency, adoptExisting });
        assert.equal(failures.length, 1);
        assert.equal(stack.living.length, 1);
        const [first, second] = program as [Wanted, Wanted];
        assert.deepEqual(await stack.up([first, { ...second, name: "tom" }], { latency, adoptExisting }), []);
      });

      it(`that rooms swap, replies take ${latency} ms, adoptExisting ${adoptExisting}`, async () => {
        for (const names of [
          ["ann", "ben"],
          ["ann", "ben", "cem"],
        ]) {
          const people = names.map((name, i) => ({ resource: `room-${names.length}-${i}`, name }));
          assert.deepEqual(await stack.up(people, { latency: 0 }), []);
          const turned = people.map(({ resource }, i) => ({ resource, name: names[(i + 1) % names.length] ?? "" }));
          assert.deepEqual(await stack.up(turned, { latency, adoptExisting }), []);
          assert.deepEqual(await stack.up([], { latency: 0 }), []);
        }
      });
    }

    it("that is handed on while replies come in another order than they were asked for", async () => {
      const before = ["ann", "ben", "cem"].map((name, i) => ({ resource: `room-${i}`, name }));
      const after = ["ben", "cem", "dan"].map((name, i) => ({ resource: `room-${i}`, name }));
      for (const slow of ["POST", "GET", "DELETE"]) {
        for (const name of ["ann", "ben", "cem", "dan"]) {
          assert.deepEqual(await stack.up(before, { latency: 0 }), []);
          const latency = (method: string, path: string) =>
            method === slow && (method === "POST" || path.endsWith(`/${name}`)) ? 2500 : 20;
          assert.deepEqual(await stack.up(after, { latency }), [], `${slow} ${name}`);
        }
      }
    });

    for (const { adoptExisting, name } of product({ adoptExisting: [false, true], name: ["ben", "xeno"] } as const)) {
      it(`whose owner, ${name} from now on, is told of late by a busy engine, adoptExisting ${adoptExisting}`, async () => {
        const named = (...names: string[]): Wanted[] => names.map((each) => ({ resource: each, name: each }));
        const [owner, others] = [{ resource: "owner", name: "ben" }, named("one", "two", "three")];
        assert.deepEqual(await stack.up([...others, owner], { latency: 0 }), []);
        const taker = { resource: "taker", name: "ben" };
        const program = [taker, ...named("slow", "slower"), ...others, { ...owner, name }];
        // Two at a time, each for longer than anybody waits for news: the owner's turn comes last.
        const failures = await stack.up(program, { latency: 2000, parallel: 2, adoptExisting });
        const failed = failures.map(({ engine }) => engine.name);
        assert.deepEqual(failed, name === "ben" ? ["taker"] : []);
      });
    }

    for (const { count, parallel, by } of lists) {
      it(`along a list of ${count} that shifts by ${by}, ${parallel} at a time`, async () => {
        const list = (shift: number) =>
          Array.from({ length: count }, (_, i) => ({ resource: `room-${i}`, name: `name-${i + shift}` }));
        assert.deepEqual(await stack.up(list(1), { latency: 0 }), []);
        const failures = await stack.up(list(1 + by), { latency: 100, parallel });
        if (parallel === 1) return;
        assert.deepEqual(failures, []);
      });
    }
  });
}
