import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { PUBLISHED, packed } from "../support/packed";
import { startRun } from "../support/run";

/** Tools that look at a tarball as bundlers, Node and TypeScript in all their modes would. */
const tools = {
  publint: { command: ["publint@0.3.25", "run", "--strict"], content: /All good!/ },
  attw: { command: ["@arethetypeswrong/cli@0.18.5"], content: /No problems found/ },
} as const;

describe("the tarballs leave nothing to find for", function () {
  this.timeout(480_000);

  for (const [tool, { command, content }] of Object.entries(tools)) {
    for (const name of PUBLISHED) {
      it(`${tool} in ${name}`, async () => {
        const { tarball } = (await packed())[name];
        const env = { ...process.env, NO_COLOR: "1" };
        const { code, text } = await startRun("npx", ["--yes", ...command, tarball], tmpdir(), env).ended;
        assert.equal(code, 0, text);
        assert.match(text, content);
      });
    }
  }
});
