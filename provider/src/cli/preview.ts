import { hideKeys } from "../metered/redact";
import { isDefaultProvider } from "../pulumi/configuration";
import { isOwnKey } from "../pulumi/state";
import { partsOf } from "../pulumi/urn";
import { escaped } from "../schema/escaped";
import type { Pulumi, Run } from "./pulumi";

/** What a preview would do to one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  /** The properties that differ. */
  readonly properties: readonly string[];
}

/** What `pulumi preview --json` says. */
export interface Preview {
  readonly run: Run;
  /** All resources of the program, unchanged ones too; without those that Pulumi adds by itself. */
  readonly steps: readonly Step[];
  readonly errors: readonly { readonly urn: string; readonly message: string }[];
  /** Whether it came to its end. */
  readonly isWhole: boolean;
}

export interface PreviewOptions {
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

interface Digest {
  readonly steps?: readonly {
    readonly op: string;
    readonly urn: string;
    readonly diffReasons?: readonly string[] | null;
    readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
  }[];
  readonly diagnostics?: readonly { readonly urn?: string; readonly message: string; readonly severity: string }[];
  readonly changeSummary?: unknown;
}

/** Runs the program in a preview. */
export async function preview(pulumi: Pulumi, { flags = [], env = {} }: PreviewOptions = {}): Promise<Preview> {
  const run = await pulumi.onStack(["preview", "--json", "--show-sames", ...flags], { env });
  const digest = digestIn(run.stdout);
  const errors = (digest?.diagnostics ?? []).filter(({ severity }) => severity === "error");
  return {
    run,
    steps: (digest?.steps ?? []).filter(({ urn }) => !isAddedByPulumi(urn)).map(stepOf),
    errors: errors.map(({ urn = "", message }) => ({ urn, message: hideKeys(message).trim() })),
    isWhole: digest?.changeSummary !== undefined && digest.changeSummary !== null && errors.length === 0,
  };
}

function digestIn(stdout: string): Digest | undefined {
  try {
    return JSON.parse(stdout) as Digest;
  } catch {
    return undefined;
  }
}

function stepOf(step: NonNullable<Digest["steps"]>[number]): Step {
  const properties = [...Object.keys(step.detailedDiff ?? {}), ...(step.diffReasons ?? [])];
  return { op: step.op, urn: step.urn, properties: [...new Set(properties)].filter((name) => !isOwnKey(name)) };
}

/** The stack itself and the default providers: `preview --expect-no-changes` does not count them either. */
export function isAddedByPulumi(urn: string): boolean {
  const { type, name } = partsOf(urn);
  return type === "pulumi:pulumi:Stack" || (type.startsWith("pulumi:providers:") && isDefaultProvider(name));
}

/** Whether a step changes something. */
export function isChange({ op }: Step): boolean {
  return !["same", "read", "refresh"].includes(op);
}

/** A step as a user reads it: `update MeetingRoom lobby (maxParticipants)`. */
export function tellStep({ op, urn, properties }: Step): string {
  const { type, name } = partsOf(urn);
  return `${op} ${type.split(":").at(-1)} ${escaped(name)}${properties.length > 0 ? ` (${properties.join(", ")})` : ""}`;
}
