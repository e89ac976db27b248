import assert from "node:assert/strict";
import { apart, lineChart } from "../../bench/reporting/chart";

describe("a chart", () => {
  const chart = lineChart({
    title: 'a < b & "c"',
    xTitle: "rooms",
    yTitle: "seconds",
    series: [
      { name: "empty", points: [] },
      {
        name: "line",
        points: [
          [1, 1],
          [1000, 100],
        ],
      },
    ],
  });

  it("draws what was measured, and nothing outside of its paper", () => {
    assert.doesNotMatch(chart, />empty</);
    assert.match(chart, />line</);
    assert.match(chart, /<title>a &lt; b &amp; &quot;c&quot;<\/title>/);
    assert.doesNotMatch(chart, /NaN|undefined|Infinity/);
    const [, line = ""] = /polyline[^>]* points="([^"]*)"/.exec(chart) ?? [];
    const places = line.split(" ").map((place) => place.split(",").map(Number));
    assert.equal(places.length, 2);
    for (const [x = 0, y = 0] of places) assert.ok(x > 60 && x < 625 && y > 40 && y < 392);
    // More is further right, and higher.
    assert.ok((places[0]?.[0] ?? 0) < (places[1]?.[0] ?? 0) && (places[0]?.[1] ?? 0) > (places[1]?.[1] ?? 0));
  });

  it("has colours for both themes, and brings its own paper", () => {
    const [light = "", dark = ""] = chart.split("prefers-color-scheme:dark");
    assert.match(light, /\.paper\{fill:#fff/);
    assert.match(dark, /\.paper\{fill:#0d1117/);
    assert.match(chart, /<rect class="paper"/);
  });

  it("moves names apart that would cover each other, and leaves others where they are", () => {
    assert.deepEqual(apart([100, 200]), [100, 200]);
    assert.deepEqual(apart([100, 100, 90]), [107, 124, 90]);
    const low = apart([388, 388, 388]);
    assert.deepEqual(low, [354, 371, 388]);
  });
});
