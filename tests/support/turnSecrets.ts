import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "metered-simulator";
import type { TestStack } from "./stack";

/** Every credential that the server has handed out, and that nobody may find in a state or in what was printed. */
export function turnSecretsOf({ turnCredentials, turnProjects, tokens }: Simulator): string[] {
  return [
    ...turnCredentials.flatMap(({ username, password, apiKey }) => [username, password, apiKey]),
    ...turnProjects.map(({ apiKey }) => apiKey),
    ...tokens.map(({ token }) => token),
  ];
}

/** None of them is in a file below the program's folder. */
export function assertNoTurnSecrets(simulator: Simulator, { folder }: Pick<TestStack, "folder">): void {
  const secrets = turnSecretsOf(simulator);
  for (const path of filesBelow(folder)) {
    const text = readFileSync(path, "utf8");
    assert.equal(
      secrets.some((secret) => text.includes(secret)),
      false,
      `a secret is in ${path}`,
    );
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === "node_modules") return [];
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
