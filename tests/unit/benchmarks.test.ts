import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Measured, medianRow } from "../../bench/measuring/sideBySide";
import { type Circumstances, type GrowthRow, type Results, ResultsFile, type TimesRow } from "../../bench/recorded";
import { pages } from "../../bench/reporting";
import { estimate, type Point } from "../../bench/reporting/estimate";
import { bytesText, durationText } from "../../bench/reporting/table";

const root = join(__dirname, "..", "..");
const recorded = new ResultsFile(join(root, "bench", "results.json")).read();

describe("the benchmarks in docs", () => {
  it("are those of the recorded results (otherwise run: npm run bench -- report)", () => {
    const made = Object.entries(pages(recorded));
    assert.ok(made.some(([path]) => path === "docs/charts/up.svg"));
    const stale = made.filter(([path, text]) => textOf(path) !== text).map(([path]) => path);
    const charts = readdirSync(join(root, "docs", "charts")).map((name) => `docs/charts/${name}`);
    const unknown = charts.filter((path) => !made.some(([each]) => each === path));
    assert.deepEqual({ stale, unknown }, { stale: [], unknown: [] });
  });

  it("follow the results", () => {
    const [row, ...rest] = recorded.times;
    assert.ok(row);
    const times = [{ ...row, taken: { ...row.taken, up: { seconds: 77_777, calls: 1 } } }, ...rest];
    const made = pages({ ...recorded, times });
    assert.match(made["docs/benchmarks.md"] ?? "", /77777/);
    assert.notEqual(made["docs/charts/up.svg"], textOf("docs/charts/up.svg"));
  });

  it("compare with the engine's baseline what was measured in turns", () => {
    const up = (name: string, seconds: number): TimesRow => {
      return { name, rooms: 1000, run: "today", medianOf: 3, taken: { up: { seconds, calls: 0 } } };
    };
    const baseline = [up("pulumi-metered", 120), up("engine baseline", 100), up("engine baseline with settings", 110)];
    const page = pages({ ...recorded, runs: { ...recorded.runs, today: on }, baseline })["docs/benchmarks.md"] ?? "";
    assert.match(
      page,
      /\| `up` takes at most 1.15 times as long as the engine baseline +\| 1.20 times the engine baseline +\| no +\|/,
    );
    assert.match(
      page,
      /\| `up` takes at most 1.15 times as long as the engine baseline with settings +\| 1.09 times .*\| yes +\|/,
    );
    assert.match(page, /the median of 3 runs\.[^#]*\| engine baseline +\| 100 +\| 1.20 times as long +\|/);
    assert.match(page, /In the table above, which was measured with Pulumi [\d.]+ and one program after the other, /);
  });

  it("compare a set with the smallest resource that holds the same map, and with an empty program", () => {
    const row = (name: string, rooms: number, seconds: number): TimesRow => {
      const taken = { seconds, calls: 0, memory: { engine: 1, all: seconds * 100 } };
      return {
        name,
        rooms,
        run: "today",
        medianOf: 3,
        taken: { "no-op up": taken, refresh: { ...taken, seconds: 2 } },
      };
    };
    const sets = [1000, 10_000].flatMap((rooms) => [
      row("pulumi-metered, set", rooms, 3.3),
      row("engine baseline, set", rooms, 3),
      row("empty program", rooms, 2),
    ]);
    const page = pages({ ...recorded, runs: { ...recorded.runs, today: on }, sets })["docs/benchmarks.md"] ?? "";
    const told = "takes 1.10 times as long as the engine baseline for a no-op up, and 1.00 times as long for a refresh";
    for (const rooms of ["1,000", "10,000"]) assert.ok(page.includes(`At ${rooms} rooms, the set ${told}. It`), rooms);
    assert.match(
      page,
      /No-op `up` of a set of 1,000 rooms takes at most 1.5 times as long as an empty .*\| 1.65 .*\| no +\|/,
    );
  });

  it("tell what is summed up, and what is extrapolated", () => {
    const [whole] = recorded.times.filter(({ name }) => name === "pulumi-metered");
    assert.ok(whole);
    const times = [100, 1000].map((rooms) => ({
      ...whole,
      rooms,
      taken: { ...whole.taken, up: { seconds: rooms === 100 ? 11 : 140, calls: rooms } },
    }));
    const growth = [
      growthRow("micro", 1000, { up: { seconds: 40, calls: 1000 } }),
      ...[100, 1000, 2000, 5000].map((rooms) => further(rooms, rooms / 4000)),
    ];
    const made = pages({ ...recorded, runs: { ...recorded.runs, today: on }, times, growth });
    const page = made["docs/benchmarks.md"] ?? "";
    // 140 s, 1,000 rooms of 0.375 s, 3,000 of 0.875 s, and 40 s that 5,000 rooms take more than 1,000 if nothing changes.
    assert.match(page, /\| 5,000 +\| one resource per room +\| _≈ 3,180_ +\| 50 /);
    assert.match(page, /\| 1,000 +\| one resource per room +\| 140 /);
    assert.match(page, /\| 2,000 +\| 0.5 +\| 0.25 +\|/);
    // 11 s, 900 rooms of 0.1375 s, and 9 s.
    assert.match(page, /the same sum gives 144 s for up of 1,000 rooms \(measured: 140 s\)/);
    const shapes = made["docs/choosing-a-shape.md"] ?? "";
    assert.match(shapes, /### 1,000,000 rooms[^#]*\| stacks of 250 +\| _≈ 11 h_ /);
    assert.match(
      shapes,
      /Measured: one resource per room up to 1,000 rooms, stacks of 250 up to 1,000 rooms\. Up to 5,000 rooms in one/,
    );
    assert.match(made["docs/charts/growth-up.svg"] ?? "", /stacks of 250/);
  });
});

describe("the record of measurements", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bench-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("keeps the newest row of each size, and on what it was measured", () => {
    const file = new ResultsFile(join(folder, "results.json"));
    const row: TimesRow = {
      name: "hand-written provider",
      rooms: 10,
      run: "first",
      taken: { up: { seconds: 1, calls: 10 } },
    };
    file.addTimes(row, on);
    file.addTimes({ ...row, rooms: 1 }, on);
    file.addTimes({ ...row, run: "second" }, on);
    file.addGrowth(growthRow("one", 10, { up: { seconds: 1, calls: 10 } }), on);
    file.addGrowth(growthRow("one", 10, {}), on);
    const { times, growth, runs } = file.read();
    assert.deepEqual(
      times.map(({ rooms, run }) => [rooms, run]),
      [
        [1, "first"],
        [10, "second"],
      ],
    );
    assert.deepEqual(growth, [growthRow("one", 10, {})]);
    assert.deepEqual(Object.keys(runs).sort(), ["first", "second", "today"]);
    file.addTimes({ ...row, rooms: 1, run: "second" }, on);
    assert.deepEqual(Object.keys(file.read().runs).sort(), ["second", "today"]);
    assert.ok(existsSync(join(folder, "results.json")));
  });

  for (const kind of ["profile", "baseline", "sets"] as const) {
    it(`keeps of the ${kind} one run`, () => {
      const file = new ResultsFile(join(folder, "results.json"));
      const [[profile], [times]] = [recorded.profile, recorded.times];
      assert.ok(profile && times);
      for (const [name, run] of [
        ["ours", "first"],
        ["engine baseline", "second"],
        ["ours", "second"],
        ["ours", "second"],
      ] as const) {
        if (kind === "profile") file.addProfile({ ...profile, name, run }, on);
        else file.addInTurns(kind, { ...times, name, run }, on);
      }
      const { [kind]: kept, runs } = file.read();
      assert.deepEqual([kept.map(({ name }) => name), Object.keys(runs)], [["engine baseline", "ours"], ["second"]]);
    });
  }
});

describe("several runs of one program", () => {
  const run = (up: number, refresh?: number): Measured => ({
    name: "ours",
    rooms: 1,
    taken: {
      up: { seconds: up, calls: 1 },
      ...(refresh === undefined ? {} : { refresh: { seconds: refresh, calls: 1 } }),
    },
  });

  it("are told by the median of each command", () => {
    const { taken, medianOf } = medianRow([run(9, 1), run(2, 3), run(4, 2)]);
    assert.deepEqual([taken.up?.seconds, taken.refresh?.seconds, taken.preview, medianOf], [4, 2, undefined, 3]);
  });

  it("are not spoken of where there is one", () => {
    assert.deepEqual(medianRow([run(9)]), run(9));
  });
});

describe("an estimate", () => {
  const square: Point[] = [10, 100, 1000].map((rooms) => [rooms, 2 * rooms + rooms * rooms]);

  it("is what was measured, where it was", () => {
    assert.deepEqual(estimate(square, 100, "square"), { value: 10_200, how: "measured" });
  });

  it("says of a sum that it is one", () => {
    assert.deepEqual(estimate([[100, 5, true]], 100, "square"), { value: 5, how: "summed" });
  });

  it("lies between two sizes that were measured", () => {
    assert.deepEqual(
      estimate(
        [
          [10, 1],
          [20, 3],
        ],
        15,
        "square",
      ),
      { value: 2, how: "between" },
    );
  });

  it("goes on along a parabola, or in proportion", () => {
    assert.equal(Math.round(estimate(square, 10_000, "square")?.value ?? 0), 100_020_000);
    assert.deepEqual(
      estimate(
        [
          [10, 20],
          [20, 40],
        ],
        100,
        "proportional",
      ),
      { value: 200, how: "extrapolated" },
    );
    // Where larger sizes are cheaper per room, a parabola would come down again.
    assert.equal(
      estimate(
        [
          [10, 20],
          [20, 30],
        ],
        100,
        "square",
      )?.value,
      150,
    );
  });

  it("is not made below what was measured", () => {
    assert.equal(estimate(square, 1, "square"), undefined);
    assert.equal(estimate([], 1, "square"), undefined);
  });
});

describe("a number in a page", () => {
  it("is as exact as it can be", () => {
    assert.deepEqual([9, 119, 120, 7200, 3 * 24 * 3600, 1e9].map(durationText), [
      "9 s",
      "119 s",
      "2 min",
      "2 h",
      "3 days",
      "32 years",
    ]);
    assert.deepEqual([1024, 1_600_000, 2 ** 31].map(bytesText), ["1 KB", "1.5 MB", "2 GB"]);
  });
});

const on: Circumstances = { node: "v20", pulumi: "v3", sdk: "3", cores: 2, latencyMs: 50 };

function growthRow(shape: GrowthRow["shape"], rooms: number, taken: Results["growth"][number]["taken"]): GrowthRow {
  return { shape, rooms, run: "today", taken, stacks: 1, parallel: 1 };
}

/** One stack in which a further room takes so long, and half of it to be deleted. */
function further(rooms: number, seconds: number): GrowthRow {
  const quiet = { "no-op up": { seconds: rooms / 100, calls: 0 } };
  const each = { up: { secondsEach: seconds }, destroy: { secondsEach: seconds / 2 } };
  return { ...growthRow("one", rooms, quiet), further: each };
}

function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
