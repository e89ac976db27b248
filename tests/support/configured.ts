import assert from "node:assert/strict";
import type { ConfigurationProblem } from "../../provider/src/errors";
import { type Configuration, readConfiguration } from "../../provider/src/pulumi/configuration";
import { assertNoSecrets, canaryKey } from "./canary";

type Settings = Readonly<Record<string, string | undefined>>;

/** All that a stack must set. */
export const complete = { appName: "demo", secretKey: canaryKey };

function configured(settings: Settings, env: NodeJS.ProcessEnv = {}) {
  return readConfiguration((key) => settings[key.replace(/^metered:/, "")], env);
}

/** What is read of settings that are right. */
export function right(settings: Settings, env?: NodeJS.ProcessEnv): Configuration {
  const found = configured(settings, env);
  assert.ok(!("problems" in found), "problems" in found ? JSON.stringify(found.problems) : "");
  return found;
}

/** What is wrong with settings that are refused. */
export function problems(settings: Settings, env?: NodeJS.ProcessEnv): readonly ConfigurationProblem[] {
  const found = configured(settings, env);
  assert.ok("problems" in found, "it should have been refused");
  assertNoSecrets("a problem", JSON.stringify(found.problems));
  return found.problems;
}
