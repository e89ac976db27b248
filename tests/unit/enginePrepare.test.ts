import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { executableName } from "../../tools/engine/executables";
import { withLock } from "../../tools/engine/lock";
import { finishedEngine, NoEngineError, prepareEngine, type Source } from "../../tools/engine/prepare";

describe("preparing the engine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engine-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describe("the lock", () => {
    const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;
    const lockOf = (pid: number, host = hostname()) => {
      writeFileSync(join(folder, "lock"), JSON.stringify({ token: "theirs", pid, host }));
    };
    const age = (file: string, seconds: number) => utimesSync(file, new Date(), new Date(Date.now() - seconds * 1000));

    it("lets one work at a time and is gone afterwards", async () => {
      let inside = 0;
      let most = 0;
      const work = async () => {
        most = Math.max(most, ++inside);
        await new Promise(setImmediate);
        inside--;
      };
      await Promise.all([1, 2, 3, 4].map(() => withLock(join(folder, "lock"), work, { pollMs: 1 })));
      assert.equal(most, 1);
      assert.deepEqual(readdirSync(folder), []);
    });

    it("is released when the work fails", async () => {
      await assert.rejects(
        withLock(join(folder, "lock"), () => Promise.reject(new Error("no"))),
        /no/,
      );
      assert.equal(existsSync(join(folder, "lock")), false);
    });

    it("is taken over from a dead process, by one of several", async () => {
      lockOf(deadPid());
      const order: string[] = [];
      const work = (name: string) => async () => {
        order.push(`${name} in`);
        await new Promise(setImmediate);
        order.push(`${name} out`);
      };
      await Promise.all(["a", "b"].map((name) => withLock(join(folder, "lock"), work(name), { pollMs: 1 })));
      assert.equal(order.length, 4);
      assert.equal(order[1], order[0]?.replace("in", "out"));
      assert.deepEqual(readdirSync(folder), []);
    });

    it("is taken over from another machine only after a long silence", async () => {
      lockOf(1, "elsewhere");
      const waited: unknown[] = [];
      const onWait = (pid: unknown) => {
        waited.push(pid);
        age(join(folder, "lock"), 3600);
      };
      await withLock(join(folder, "lock"), async () => {}, { pollMs: 1, onWait });
      assert.deepEqual(waited, [1]);
    });

    it("is not removed by somebody who has lost it", async () => {
      await withLock(join(folder, "lock"), async () => lockOf(process.pid));
      assert.match(readFileSync(join(folder, "lock"), "utf8"), /theirs/);
    });
  });

  describe("from its sources", () => {
    const working = (done: string[], name = "good"): Source => ({
      title: name,
      folder: name,
      prepare: async (staging) => {
        done.push(name);
        await new Promise(setImmediate);
        await writeFile(join(staging.bin, executableName("pulumi")), "");
      },
    });
    const failing = (name: string, reason: string): Source => ({
      title: name,
      folder: name,
      prepare: async (staging) => {
        await writeFile(join(staging.bin, executableName("pulumi")), "half");
        throw new Error(reason);
      },
    });
    const silent = () => {};

    it("happens once for callers at the same time", async () => {
      const done: string[] = [];
      const sources = [working(done)];
      const [one, two] = await Promise.all([1, 2].map(() => prepareEngine(folder, sources, silent)));
      assert.deepEqual(done, ["good"]);
      assert.equal(one, join(folder, "good", "bin"));
      assert.equal(two, one);
      assert.equal(finishedEngine(folder, sources), one);
    });

    it("goes on to the next source and leaves nothing of the failed one", async () => {
      const lines: string[] = [];
      const sources = [failing("first", "no network"), working([])];
      assert.equal(await prepareEngine(folder, sources, (line) => lines.push(line)), join(folder, "good", "bin"));
      assert.deepEqual(readdirSync(folder), ["good"]);
      assert.ok(lines.some((line) => line.includes("no network")));
    });

    it("never uses what a killed process left behind, and removes it", async () => {
      await mkdir(join(folder, "unfinished-x", "bin"), { recursive: true });
      await writeFile(join(folder, "unfinished-x", "bin", executableName("pulumi")), "half");
      await mkdir(join(folder, "good", "bin"), { recursive: true });
      const done: string[] = [];
      await prepareEngine(folder, [working(done)], silent);
      assert.deepEqual(done, ["good"]);
      assert.deepEqual(readdirSync(folder), ["good"]);
    });

    it("says what was tried, in order, why it failed, and what to install", async () => {
      const sources = [failing("first", "no\nnetwork"), failing("second", "no compiler")];
      const attempts = [{ title: "before", reason: "not found" }];
      await assert.rejects(prepareEngine(folder, sources, silent, attempts), (error: Error) => {
        assert.ok(error instanceof NoEngineError);
        const lines = error.message.split("\n");
        assert.deepEqual(lines.slice(1, 4), [
          "  1. before: not found",
          "  2. first: no; network",
          "  3. second: no compiler",
        ]);
        assert.match(error.message, /https:\/\/www\.pulumi\.com\/docs\/install\//);
        return true;
      });
      assert.deepEqual(readdirSync(folder), []);
    });
  });
});
