import { describeRoom } from "../core/field";
import { type ImportPlan, tellSkipped } from "./plan";
import type { Project } from "./project";
import type { Pulumi } from "./pulumi";

/** What an import has done or would do: this is what `--json` prints. No secret is in it. */
export interface ImportReport {
  readonly app: string;
  readonly dryRun: boolean;
  /** Whether the rooms are in the stack now. */
  readonly applied: boolean;
  readonly rooms: readonly ReportedRoom[];
  readonly skipped: readonly ReportedSkip[];
  /** The TypeScript module; absent where there is nothing to import. */
  readonly module?: string;
  /** The file for `pulumi import`; absent after it was used. */
  readonly importFile?: string;
  /** Keys of the stack's configuration that hold secret settings, and whether they are set. */
  readonly config: readonly { readonly key: string; readonly room: string; readonly isSet: boolean }[];
  /** The program's first file, and what it needs in order to load the module. */
  readonly entry: string;
  readonly lines: readonly string[];
  /** Changes of the program that have nothing to do with the import and wait for `pulumi up`. */
  readonly waiting: readonly string[];
  /** In a dry run: the text of the module. */
  readonly moduleText?: string;
}

interface ReportedRoom {
  readonly kind: string;
  readonly name: string;
  readonly resource: string;
  readonly variable: string;
  /** Names of the settings that are declared. */
  readonly settings: readonly string[];
  readonly left: readonly string[];
}

interface ReportedSkip {
  readonly kind: string;
  readonly name: string;
  readonly reason: string;
  readonly resource?: string;
  readonly problems?: readonly string[];
}

export interface ReportInput extends Partial<Pick<ImportReport, "applied" | "waiting" | "moduleText">> {
  readonly appName: string;
  readonly plan: ImportPlan;
  readonly dryRun: boolean;
  readonly module: string;
  readonly importFile: string;
  readonly entry: string;
  readonly lines: readonly string[];
  readonly project: Project;
}

export function reportOf(input: ReportInput): ImportReport {
  const { plan, applied = false, dryRun, waiting = [], moduleText } = input;
  const isEmpty = plan.rooms.length === 0;
  return {
    app: input.appName,
    dryRun,
    applied,
    rooms: plan.rooms.map(({ type, name, resource, variable, settings, left }) => ({
      kind: type.name,
      name,
      resource,
      variable,
      settings: Object.keys(settings),
      left,
    })),
    skipped: plan.skipped.map(({ type, ...rest }) => ({ kind: type.name, ...rest })),
    ...(isEmpty ? {} : { module: input.module }),
    ...(isEmpty || applied ? {} : { importFile: input.importFile }),
    config: plan.rooms.flatMap(({ name, secrets }) =>
      secrets.map(({ key, isSet }) => ({ key, room: name, isSet: isSet || applied })),
    ),
    entry: input.entry,
    lines: input.lines,
    waiting,
    ...(moduleText === undefined ? {} : { moduleText }),
  };
}

/** The report for a reader. */
export function tellReport(report: ImportReport, plan: ImportPlan, pulumi: Pulumi): string {
  const skipped = plan.skipped.map(tellSkipped);
  const left = plan.rooms.flatMap((room) =>
    room.left.map((reason) => `Not declared for the ${describeRoom(room.type, room.name)}: ${reason}.`),
  );
  return [...skipped, ...left, ...outcome(report, pulumi)].join("\n");
}

function outcome(report: ImportReport, pulumi: Pulumi): string[] {
  const count = `${report.rooms.length} ${report.rooms.length === 1 ? "room" : "rooms"}`;
  if (report.rooms.length === 0) return [`Nothing to import from the Metered app ${report.app}.`];
  if (report.applied) return applied(report, count);
  if (report.dryRun) return dryRun(report, count);
  return written(report, count, pulumi);
}

function applied({ module, waiting, app }: ImportReport, count: string): string[] {
  const more =
    waiting.length > 0
      ? [`The program has other changes, which wait for pulumi up:`, ...waiting.map((line) => `  ${line}`)]
      : [];
  return [
    `Imported ${count} of the Metered app ${app}, declared in ${module}. A preview reports no changes of them; nothing was changed on Metered.`,
    ...more,
  ];
}

function dryRun({ module, importFile, moduleText = "" }: ImportReport, count: string): string[] {
  return [`Would import ${count}, and write ${importFile} and ${module}:`, "", moduleText.trimEnd()];
}

function written({ module, importFile, config, entry, lines }: ImportReport, count: string, pulumi: Pulumi): string[] {
  const secrets = config.filter(({ isSet }) => !isSet);
  const steps = [
    `add to ${entry}:   ${lines.join(" ")}`,
    ...secrets.map(
      ({ key, room }) => `${pulumi.shown("config", "set", "--secret", key)}   # the stream's address of ${room}`,
    ),
    `${pulumi.shown("import", "--file", importFile ?? "", "--generate-code=false", "--yes")}   # Pulumi 3.254 or newer`,
    pulumi.shown("preview", "--expect-no-changes"),
    `delete ${importFile}`,
  ];
  return [
    `Wrote ${module}, which declares ${count}, and ${importFile}, which only you can read.`,
    ...(config.length > 0 ? [`${importFile} holds secret settings in clear: do not commit it.`] : []),
    "Next (the same command with --apply does all but the first for you, and undoes it if the preview is not without changes):",
    ...steps.map((step, i) => `  ${i + 1}. ${step}`),
  ];
}
