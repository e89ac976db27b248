import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Consumer } from "../support/consumer";
import { startRun } from "../support/run";

/** Ways in which a program's TypeScript finds packages, each with the file that it compiles. */
const resolutions = {
  node: { file: "index.ts", options: { module: "commonjs", moduleResolution: "node" } },
  "node16, as CommonJS": { file: "index.cts", options: { module: "node16", moduleResolution: "node16" } },
  "node16, as an ES module": { file: "index.mts", options: { module: "node16", moduleResolution: "node16" } },
  bundler: { file: "index.ts", options: { module: "esnext", moduleResolution: "bundler" } },
} as const;

describe("the types of the packed packages are found", function () {
  this.timeout(480_000);

  for (const typescript of ["5.9.3", "6.0.3"]) {
    describe(`by TypeScript ${typescript} with moduleResolution`, () => {
      let consumer: Consumer;

      before(async () => {
        consumer = await Consumer.install("types", { versions: { typescript } });
      });
      after(() => consumer.dispose());

      for (const [name, { file, options }] of Object.entries(resolutions)) {
        // TypeScript 6 warns of it. The SDK takes no TypeScript from 7 on.
        if (options.moduleResolution === "node" && !typescript.startsWith("5.")) continue;
        it(name, async () => {
          const { folder } = consumer;
          if (file !== "index.ts") copyFileSync(join(folder, "index.ts"), join(folder, file));
          // Also the declarations themselves are checked, as a program does that leaves skipLibCheck out.
          const compilerOptions = { ...options, strict: true, target: "es2022", noEmit: true, types: ["node"] };
          writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
          const tsc = join(folder, "node_modules", ".bin", "tsc");
          const { code, text } = await startRun(tsc, ["-p", "."], folder, process.env).ended;
          assert.equal(text, "");
          assert.equal(code, 0);
        });
      }
    });
  }
});
