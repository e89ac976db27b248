import { ConcurrentUpdateError, LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";

export type Command = "up" | "destroy";

/** The types are the same for all tenants: `npx tsc --noEmit` checks them once, before the rollout. */
const envVars = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

interface RunOptions {
  /** Removes the lock of another run. Use it only if that run is dead, or two runs change the stack at once. */
  readonly cancelLocks?: boolean;
  /** Encrypts the secrets of new stacks. Default: PULUMI_CONFIG_PASSPHRASE. */
  readonly secretsProvider?: string;
}

/**
 * Deploys or destroys one tenant's stack.
 *
 * @returns what was done: "2 create"
 * @throws Error with Pulumi's message. If another run has locked the stack, it is a ConcurrentUpdateError.
 */
export async function run(command: Command, tenant: string, options: RunOptions = {}): Promise<string> {
  const { cancelLocks, secretsProvider } = options;
  const program = { stackName: tenant, workDir: __dirname };
  const stack = await LocalWorkspace.createOrSelectStack(program, { envVars, secretsProvider });
  try {
    return await carryOut(command, stack);
  } catch (error) {
    if (!(cancelLocks && error instanceof ConcurrentUpdateError)) throw error;
    await stack.cancel();
    return carryOut(command, stack);
  }
}

async function carryOut(command: Command, stack: Stack): Promise<string> {
  if (command === "up") {
    const { summary } = await stack.up({ suppressProgress: true });
    return told(summary.resourceChanges);
  }
  const { summary } = await stack.destroy({ suppressProgress: true });
  await stack.workspace.removeStack(stack.name, { preserveConfig: true });
  return told(summary.resourceChanges);
}

function told(changes: Readonly<Record<string, number>> = {}): string {
  const done = Object.entries(changes).filter(([kind]) => kind !== "same");
  return done.map(([kind, count]) => `${count} ${kind}`).join(", ") || "unchanged";
}
