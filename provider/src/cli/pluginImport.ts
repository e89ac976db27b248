import { dirname, resolve } from "node:path";
import { waysFor } from "../pulumi/words/ways";
import type { Stack, StackConnection } from "./account";
import type { ImportArguments } from "./arguments";
import { filesIn, makeFolder, writePrivate } from "./files";
import { pluginImportFileText } from "./importFile";
import { type ImportReport, reportOf } from "./importReport";
import type { ImportPlan, Planned } from "./plan";
import { shownFrom } from "./problems";
import type { Project } from "./project";
import { isPluginProvider, type StackResource, type StackState, showsPlugin } from "./stackState";
import type { Terminal } from "./terminal";
import type { Transaction } from "./transaction";

/** Whether a program uses the plugin: its provider says so, or else its files, or else what the stack holds. */
export function usesPlugin(
  { project, state }: { readonly project: Project; readonly state?: StackState | undefined },
  provider?: StackResource,
): boolean {
  if (provider) return isPluginProvider(provider);
  return project.hasPlugin || (state !== undefined && showsPlugin(state));
}

/**
 * With the plugin, Pulumi imports rooms itself and prints the code in the program's language: this says how. One room
 * takes a command, several take a file, and so does a set.
 */
export function importWithPlugin(
  terminal: Terminal,
  { out, dryRun }: ImportArguments,
  connection: StackConnection,
  plan: ImportPlan,
  transaction: Transaction,
): ImportReport {
  const { account, stack, provider } = connection;
  const { rooms } = plan;
  const [first, second] = rooms;
  if (!first || !(second ?? first.members)) {
    const commands = rooms.map((room) => commandFor(room, connection));
    return reportOf(account.appName, plan, { dryRun, ...(first ? { commands } : {}) });
  }
  const folder = out === undefined ? stack.project.folder : resolve(terminal.cwd, out);
  const { importFile: file } = filesIn(folder, "");
  if (!dryRun) {
    makeFolder(dirname(file), transaction);
    writePrivate(file, pluginImportFileText(rooms, provider?.urn), transaction);
    transaction.commit();
  }
  const importFile = shownFrom(terminal.cwd, file);
  return reportOf(account.appName, plan, { dryRun, importFile, commands: [bulkCommand(stack, importFile)] });
}

function bulkCommand({ pulumi }: Stack, importFile: string): string {
  return pulumi.shown("import", "--file", importFile);
}

/** `pulumi import metered:index:MeetingRoom NAME ROOM`, with the provider where it's an explicit one. */
function commandFor({ subject, importId, resource }: Planned, { from, stack }: StackConnection): string {
  const ways = waysFor({ face: "plugin", account: from.account, resource: { name: resource, urn: "" } });
  return `${ways.importRoom({ ...subject, name: importId })}${stack.pulumi.flags}`;
}
