import { readFileSync } from "node:fs";
import { join } from "node:path";

const provider = join(__dirname, "..", "..", "provider");

/** What only a release says of the package. */
export interface Release {
  /** Where Pulumi downloads the plugin from: a folder of archives, or `github://api.github.com/OWNER/REPOSITORY`. */
  readonly pluginDownloadURL?: string;
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(provider, "package.json"), "utf8")) as { version: string };
  return version;
}

/** The package's schema as it is released: with its version, and where the plugin is to be had. */
export function releasedSchema(release: Release): string {
  const schema = JSON.parse(readFileSync(join(provider, "schema.json"), "utf8")) as object;
  // The SDK of Go then has a go.mod; Pulumi takes this together with a version only.
  const meta = { supportPack: true };
  return JSON.stringify({ ...schema, version: packageVersion(), meta, ...release });
}
