import { parseArgs } from "node:util";
import type { Release } from "./schema";

/**
 * What the command line of `npm run sdks` and `npm run archives` says of a release.
 *
 * @throws for an option that there is not
 */
export function readRelease(args: readonly string[]): Release {
  const { values } = parseArgs({ args: [...args], options: { "download-url": { type: "string" } } });
  const url = values["download-url"];
  return url ? { pluginDownloadURL: url } : {};
}
