import { equal, match, ok } from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { isExhaustive } from "../support/exhaustive";

const run = promisify(execFile);
const root = join(__dirname, "..", "..");
const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

/** What the README says for other languages, followed by a look at the address that it found. */
describe("the simulator is started with one command", function () {
  this.timeout(180_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "metered-simulator-"));
  });
  after(() => rm(folder, { recursive: true }));

  async function snippet(language: string): Promise<string> {
    const readme = await readFile(
      join(dirname(require.resolve("metered-simulator/package.json")), "README.md"),
      "utf8",
    );
    const [, code] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(readme) ?? [];
    ok(code !== undefined && /npx.*metered-simulator/.test(code));
    return code;
  }

  it("from Python", async function () {
    if (!has("python3", "--version")) return this.skip();
    const look = `import urllib.request
print(urllib.request.urlopen(url + "/__simulator/health").read().decode())`;
    const file = join(folder, "start.py");
    await writeFile(file, (await snippet("python")).replace("# …", look));
    const { stdout } = await run("python3", [file], { cwd: root });
    match(stdout, /"status":\s*"ok"/);
  });

  it("from Go", async function () {
    if (!isExhaustive || !has("go", "version")) return this.skip();
    const look = `reply, err := http.Get(url + "/__simulator/health")
if err != nil {
	panic(err)
}
text, _ := io.ReadAll(reply.Body)
fmt.Println(reply.StatusCode, string(text))`;
    const body = (await snippet("go")).trimEnd().replace("// …", () => look);
    const program = `package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"syscall"
)

func main() {
${body}
}
`;
    const file = join(folder, "main.go");
    await writeFile(file, program);
    const { stdout } = await run("go", ["run", file], { cwd: root });
    equal(stdout.trim(), '200 {"status":"ok"}');
  });
});
