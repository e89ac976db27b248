/** Makes the SDKs of all languages, below sdks/: `npm run sdks`, with `-- --download-url URL` for a release. */
import { join } from "node:path";
import { reasonOf } from "../engine/run";
import { readRelease } from "./arguments";
import { makeSdks, SDKS } from "./sdks";

const folder = join(__dirname, "..", "..", "sdks");

async function main(): Promise<void> {
  await makeSdks(folder, readRelease(process.argv.slice(2)), (line) => process.stderr.write(`${line}\n`));
  for (const sdk of SDKS) console.log(join(folder, sdk));
}

main().catch((error: unknown) => {
  console.error(reasonOf(error));
  process.exitCode = 1;
});
