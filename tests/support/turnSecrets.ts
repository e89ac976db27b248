import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "metered-simulator";
import { assertNoneOf } from "./canary";
import type { Run } from "./run";
import type { TestStack } from "./stack";

/** Every credential that the server has at this moment, and that nobody may find in a state or in what was printed. */
export function turnSecretsOf({ turnCredentials, turnProjects, tokens }: Simulator): string[] {
  return [
    ...turnCredentials.flatMap(({ username, password, apiKey }) => [username, password, apiKey]),
    ...turnProjects.map(({ apiKey }) => apiKey),
    ...tokens.map(({ token }) => token),
  ];
}

/** What was told or stored must hold none of them, in whatever spelling. */
export function assertNoTurnSecrets(where: string, text: string, simulator: Simulator): void {
  assertNoneOf(turnSecretsOf(simulator), where, text);
}

/** Remembers every credential that there ever was, and looks for it in files and in what was printed. */
export class SecretWatch {
  private readonly secrets = new Set<string>();

  constructor(
    private readonly simulator: Simulator,
    private readonly stack: TestStack,
  ) {}

  /** To be asked after every run, while the stack is still on the disk. */
  assertNone(run: Run): void {
    for (const secret of turnSecretsOf(this.simulator)) this.secrets.add(secret);
    this.assertNoneIn("what pulumi printed", run.text);
    for (const path of filesBelow(this.stack.folder)) this.assertNoneIn(path, readFileSync(path, "utf8"));
  }

  private assertNoneIn(where: string, text: string): void {
    assertNoneOf([...this.secrets], where, text);
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === "node_modules") return [];
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
