/**
 * Makes the archives of the plugin, below archives/: `npm run archives`, with `-- --download-url URL` for a release.
 * What is in provider/dist goes in.
 */
import { join } from "node:path";
import { reasonOf } from "../engine/run";
import { readRelease } from "../sdks/arguments";
import { makeArchives } from "./archives";
import { machines } from "./node";

const folder = join(__dirname, "..", "..", "archives");

async function main(): Promise<void> {
  const release = readRelease(process.argv.slice(2));
  const files = await makeArchives(folder, machines, release, (line) => process.stderr.write(`${line}\n`));
  for (const file of files) console.log(file);
}

main().catch((error: unknown) => {
  console.error(reasonOf(error));
  process.exitCode = 1;
});
