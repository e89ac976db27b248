import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { Project } from "../project";
import { type Finding, ok, warn } from "./finding";

const SUBJECT = "Plugin";
const PROGRAM = "pulumi-resource-metered";

/** Where Pulumi will find the plugin, for a program that uses it. */
export function pluginFinding({ namesPlugin, runtime }: Project, env: NodeJS.ProcessEnv): Finding {
  const program = `the program (runtime: ${runtime}) uses the metered plugin`;
  if (namesPlugin) return ok(SUBJECT, `${program}, which Pulumi.yaml names`);
  const onPath = foldersOnPath(env).find((folder) => ENDINGS.some((end) => existsSync(join(folder, PROGRAM + end))));
  if (onPath !== undefined) return ok(SUBJECT, `${program}, found on PATH in ${onPath}`);
  const installed = installedPlugins(env).find((name) => name.startsWith("resource-metered-v"));
  if (installed !== undefined) return ok(SUBJECT, `${program}, installed as ${installed}`);
  return warn(
    SUBJECT,
    `${program}, but ${PROGRAM} isn't on PATH, in Pulumi.yaml (plugins) or among Pulumi's installed plugins. ` +
      "Pulumi finds it only if the SDK or the resource option pluginDownloadURL says where it is.",
  );
}

/** What programs may end in, on any system. */
const ENDINGS = ["", ".exe", ".cmd"];

/** Without those that npx adds for as long as it runs: Pulumi doesn't see them. */
function foldersOnPath({ PATH = "" }: NodeJS.ProcessEnv): string[] {
  return PATH.split(delimiter).filter((folder) => !folder.endsWith(join("node_modules", ".bin")));
}

function installedPlugins(env: NodeJS.ProcessEnv): string[] {
  try {
    return readdirSync(join(env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins"));
  } catch {
    return [];
  }
}
