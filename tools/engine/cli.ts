import { type EngineLine, engineVersions, languageComponents } from "./components";
import { findEngine, findRelease } from "./index";
import { findLanguageHost, type Language } from "./languages";
import { findRandomPlugin } from "./random";
import { findRestapiProvider } from "./restapi";
import { reasonOf } from "./run";

const [wanted = "engine"] = process.argv.slice(2);

async function find(): Promise<string> {
  if (wanted === "engine") return findEngine();
  if (wanted === "random") return findRandomPlugin();
  if (wanted === "restapi") return findRestapiProvider();
  if (wanted in languageComponents) return findLanguageHost(wanted as Language);
  if (wanted in engineVersions) return findRelease(wanted as EngineLine);
  throw new Error(
    [
      `There is no "${wanted}" to be found, only:`,
      "  engine: Pulumi, from PATH if it is there",
      `  ${Object.keys(engineVersions).join(", ")}: Pulumi of that line, whatever is on PATH`,
      `  ${Object.keys(languageComponents).join(", ")}: what runs programs in that language`,
      "  random: the plugin of @pulumi/random",
      "  restapi: Mastercard's provider for Terraform",
    ].join("\n"),
  );
}

// Only the path goes to standard output: the engine's folder, so that a shell can put it on PATH, or the plugin's file.
find().then(
  (path) => console.log(path),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : reasonOf(error));
    process.exitCode = 1;
  },
);
