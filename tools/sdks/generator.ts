import { join } from "node:path";
import { builtProgram } from "../engine/build";
import { cacheFolder } from "../engine/cache";
import { sdkGeneratorComponent } from "../engine/components";
import { executableName } from "../engine/executables";
import { findOrPrepare, type Log, type Product } from "../engine/prepare";
import { minimumGo } from "../engine/version";

const { name, version } = sdkGeneratorComponent;

const product: Product = {
  name: `generator of SDKs with the code of Pulumi ${version}`,
  executable: name,
  advice: [`Go ${minimumGo} or newer (https://go.dev/doc/install) builds it.`],
};

/** The file of a program that runs Pulumi's code generators, built from their Go modules once and kept in the cache. */
export async function findSdkGenerator(log: Log): Promise<string> {
  const cache = join(cacheFolder(process.env, process.platform), "sdks");
  return join(await findOrPrepare(product, cache, [builtProgram(sdkGeneratorComponent)], log), executableName(name));
}
