import { join } from "node:path";
import { builtProgram } from "./build";
import { cacheFolder } from "./cache";
import { restapiComponent } from "./components";
import { executableName } from "./executables";
import type { FindEngineOptions } from "./index";
import { findOrPrepare, type Product } from "./prepare";
import { minimumGo } from "./version";

const { name, version } = restapiComponent;

const product: Product = {
  name: `provider restapi ${version} for Terraform`,
  executable: name,
  advice: [`Go ${minimumGo} or newer (https://go.dev/doc/install) builds it.`],
};

/**
 * The file of Mastercard's provider for Terraform, for `dev_overrides` in Terraform's CLI configuration. Built from its
 * Go module once and kept in the cache; only the benchmarks need it.
 */
export async function findRestapiProvider(options: FindEngineOptions = {}): Promise<string> {
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const cache = join(cacheFolder(process.env, process.platform), "restapi");
  const folder = await findOrPrepare(product, cache, [builtProgram(restapiComponent)], log);
  return join(folder, executableName(name));
}
