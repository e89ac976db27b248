import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import type { UserUsage } from "../../../metered/usage";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";
import { objectLookup } from "./objectLookup";

export interface GetTurnUsageArgs {
  /** Return the usage of this TURN project. Default: that of the app. */
  projectId?: string | undefined;
  /** Return only the usage of this credential. */
  username?: string | undefined;
  /** Also return the usage of each credential of the app. Default: false. */
  byUser?: boolean | undefined;
}

export interface GetTurnUsageOutputArgs {
  /** Return the usage of this TURN project. Default: that of the app. */
  projectId?: Input<string | undefined>;
  /** Return only the usage of this credential. */
  username?: Input<string | undefined>;
  /** Also return the usage of each credential of the app. Default: false. */
  byUser?: Input<boolean | undefined>;
}

/** What TURN servers have relayed in the current billing period. Metered counts an app in GB, a project in bytes. */
export interface GetTurnUsageResult {
  /** The Metered app. */
  readonly appName: string;
  /** What the app or one of its credentials relayed, in GB. */
  readonly usageInGB?: number;
  /** What the app's plan includes, in GB. */
  readonly quotaInGB?: number;
  /** What the app relayed beyond its plan, in GB. */
  readonly overageInGB?: number;
  /** What the project or one of its credentials relayed, in bytes. */
  readonly usageInBytes?: number;
  /** The project's quota, in bytes. 0 means no quota. */
  readonly quotaInBytes?: number;
  /** What the project relayed beyond its quota, in bytes. */
  readonly overageInBytes?: number;
  /** With `byUser`: each credential of the app that relayed anything. */
  readonly users?: UserUsage[];
}

const lookup: Lookup<GetTurnUsageArgs, GetTurnUsageResult> = objectLookup("getTurnUsage", []);

/**
 * Looks up what TURN servers have relayed in the current billing period, also in previews.
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
 * The same with Outputs. The result is unknown in a preview while an argument is unknown: see {@link getMeetingRoomOutput}.
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
