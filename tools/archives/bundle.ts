import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { run } from "../engine/run";
import { packageVersion, type Release, releasedSchema } from "../sdks/schema";
import { licensesOf } from "./licenses";

const root = join(__dirname, "..", "..");

/** Fetched by npx; nothing else in the repository bundles. */
const ESBUILD = "esbuild@0.28.2";

/**
 * All of the plugin in one file of JavaScript, from what `npm run build` has made.
 *
 * @param folder for the file and what it is made from; Node's packages are the repository's
 * @returns the file, and the licenses of the packages that are in it
 */
export async function bundlePlugin(folder: string, release: Release): Promise<{ main: string; licenses: string }> {
  const source = join(folder, "source");
  cpSync(join(root, "provider", "dist"), join(source, "dist"), { recursive: true });
  writeFileSync(join(source, "package.json"), JSON.stringify({ version: packageVersion() }));
  writeFileSync(join(source, "schema.json"), releasedSchema(release));
  writeFileSync(join(source, "dist", "pulumi", "plugin", "sdk.js"), sdkModule());
  writeFileSync(join(source, "main.js"), 'require("./dist/pulumi/plugin").main(process.argv.slice(2));\n');

  const main = join(folder, "plugin.cjs");
  const metafile = join(folder, "inputs.json");
  // Without minified names, the paths of this machine would be in the file; what classes are called matters.
  const options = ["--bundle", "--platform=node", "--target=node26", "--minify", "--keep-names", "--log-level=error"];
  const args = ["--yes", ESBUILD, join(source, "main.js"), ...options, `--outfile=${main}`, `--metafile=${metafile}`];
  const env = { ...process.env, NODE_PATH: join(root, "node_modules") };
  await run("npx", args, { cwd: folder, env, timeoutMs: 300_000 });
  const { inputs } = JSON.parse(readFileSync(metafile, "utf8")) as { inputs: object };
  return { main, licenses: licensesOf(Object.keys(inputs).map((input) => resolve(folder, input))) };
}

/** `provider/src/pulumi/plugin/sdk.ts` in words that a bundler understands: the very same libraries, those of the SDK. */
function sdkModule(): string {
  const fromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const required = (library: string) => `require(${JSON.stringify(fromSdk.resolve(library))})`;
  return `exports.grpc = ${required("@grpc/grpc-js")};
exports.Empty = ${required("google-protobuf/google/protobuf/empty_pb")}.Empty;
exports.Struct = ${required("google-protobuf/google/protobuf/struct_pb")}.Struct;
exports.Any = ${required("google-protobuf/google/protobuf/any_pb")}.Any;
`;
}
