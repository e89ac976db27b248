import assert from "node:assert/strict";
import { cpSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Consumer } from "../support/consumer";
import { PUBLISHED, packed } from "../support/packed";
import { startRun } from "../support/run";
import { temporary } from "../support/stackFolder";

const root = join(__dirname, "..", "..");
/** What a clone does not have. */
const NOT_CLONED = [".git", "node_modules", "dist", "packages", "sdks", "archives", "coverage", "reports"];

describe("a fresh clone, after npm ci", function () {
  this.timeout(600_000);
  const clone = temporary("metered-clone-");

  const npm = async (...args: string[]) => {
    const env = { ...process.env, npm_config_prefer_offline: "true", npm_config_audit: "false" };
    const { code, text, stdout } = await startRun("npm", args, clone, env).ended;
    assert.equal(code, 0, `npm ${args.join(" ")} failed:\n${text}`);
    return stdout;
  };

  before(async () => {
    cpSync(root, clone, { recursive: true, filter: (path) => !NOT_CLONED.includes(basename(path)) });
    await npm("ci");
  });

  it("packs a package with its built files, though nobody has built anything", async () => {
    for (const name of PUBLISHED) {
      const report = await npm("pack", "--json", "--silent", "--dry-run", "--workspace", name);
      const [{ files } = assert.fail()] = JSON.parse(report) as { files: { path: string }[] }[];
      assert.deepEqual(files.map(({ path }) => path).sort(), (await packed())[name].files);
    }
  });

  it("makes tarballs with npm run pack, from which a project is installed", async () => {
    await npm("run", "pack");
    const tarballs = readdirSync(join(clone, "packages")).sort();
    assert.equal(tarballs.length, PUBLISHED.length);
    const versions = Object.fromEntries(
      PUBLISHED.map((name) => {
        const tarball = tarballs.find((file) => file.startsWith(`${name}-`));
        assert.ok(tarball, `no tarball of ${name} among ${tarballs.join(", ")}`);
        return [name, `file:${join(clone, "packages", tarball)}`];
      }),
    );
    const consumer = await Consumer.install("commonjs", { versions });
    try {
      for (const command of PUBLISHED) {
        const bin = join(consumer.folder, "node_modules", ".bin", command);
        const { code, text } = await startRun(bin, ["--help"], consumer.folder, process.env).ended;
        assert.equal(code, 0, text);
      }
    } finally {
      consumer.dispose();
    }
  });
});
