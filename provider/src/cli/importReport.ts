import { isRoom, named, quoted } from "../pulumi/words/sentence";
import { escaped } from "../schema/escaped";
import { type ImportPlan, type Planned, tellSkipped } from "./plan";
import type { Pulumi } from "./pulumi";

/** What an import has done or would do: this is what `--json` prints. No secret is in it. */
export interface ImportReport {
  readonly app: string;
  readonly dryRun: boolean;
  /** Whether the rooms are in the stack now. */
  readonly applied: boolean;
  readonly rooms: readonly ReportedRoom[];
  readonly skipped: readonly ReportedSkip[];
  /** Whether the file for `pulumi import` holds secrets, in plaintext. */
  readonly hasSecrets: boolean;
  /** The module that declares the rooms; absent where there is nothing to import, and with the plugin. */
  readonly module?: string;
  /** The file for `pulumi import`; absent after it was used, and where none is needed. */
  readonly importFile?: string;
  /** Keys of the stack's configuration that hold secret settings, and whether they are set. Rooms may share a key. */
  readonly config: readonly { readonly key: string; readonly room: string; readonly isSet: boolean }[];
  /** The program's first file, and what it needs in order to load the module. */
  readonly entry: string;
  readonly lines: readonly string[];
  /** Changes of the program that have nothing to do with the import and wait for `pulumi up`. */
  readonly waiting: readonly string[];
  /** In a dry run: the text of the module. */
  readonly moduleText?: string;
  /** With the plugin: Pulumi's own commands that import the rooms. */
  readonly commands?: readonly string[];
}

interface ReportedRoom {
  readonly kind: string;
  readonly name: string;
  /** Of what isn't a room: what `import --turn` takes. */
  readonly id?: string;
  /** The resource that it becomes, or the set that it comes into. */
  readonly resource: string;
  /** In a set. */
  readonly key?: string;
  readonly variable: string;
  /** Names of the settings that are declared. */
  readonly settings: readonly string[];
  readonly left: readonly string[];
  /** What the import can't recover; absent where there is nothing. */
  readonly remarks?: readonly string[];
}

interface ReportedSkip {
  readonly kind: string;
  readonly name: string;
  readonly id?: string;
  readonly reason: string;
  readonly resource?: string;
  readonly problems?: readonly string[];
}

type Details = Partial<Omit<ImportReport, "app" | "rooms" | "skipped" | "config" | "hasSecrets">>;

export function reportOf(app: string, plan: ImportPlan, details: Details): ImportReport {
  const { applied = false } = details;
  return {
    app,
    dryRun: false,
    applied,
    hasSecrets: plan.rooms.some(({ secrets, secretOutputs }) => secrets.length + secretOutputs.length > 0),
    rooms: singlyIn(plan).map(
      ({ type, name, subject, importId, resource, key, variable, settings, left, remarks }) => ({
        kind: type.name,
        name,
        ...(isRoom(subject) ? {} : { id: importId }),
        resource,
        ...(key === undefined ? {} : { key }),
        variable,
        settings: Object.keys(settings),
        left,
        ...(remarks.length === 0 ? {} : { remarks }),
      }),
    ),
    skipped: plan.skipped.map(({ type, subject: _, ...rest }) => ({ kind: type.name, ...rest })),
    config: singlyIn(plan).flatMap(({ name, secrets }) =>
      secrets.map(({ key, isSet }) => ({ key, room: name, isSet: isSet || applied })),
    ),
    entry: "",
    lines: [],
    waiting: [],
    ...details,
  };
}

/** Each room by itself, those of sets too. */
function singlyIn({ rooms }: ImportPlan): (Planned & { readonly key?: string })[] {
  return rooms.flatMap((each) => {
    if (!each.members) return [each];
    const { resource, variable } = each;
    return [...each.members].map(([key, room]) => ({ ...room, key, resource, variable }));
  });
}

/** The report for a reader. */
export function tellReport(report: ImportReport, plan: ImportPlan, pulumi: Pulumi): string {
  const skipped = plan.skipped.map(tellSkipped);
  const left = singlyIn(plan).flatMap((room) =>
    room.left.map((reason) => `Left out for ${named(room.subject)}: ${reason}.`),
  );
  const remarks = plan.rooms.flatMap((room) => room.remarks);
  return [...skipped, ...left, ...outcome(report, pulumi), ...remarks].join("\n");
}

function countOf(rooms: ImportReport["rooms"]): string {
  const noun = rooms.every(({ kind }) => isRoom({ resource: kind })) ? "room" : "resource";
  const set = rooms.find(({ key }) => key !== undefined)?.resource;
  return `${rooms.length} ${noun}${rooms.length === 1 ? "" : "s"}${set === undefined ? "" : ` (set ${quoted(set)})`}`;
}

function outcome(report: ImportReport, pulumi: Pulumi): string[] {
  if (report.rooms.length === 0) return [`Nothing to import from Metered app ${quoted(report.app)}.`];
  if (report.commands) return forPlugin(report);
  if (report.applied) return applied(report);
  return report.dryRun ? dryRun(report) : written(report, pulumi);
}

function forPlugin({ rooms, app, importFile, commands = [], dryRun: isDry, hasSecrets }: ImportReport): string[] {
  const what = `${countOf(rooms)} of Metered app ${quoted(app)}`;
  const isSet = rooms.some(({ key }) => key !== undefined);
  const intro = [
    "This project uses the metered plugin, so Pulumi itself imports the rooms.",
    ...(importFile === undefined ? [] : [`${isDry ? "Would write" : "Wrote"} ${importFile}, which lists ${what}.`]),
    // Pulumi reads single rooms itself, and takes a set from the file.
    ...(isSet && hasSecrets ? [secretsWarning(importFile)] : []),
  ];
  const steps = [
    ...commands.map((command) => (isSet ? `${command}   # Pulumi 3.254 or newer` : command)),
    "add the code that Pulumi prints to your program",
    ...(importFile === undefined ? [] : [`delete ${importFile}`]),
  ];
  return [...intro, importFile === undefined ? `To import ${what}:` : "Next:", ...numbered(steps)];
}

function applied({ module, waiting, app, rooms }: ImportReport): string[] {
  const more =
    waiting.length > 0
      ? ["The program has other changes, which the next pulumi up makes:", ...waiting.map((line) => `  ${line}`)]
      : [];
  return [
    `Imported ${countOf(rooms)} of Metered app ${quoted(app)}, defined in ${module}. A preview shows no changes to them, and nothing was changed on Metered.`,
    ...more,
  ];
}

function dryRun({ module, importFile, moduleText = "", rooms }: ImportReport): string[] {
  return [`Would import ${countOf(rooms)}, and write ${importFile} and ${module}:`, "", moduleText.trimEnd()];
}

function written(report: ImportReport, pulumi: Pulumi): string[] {
  const { module, importFile = "", config, hasSecrets, entry, lines, rooms } = report;
  const steps = [
    `add to ${entry}:   ${lines.join(" ")}`,
    ...secretSteps(config, pulumi),
    `${pulumi.shown("import", "--file", importFile, "--generate-code=false", "--yes")}   # Pulumi 3.254 or newer`,
    pulumi.shown("preview", "--expect-no-changes"),
    `delete ${importFile}`,
  ];
  return [
    `Wrote ${module}, which defines ${countOf(rooms)}, and ${importFile}, which only you can read.`,
    ...(hasSecrets ? [secretsWarning(importFile)] : []),
    "Next (with --apply, the command does all but the first, and rolls back if the preview shows changes):",
    ...numbered(steps),
  ];
}

function secretsWarning(importFile = ""): string {
  return `${importFile} holds secrets in plaintext: don't commit it.`;
}

function secretSteps(config: ImportReport["config"], pulumi: Pulumi): string[] {
  const roomsByKey = new Map<string, string[]>();
  for (const { key, room, isSet } of config) if (!isSet) roomsByKey.set(key, [...(roomsByKey.get(key) ?? []), room]);
  return [...roomsByKey].map(([key, rooms]) => {
    const whose = rooms.length > 3 ? `${rooms.length} rooms` : rooms.join(", ");
    return `${pulumi.shown("config", "set", "--secret", key)}   # for ${whose}`;
  });
}

function numbered(steps: readonly string[]): string[] {
  return steps.map((step, i) => `  ${i + 1}. ${escaped(step)}`);
}
