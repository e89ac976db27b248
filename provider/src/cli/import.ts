import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { sayError } from "../pulumi/words/errors";
import { named } from "../pulumi/words/sentence";
import { subjectOf } from "../rooms/roomType";
import { connectStack, inWords, type StackConnection } from "./account";
import { refuseOldPulumi } from "./apply";
import type { ImportArguments } from "./arguments";
import { CommandError, EXIT, type Exit } from "./exit";
import { ModuleImport } from "./importModule";
import { tellReport } from "./importReport";
import { type ImportPlan, planImport, tellSkipped } from "./plan";
import { importWithPlugin, usesPlugin } from "./pluginImport";
import { isSystemError, problemIn } from "./problems";
import { type Rooms, readRooms, type Wanted } from "./rooms";
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
  const plan = planImport(rooms.found, connection, Date.now() / 1000);
  for (const { value } of plan.rooms.flatMap(({ secrets }) => secrets)) keepSecret(terminal, value);
  refuseMissing(terminal, connection, plan, rooms, wanted);
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

/** Only an address is worth hiding: Metered takes any word for a webhook, and words are everywhere. */
function keepSecret(terminal: Terminal, value: string): void {
  if (value.includes("://")) terminal.keepSecret(value);
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
  { missing }: Rooms,
  wanted: Wanted,
): void {
  const wantedNames = new Set([...wanted.names, ...wanted.live]);
  const unfit = plan.skipped.filter(({ reason, name }) => reason === "cannot be declared" && wantedNames.has(name));
  const reasons = [...missing.map(({ error }) => sayError(error.facts, from)), ...unfit.map(tellSkipped)];
  if (reasons.length === 0) return;
  for (const { name, type } of plan.rooms) terminal.err(`Found ${named(subjectOf(type, name))}.`);
  for (const skipped of plan.skipped.filter((each) => !unfit.includes(each))) terminal.err(tellSkipped(skipped));
  throw new CommandError(
    `${reasons.join("\n")}\nNothing was written. To see the names of meeting rooms, run npx pulumi-metered list.`,
  );
}
