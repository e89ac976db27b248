import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Output } from "@pulumi/pulumi/output";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";
import { objectLookup } from "./objectLookup";

/** The function takes no arguments. */
export type GetTurnProjectsArgs = Record<string, never>;

/** The function takes no arguments. */
export type GetTurnProjectsOutputArgs = Record<string, never>;

/** A TURN project as Metered lists it. */
export interface ListedTurnProject {
  /** Metered's ID of the project (`_id`), 24 hex digits. */
  readonly id: string;
  /** The project's name. */
  readonly projectName: string;
  /** How much data its credentials may relay in a billing period, in bytes. 0 means no quota. */
  readonly quotaInBytes?: number;
  /** What happens when the quota is used up. */
  readonly quotaExceededAction?: string;
  /** Email addresses that are notified when the quota is used up. */
  readonly notificationEmails?: string[];
  /** When the project was created, ISO 8601 in UTC. */
  readonly created?: string;
}

/** The TURN projects of the app. */
export interface GetTurnProjectsResult {
  /** The Metered app. */
  readonly appName: string;
  /** The projects, in Metered's order. */
  readonly projects: ListedTurnProject[];
}

const lookup: Lookup<GetTurnProjectsArgs, GetTurnProjectsResult> = objectLookup("getTurnProjects", []);

/**
 * Looks up the TURN projects of the app, also in previews. Their keys and webhooks, which may contain a token, are left out.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const found = metered.getTurnProjects();
 * export const names = found.then(({ projects }) => projects.map(({ projectName }) => projectName));
 * ```
 * @throws RunError with the cause as its `name`, see {@link getMeetingRoom}
 */
export function getTurnProjects(
  args: GetTurnProjectsArgs = {},
  opts: InvokeOptions = {},
): Promise<GetTurnProjectsResult> {
  return lookUp(lookup, args, opts);
}

/**
 * The same with Outputs. The result is unknown in a preview while an argument is unknown: see {@link getMeetingRoomOutput}.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * export const projects = metered.getTurnProjectsOutput().projects;
 * ```
 */
export function getTurnProjectsOutput(
  args: GetTurnProjectsOutputArgs = {},
  opts: InvokeOutputOptions = {},
): Output<GetTurnProjectsResult> {
  return lookUpOutput(lookup, args, opts);
}
