import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "../../tools/generate";

const root = join(__dirname, "..", "..");

describe("what is made from the field tables and the lock file", () => {
  it("is fresh (otherwise run: npm run generate)", () => {
    const files = Object.entries(generatedFiles());
    assert.ok(files.some(([path]) => path === "provider/src/pulumi/dynamic/meetingRoom.ts"));
    assert.ok(files.some(([path]) => path === "provider/src/pulumi/dynamic/liveStreamingRoom.ts"));
    assert.ok(files.some(([path]) => path === "provider/src/pulumi/dynamic/functions/getLiveStreamingRoom.ts"));
    assert.ok(files.some(([path]) => path === "provider/schema.json"));
    assert.ok(files.some(([path]) => path === "provider/src/pulumi/words/explanations.ts"));
    const stale = files.filter(([path, text]) => readFileSync(join(root, path), "utf8") !== text);
    assert.deepEqual(
      stale.map(([path]) => path),
      [],
    );
  });
});
