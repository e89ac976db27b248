import { rmSync } from "node:fs";
import { tokenOf } from "../pulumi/types";
import { partsOf } from "../pulumi/urn";
import { shellQuoted } from "../pulumi/words/ways";
import { escaped } from "../schema/escaped";
import type { Stack } from "./account";
import { CommandError, EXIT } from "./exit";
import type { Planned } from "./plan";
import { isAddedByPulumi, isChange, type Preview, preview, type Step, tellStep } from "./preview";
import { type Pulumi, wordsOf } from "./pulumi";
import { parseStack } from "./stackState";
import type { Transaction } from "./transaction";
import { isAtLeast, OLDEST_IMPORTING } from "./versions";

/** @throws CommandError when Pulumi's command line is too old to import rooms */
export async function refuseOldPulumi(pulumi: Pulumi): Promise<void> {
  const version = await pulumi.version();
  if (isAtLeast(version, OLDEST_IMPORTING)) return;
  throw new CommandError(
    `import --apply needs Pulumi ${OLDEST_IMPORTING.join(".")} or newer, and this is ${version}. ` +
      "Update it: https://www.pulumi.com/docs/install/",
  );
}

export interface Application {
  readonly stack: Stack;
  readonly rooms: readonly Planned[];
  /** Written already, and removed in the end whatever happens. */
  readonly importFile: string;
  /** The module as the user knows it: `rooms.ts`. */
  readonly module: string;
  /** What the user has to add to the program, and where. */
  readonly advice: string;
  readonly transaction: Transaction;
}

/**
 * Puts the rooms into the stack and proves by a preview that this changed nothing.
 *
 * @returns changes of the program that have nothing to do with the import, and wait for `pulumi up`
 * @throws CommandError after which the caller rolls the transaction back
 */
export async function applyImport(application: Application): Promise<readonly string[]> {
  const { stack, rooms, importFile, transaction } = application;
  try {
    await setSecrets(application);
    const waiting = await whatWaits(application);
    await importRooms(stack, rooms, importFile, transaction);
    const flags = waiting.length === 0 ? ["--expect-no-changes"] : [];
    refuseChanges(await preview(stack.pulumi, { flags }), application, waiting);
    return waiting.map(tellStep);
  } finally {
    rmSync(importFile, { force: true });
  }
}

/** Puts secret settings into the stack's configuration, through standard input: others can see arguments. */
async function setSecrets({ stack: { pulumi }, rooms, transaction }: Application): Promise<void> {
  // Rooms may share a key.
  const secrets = new Map(rooms.flatMap((room) => room.secrets).map((secret) => [secret.key, secret]));
  for (const { key, value, isSet } of secrets.values()) {
    if (isSet) continue;
    transaction.beforeStep(async () => {
      await pulumi.expectOnStack(["config", "rm", key], { shielded: true });
    });
    await pulumi.expectOnStack(["config", "set", "--secret", key], { input: value });
  }
}

/**
 * Whether the program declares the rooms: only then may they be imported, since a program that does not would delete
 * them. A preview tells, however the program loads the module.
 */
async function whatWaits({ stack, rooms, advice }: Application): Promise<readonly Step[]> {
  // The program's types are checked by the preview after the import: it takes longer than all the rest.
  const before = await preview(stack.pulumi, { env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
  const { steps, errors, isWhole } = before;
  const declared = keysIn([...steps, ...errors]);
  const missing = rooms.filter((room) => !declared.has(keyOf(room)));
  if (isWhole && missing.length > 0) {
    const which =
      missing.length === rooms.length
        ? "the resources to import"
        : missing.map(({ resource }) => escaped(resource)).join(", ");
    throw new CommandError(
      `Nothing was imported: the program doesn't define ${which} yet. ${advice}`,
      EXIT.notDeclared,
    );
  }
  // A timestamp that has passed is refused for a new room, and is fine for one in the state.
  const own = new Set(rooms.map(keyOf));
  if (!isWhole && !errors.some(({ urn }) => own.has(keyIn(urn)))) throw previewFailed(before);
  return steps.filter((step) => isChange(step) && !own.has(keyIn(step.urn)));
}

/** What tells the resources of a stack apart, for a room that the program declares at its top level. */
function keyOf({ type, resource }: Planned): string {
  return JSON.stringify(["", tokenOf(type), resource]);
}

function keyIn(urn: string): string {
  const { parentTypes, type, name } = partsOf(urn);
  return JSON.stringify([parentTypes, type, name]);
}

function keysIn(resources: readonly { readonly urn: string }[]): Set<string> {
  return new Set(resources.map(({ urn }) => keyIn(urn)));
}

async function importRooms(
  { pulumi, state }: Stack,
  rooms: readonly Planned[],
  file: string,
  transaction: Transaction,
): Promise<void> {
  const before = new Set(state.resources.map(({ urn }) => urn));
  transaction.beforeStep(() => takeOut(pulumi, before, rooms));
  await pulumi.expectOnStack(["import", "--file", file, "--generate-code=false", "--yes", "--skip-preview"], {
    // Nothing is lost with a state that was not written: the rooms are on Metered, and can be imported once more.
    env: { PULUMI_SKIP_CHECKPOINTS: "true" },
  });
}

/** How many URNs one command takes: a command line has a limit. */
const URNS_AT_ONCE = 100;

/** Takes out of the state what the import has put there, and nothing else. */
async function takeOut(pulumi: Pulumi, before: ReadonlySet<string>, rooms: readonly Planned[]): Promise<void> {
  const { stdout } = await pulumi.expectOnStack(["stack", "export"], { shielded: true });
  const added = parseStack(stdout)
    .resources.map(({ urn }) => urn)
    .filter((urn) => !before.has(urn));
  const imported = new Set(rooms.map(keyOf));
  const own = added.filter((urn) => imported.has(keyIn(urn)));
  for (let i = 0; i < own.length; i += URNS_AT_ONCE) {
    const urns = own.slice(i, i + URNS_AT_ONCE);
    // Imported resources are protected.
    const run = await pulumi.onStack(["state", "delete", ...urns, "--force", "--yes"], { shielded: true });
    if (run.code === 0) continue;
    throw new CommandError(
      `The imported resources couldn't be removed from the stack's state:\n${wordsOf(run)}\n` +
        `Run: pulumi state delete --force ${urns.map(shellQuoted).join(" ")}${pulumi.flags}`,
    );
  }
  // Pulumi refuses to remove what other resources depend on by now, which is as it should be.
  for (const urn of added.filter(isAddedByPulumi).reverse()) {
    await pulumi.onStack(["state", "delete", urn, "--yes"], { shielded: true });
  }
}

/** @throws CommandError when the program and the imported state do not agree */
function refuseChanges(after: Preview, { rooms, module }: Application, waiting: readonly Step[]): void {
  if (!after.isWhole) throw previewFailed(after);
  const known = new Set(waiting.map(({ op, urn }) => `${op} ${urn}`));
  const changes = after.steps.filter((step) => isChange(step) && !known.has(`${step.op} ${step.urn}`));
  const declared = keysIn(after.steps);
  const missing = rooms.filter((room) => !declared.has(keyOf(room)));
  const lines = [...changes.map(tellStep), ...missing.map(({ resource }) => `${escaped(resource)} isn't defined`)];
  if (lines.length === 0) return;
  throw new CommandError(
    `The preview after the import shows changes:\n${lines.map((line) => `  ${line}`).join("\n")}\n` +
      `Something in the program alters what ${module} defines: a transform, an option or an edit. Fix that and run the command again.`,
    EXIT.changes,
  );
}

function previewFailed({ errors, run }: Preview): CommandError {
  const words = errors.length > 0 ? errors.map(({ message }) => `  ${message}`).join("\n") : wordsOf(run);
  return new CommandError(`pulumi preview failed:\n${words}`);
}
