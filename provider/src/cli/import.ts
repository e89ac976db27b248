import { readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { connectStack, type StackConnection } from "./account";
import { applyImport, refuseOldPulumi } from "./apply";
import type { ImportArguments } from "./arguments";
import { CommandError, EXIT, type Exit } from "./exit";
import { type Files, filesIn, makeFolder, textIn, writeNew, writePrivate } from "./files";
import { importFileText } from "./importFile";
import { type ImportReport, reportOf, tellReport } from "./importReport";
import { importLine, moduleText } from "./moduleText";
import { type ImportPlan, planImport, tellSkipped } from "./plan";
import { specifierOf } from "./project";
import { type MissingRoom, readRooms, type Wanted } from "./rooms";
import { isPluginProvider, nameIn, type StackResource } from "./stackState";
import type { Terminal } from "./terminal";
import type { Transaction } from "./transaction";

/** `pulumi-metered import`: rooms that exist, as files for a stack or right into it. Only ever reads from Metered. */
export async function importCommand(
  terminal: Terminal,
  args: ImportArguments,
  transaction: Transaction,
): Promise<Exit> {
  const connection = await connectStack(terminal, args);
  const { stack, client, provider } = connection;
  if (provider && isPluginProvider(provider)) throw notOurs(provider);
  if (args.apply) await refuseOldPulumi(stack.pulumi);
  const wanted = wantedBy(args, terminal.cwd);
  const { found, missing } = await readRooms(client, wanted, terminal.progress);
  const plan = planImport(found, connection, Date.now() / 1000);
  refuseMissing(terminal, plan, missing, wanted);
  const work = new Import(terminal, args, connection, plan, transaction);
  const report = await work.run();
  terminal.out(args.json ? JSON.stringify(report, undefined, 2) : tellReport(report, plan, stack.pulumi));
  return EXIT.ok;
}

/** What this command writes are dynamic resources, which the plugin's provider knows nothing of. */
function notOurs({ urn }: StackResource): CommandError {
  const name = nameIn(urn);
  return new CommandError(
    `The provider "${name}" is the plugin's, and what this command writes cannot use it; nothing was written. ` +
      `Pulumi imports into it: pulumi import metered:index:MeetingRoom NAME ROOM --provider '${name}=${urn}' ` +
      "(a live-streaming room is a metered:index:LiveStreamingRoom)",
  );
}

/** The names on the command line, and those in the file that it names. */
function wantedBy({ all, names, live, liveFile }: ImportArguments, cwd: string): Wanted {
  if (liveFile === undefined) return { all, names, live };
  let text: string;
  try {
    text = readFileSync(resolve(cwd, liveFile), "utf8");
  } catch {
    throw new CommandError(`${liveFile} cannot be read; it should hold the names of live-streaming rooms, one a line.`);
  }
  const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim());
  return { all, names, live: [...live, ...lines.filter((line) => line !== "")] };
}

/**
 * Whoever names a room wants that room: where one cannot be had, nothing is done at all.
 *
 * @throws CommandError after telling of the other rooms
 */
function refuseMissing(terminal: Terminal, plan: ImportPlan, missing: readonly MissingRoom[], wanted: Wanted): void {
  const named = new Set([...wanted.names, ...wanted.live]);
  const unfit = plan.skipped.filter(({ reason, name }) => reason === "cannot be declared" && named.has(name));
  const reasons = [...missing.map(({ reason }) => reason), ...unfit.map(tellSkipped)];
  if (reasons.length === 0) return;
  for (const { name, type } of plan.rooms) terminal.err(`Found the ${type.label} ${JSON.stringify(name)}.`);
  for (const skipped of plan.skipped.filter((each) => !unfit.includes(each))) terminal.err(tellSkipped(skipped));
  throw new CommandError(
    `${reasons.join("\n")}\nNothing was written. Names are those in Metered's dashboard; pulumi-metered list shows the meeting rooms.`,
  );
}

/** One run of the command, once it is known what there is to do. */
class Import {
  private readonly files: Files;
  private readonly module: string;

  constructor(
    private readonly terminal: Terminal,
    private readonly args: ImportArguments,
    private readonly connection: StackConnection,
    private readonly plan: ImportPlan,
    private readonly transaction: Transaction,
  ) {
    this.files = filesIn(
      args.out === undefined ? connection.stack.project.programFolder : resolve(terminal.cwd, args.out),
    );
    const { account, provider } = connection;
    this.module = moduleText(plan.rooms, { appName: account.appName, hasProvider: provider !== undefined });
  }

  async run(): Promise<ImportReport> {
    const { plan, args } = this;
    if (plan.rooms.length === 0) return this.report({});
    const isOther = this.refuseOtherModule();
    if (args.dryRun) return this.report({ moduleText: this.module });
    makeFolder(dirname(this.files.module), this.transaction);
    if (textIn(this.files.module) === undefined) writeNew(this.files.module, this.module, this.transaction);
    writePrivate(this.files.importFile, importFileText(plan.rooms, this.connection.provider?.urn), this.transaction);
    if (!args.apply) {
      this.transaction.commit();
      return this.report({});
    }
    return this.apply(isOther);
  }

  private async apply(isOtherModule: boolean): Promise<ImportReport> {
    const { plan, transaction, files } = this;
    const { stack } = this.connection;
    const advice = isOtherModule
      ? `${this.shown(files.module)} was there before and was left as it is: move it away, or name another folder with --out.`
      : `Add to ${this.entry}:\n  ${this.lines.join("\n  ")}\nand run this again; ${this.shown(files.module)} is there.`;
    try {
      const waiting = await applyImport({
        stack,
        rooms: plan.rooms,
        importFile: files.importFile,
        advice,
        transaction,
      });
      transaction.commit();
      return this.report({ applied: true, waiting });
    } catch (error) {
      // What has been prepared is right; only the line is missing.
      if (error instanceof CommandError && error.exit === EXIT.notDeclared) transaction.commit();
      throw error;
    }
  }

  /**
   * A module that is there is not overwritten: it may declare rooms that are in the stack. With `--apply` it may be one
   * that somebody has edited, and whether it is right is seen in the preview.
   *
   * @returns whether there is another one than would be written
   */
  private refuseOtherModule(): boolean {
    const { module } = this.files;
    const there = textIn(module);
    if (there === undefined || there === this.module) return false;
    if (this.args.apply) return true;
    throw new CommandError(
      `${this.shown(module)} is there already and holds something else, so nothing was written. ` +
        "It may declare rooms that are in the stack: keep it, and name another folder with --out; or move it away.",
    );
  }

  private report(more: Partial<ImportReport>): ImportReport {
    const { connection, plan, args, files } = this;
    return reportOf({
      appName: connection.account.appName,
      plan,
      dryRun: args.dryRun,
      module: this.shown(files.module),
      importFile: this.shown(files.importFile),
      entry: this.entry,
      lines: this.lines,
      project: connection.stack.project,
      ...more,
    });
  }

  /** What the program needs in order to load the module. */
  private get lines(): string[] {
    const specifier = specifierOf(this.connection.stack.project, this.files.module);
    if (this.connection.provider === undefined) return [importLine(specifier)];
    return [importLine(specifier, "{ declareRooms }"), "declareRooms(PROVIDER);"];
  }

  private get entry(): string {
    const { entry } = this.connection.stack.project;
    return entry === undefined ? "the program" : basename(entry);
  }

  private shown(path: string): string {
    return relative(this.terminal.cwd, path) || path;
  }
}
