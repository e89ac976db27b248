import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** What a program that declares a room gets to read, in a process of its own. */
function refusal(setUp: string, cwd = root): Promise<string> {
  const script = `${setUp}
    const { MeetingRoom } = require(${JSON.stringify(join(root, "provider"))});
    try { new MeetingRoom("r", { privacy: "public" }); } catch (error) { console.log(error.message); }
    process.exit();`;
  return new Promise((resolve) => execFile(process.execPath, ["-e", script], { cwd }, (_, stdout) => resolve(stdout)));
}

const pretend = (name: string) =>
  `Object.defineProperty(process, "versions", { value: { ...process.versions, ${name}: "1.0.0" } });`;

describe("a program in an environment that cannot work", () => {
  it("is told so under Bun", async () => {
    assert.match(await refusal(pretend("bun")), /cannot run under Bun.*runtime: nodejs/);
  });

  it("is told so under Yarn Plug'n'Play", async () => {
    assert.match(await refusal(pretend("pnp")), /cannot run under Yarn Plug'n'Play.*nodeLinker: node-modules/);
  });

  it("is told that pulumi-metered must be its direct dependency", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "metered-elsewhere-"));
    assert.match(
      await refusal("", elsewhere),
      /must be a direct dependency of the Pulumi program.*npm install pulumi-metered/,
    );
    rmSync(elsewhere, { recursive: true });
  });
});
