import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { finishedRelease } from "../../tools/engine";
import { policyLine } from "../../tools/engine/components";
import { runTests } from "../support/testsElsewhere";

const stories = readdirSync(__dirname)
  .filter((file) => /^(meetingRoom|liveStreamingRoom|accounts|options)\./.test(file))
  .map((file) => join("tests", "engine", file));
const engine = finishedRelease(policyLine);

const title = "an engine from before the one that the other tests run on";
const suite = engine ? describe : describe.skip;
suite(engine ? title : `${title} (skipped: npm run engine -- ${policyLine} makes it)`, function () {
  this.timeout(1_200_000);

  it("carries rooms of both kinds through the same life", async () => {
    const passing = await runTests(stories, { PULUMI_METERED_ENGINE: engine });
    console.log(`      ${passing} passing`);
    assert.ok(passing > 20);
  });
});
