import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { sayError } from "../pulumi/words/errors";
import { named } from "../pulumi/words/sentence";
import { connectStack, inWords, type StackConnection } from "./account";
import { refuseOldPulumi } from "./apply";
import type { ImportArguments } from "./arguments";
import { CommandError, EXIT, type Exit } from "./exit";
import { ModuleImport } from "./importModule";
import { tellReport } from "./importReport";
import { sortObjects } from "./objectPlan";
import { type MissingObject, readObjects, selectObjects, tellUnlisted } from "./objects";
import { type ImportPlan, type Planned, planImport, type Sorted, tellSkipped } from "./plan";
import { importWithPlugin, usesPlugin } from "./pluginImport";
import { isSystemError, problemIn } from "./problems";
import { type Rooms, readRooms, type Wanted } from "./rooms";
import { gatherInSets } from "./setPlan";
import { roomsIn } from "./stackState";
import type { Terminal } from "./terminal";
import type { Transaction } from "./transaction";
import { watched } from "./waiting";

/** `pulumi-metered import`: rooms that exist, as files for a stack or right into it. Only reads from Metered. */
export async function importCommand(
  terminal: Terminal,
  args: ImportArguments,
  transaction: Transaction,
): Promise<Exit> {
  const wanted = wantedBy(args, terminal.cwd);
  const connection = await connectStack(terminal, args);
  const { stack, provider } = connection;
  const hasPlugin = usesPlugin(stack, provider);
  if (args.apply && hasPlugin) throw applyNotNeeded();
  if (args.apply) await refuseOldPulumi(stack.pulumi);
  const rooms = await readWanted(terminal, connection, wanted);
  const objects = await readTurn(terminal, connection, args);
  const single = planImport(rooms.found, connection, Date.now() / 1000, objects.sorted);
  for (const planned of single.rooms) keepSecrets(terminal, planned);
  refuseMissing(terminal, connection, single, { rooms, objects, wanted });
  const plan =
    args.set === undefined ? single : await gatherInSets(single, args.set, connection.account.appName, stack);
  const report = hasPlugin
    ? importWithPlugin(terminal, args, connection, plan, transaction)
    : await new ModuleImport(terminal, args, connection, plan, transaction).run();
  terminal.out(args.json ? JSON.stringify(report, undefined, 2) : tellReport(report, plan, stack.pulumi));
  return EXIT.ok;
}

function applyNotNeeded(): CommandError {
  return new CommandError(
    "This project uses the metered plugin, whose rooms Pulumi imports itself, so --apply isn't available. " +
      "Run the command without --apply: it prints the pulumi import command to run.",
  );
}

/** The names on the command line, and those in the file that it names. */
function wantedBy({ all, names, live, liveFile }: ImportArguments, cwd: string): Wanted {
  if (liveFile === undefined) return { all, names, live };
  let text: string;
  try {
    text = readFileSync(resolve(cwd, liveFile), "utf8");
  } catch (error) {
    const reason = isSystemError(error) ? problemIn(error) : "it can't be read";
    throw new CommandError(
      `Can't read ${liveFile}: ${reason}. It should list names of live-streaming rooms, one per line.`,
    );
  }
  const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim());
  return { all, names, live: [...live, ...lines.filter((line) => line !== "")] };
}

async function readWanted(terminal: Terminal, connection: StackConnection, wanted: Wanted): Promise<Rooms> {
  const { account, client, from, stack } = connection;
  // What is in the stack already is left alone, whatever its settings.
  const managed = new Set(
    roomsIn(stack.state, account.appName).flatMap(({ type, id }) => (type.name === "MeetingRoom" ? [id] : [])),
  );
  try {
    return await watched(terminal, account.appName, from, (watch) =>
      readRooms(client, wanted, {
        ...watch,
        progress: terminal.progress,
        needsSettings: (name) => !managed.has(name),
      }),
    );
  } catch (error) {
    throw inWords(error, from);
  }
}

interface WantedObjects {
  readonly sorted: Sorted;
  readonly missing: readonly MissingObject[];
}

/** TURN projects and credentials, where any are wanted. */
async function readTurn(
  terminal: Terminal,
  { account, client, from, stack }: StackConnection,
  { turn, allTurn }: ImportArguments,
): Promise<WantedObjects> {
  if (!allTurn && turn.length === 0) return { sorted: { candidates: [], skipped: [] }, missing: [] };
  try {
    return await watched(terminal, account.appName, from, async (watch) => {
      const all = await readObjects(client, watch);
      if (allTurn && all.unlisted.length > 0) terminal.err(`${tellUnlisted(all)}, so the import may be incomplete.`);
      const { found, missing } = allTurn ? { found: all.found, missing: [] } : selectObjects(all, turn);
      return { sorted: await sortObjects(found, client, stack), missing };
    });
  } catch (error) {
    throw inWords(error, from);
  }
}

/** Of settings only an address is worth hiding: Metered takes any word for a webhook, and words are everywhere. */
function keepSecrets(terminal: Terminal, { secrets, secretOutputs, state }: Planned): void {
  const outputs = secretOutputs.map((name) => state.outputs[name]).filter((value) => typeof value === "string");
  const addresses = secrets.map(({ value }) => value).filter((value) => value.includes("://"));
  for (const secret of [...outputs, ...addresses]) terminal.keepSecret(secret);
}

interface Request {
  readonly rooms: Rooms;
  readonly objects: WantedObjects;
  readonly wanted: Wanted;
}

/**
 * Whoever names a room wants that room: if one can't be had, nothing is done at all.
 *
 * @throws CommandError after telling of the other rooms
 */
function refuseMissing(
  terminal: Terminal,
  { from }: StackConnection,
  plan: ImportPlan,
  { rooms: { missing }, objects, wanted }: Request,
): void {
  const wantedNames = new Set([...wanted.names, ...wanted.live]);
  const unfit = plan.skipped.filter(({ reason, name }) => reason === "cannot be declared" && wantedNames.has(name));
  const reasons = [
    ...missing.map(({ error }) => sayError(error.facts, from)),
    ...objects.missing.map(({ problem }) => problem),
    ...unfit.map(tellSkipped),
  ];
  if (reasons.length === 0) return;
  for (const { subject } of plan.rooms) terminal.err(`Found ${named(subject)}.`);
  for (const skipped of plan.skipped.filter((each) => !unfit.includes(each))) terminal.err(tellSkipped(skipped));
  throw new CommandError(
    `${reasons.join("\n")}\nNothing was written. To see what there is, run npx pulumi-metered list.`,
  );
}
