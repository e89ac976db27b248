import { basename, dirname, resolve } from "node:path";
import type { StackConnection } from "./account";
import { applyImport } from "./apply";
import type { ImportArguments } from "./arguments";
import { CommandError, EXIT } from "./exit";
import { type Files, filesIn, makeFolder, textIn, writeNew, writePrivate } from "./files";
import { importFileText } from "./importFile";
import { type ImportReport, reportOf } from "./importReport";
import { dialectOf, loadingLines, moduleText } from "./moduleText";
import type { ImportPlan } from "./plan";
import { shownFrom } from "./problems";
import { moduleNameFor, specifierOf } from "./project";
import type { Terminal } from "./terminal";
import type { Transaction } from "./transaction";

/** An import into a program of this package: a module that declares the rooms, and a file for `pulumi import`. */
export class ModuleImport {
  private readonly files: Files;
  private readonly module: string;
  /** What the program needs in order to load the module. */
  private readonly lines: readonly string[];

  constructor(
    private readonly terminal: Terminal,
    private readonly args: ImportArguments,
    private readonly connection: StackConnection,
    private readonly plan: ImportPlan,
    private readonly transaction: Transaction,
  ) {
    const { account, provider, stack } = connection;
    const { project } = stack;
    const folder = args.out === undefined ? project.programFolder : resolve(terminal.cwd, args.out);
    this.files = filesIn(folder, moduleNameFor(project));
    const options = { hasProvider: provider !== undefined, dialect: dialectOf(project) };
    this.module = moduleText(plan.rooms, { appName: account.appName, ...options });
    this.lines = loadingLines(specifierOf(project, this.files.module), options);
  }

  async run(): Promise<ImportReport> {
    const { plan, args, files, transaction } = this;
    if (plan.rooms.length === 0) return this.report({});
    const isOther = this.refuseOtherModule();
    const written = { module: this.shown(files.module), importFile: this.shown(files.importFile) };
    if (args.dryRun) return this.report({ ...written, moduleText: this.module });
    makeFolder(dirname(files.module), transaction);
    if (textIn(files.module) === undefined) writeNew(files.module, this.module, transaction);
    writePrivate(files.importFile, importFileText(plan.rooms, this.connection.provider?.urn), transaction);
    if (args.apply) return this.apply(isOther);
    transaction.commit();
    return this.report(written);
  }

  private async apply(isOtherModule: boolean): Promise<ImportReport> {
    const { plan, transaction, files, entry } = this;
    const module = this.shown(files.module);
    const advice = isOtherModule
      ? `${module} existed before and was left as it is: move it away, or choose another folder with --out.`
      : `Add to ${entry}:\n  ${this.lines.join("\n  ")}\nand run the command again. ${module} is already there.`;
    try {
      const { stack } = this.connection;
      const waiting = await applyImport({
        stack,
        rooms: plan.rooms,
        importFile: files.importFile,
        module,
        advice,
        transaction,
      });
      transaction.commit();
      return this.report({ applied: true, module, waiting });
    } catch (error) {
      // What has been prepared is right; only the line is missing.
      if (error instanceof CommandError && error.exit === EXIT.notDeclared) transaction.commit();
      throw error;
    }
  }

  /**
   * A module that is there is not overwritten: it may declare rooms that are in the stack. With `--apply` it may be one
   * that somebody has edited, and the preview shows whether it is right.
   *
   * @returns whether there is another one than would be written
   */
  private refuseOtherModule(): boolean {
    const { module } = this.files;
    const there = textIn(module);
    if (there === undefined || there === this.module) return false;
    if (this.args.apply) return true;
    throw new CommandError(
      `${this.shown(module)} exists and has other content, so nothing was written. ` +
        "It may define rooms that are in the stack: keep it and choose another folder with --out, or move it away.",
    );
  }

  private report(details: Parameters<typeof reportOf>[2]): ImportReport {
    const { connection, plan, args, entry, lines } = this;
    return reportOf(connection.account.appName, plan, { dryRun: args.dryRun, entry, lines, ...details });
  }

  private get entry(): string {
    const { entry } = this.connection.stack.project;
    return entry === undefined ? "the program" : basename(entry);
  }

  private shown(path: string): string {
    return shownFrom(this.terminal.cwd, path);
  }
}
