import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import type { UserUsage } from "../../../metered/usage";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";
import { objectLookup } from "./objectLookup";

export interface GetTurnUsageArgs {
  /** Of this TURN project. Default: of the app. */
  projectId?: string | undefined;
  /** Of this credential only. */
  username?: string | undefined;
  /** Of each credential of the app as well. Default: false. */
  byUser?: boolean | undefined;
}

export interface GetTurnUsageOutputArgs {
  /** Of this TURN project. Default: of the app. */
  projectId?: Input<string | undefined>;
  /** Of this credential only. */
  username?: Input<string | undefined>;
  /** Of each credential of the app as well. Default: false. */
  byUser?: Input<boolean | undefined>;
}

/** What TURN servers have relayed in the current billing period. Metered counts an app in GB, a project in bytes. */
export interface GetTurnUsageResult {
  /** The Metered app that was asked. */
  readonly appName: string;
  /** What was relayed, in GB: of an app, or of one of its credentials. */
  readonly usageInGB?: number;
  /** What the plan includes, in GB: of an app. */
  readonly quotaInGB?: number;
  /** What was relayed beyond that, in GB: of an app. */
  readonly overageInGB?: number;
  /** What was relayed, in bytes: of a project, or of one of its credentials. */
  readonly usageInBytes?: number;
  /** The project's quota, in bytes; 0 for none. */
  readonly quotaInBytes?: number;
  /** What was relayed beyond the quota, in bytes: of a project. */
  readonly overageInBytes?: number;
  /** With `byUser`: each credential of the app that relayed anything. */
  readonly users?: UserUsage[];
}

const lookup: Lookup<GetTurnUsageArgs, GetTurnUsageResult> = objectLookup("getTurnUsage", []);

/**
 * Looks up what TURN servers have relayed in the current billing period, in previews too.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const usage = metered.getTurnUsage({ byUser: true });
 * export const total = usage.then(({ usageInGB }) => usageInGB);
 * ```
 * @throws RunError with the cause as its `name`, see {@link getMeetingRoom}
 */
export function getTurnUsage(args: GetTurnUsageArgs = {}, opts: InvokeOptions = {}): Promise<GetTurnUsageResult> {
  return lookUp(lookup, args, opts);
}

/**
 * The same with Outputs. Unknown in a preview as long as an argument is, see {@link getMeetingRoomOutput}.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const project = new metered.TurnProject("calls", { projectName: "calls" });
 * export const bytes = metered.getTurnUsageOutput({ projectId: project.id }).usageInBytes;
 * ```
 */
export function getTurnUsageOutput(
  args: GetTurnUsageOutputArgs = {},
  opts: InvokeOutputOptions = {},
): Output<GetTurnUsageResult> {
  return lookUpOutput(lookup, args, opts);
}
