import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import { type Input, type Output, secret } from "@pulumi/pulumi/output";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";
import { objectLookup } from "./objectLookup";

export interface GetTurnCredentialsArgs {
  /** Return only credentials of this TURN project. Default: those of the app. */
  projectId?: string | undefined;
  /** Return only credentials with this label. */
  label?: string | undefined;
  /** Also return expired credentials. Default: false. */
  includeExpired?: boolean | undefined;
}

export interface GetTurnCredentialsOutputArgs {
  /** Return only credentials of this TURN project. Default: those of the app. */
  projectId?: Input<string | undefined>;
  /** Return only credentials with this label. */
  label?: Input<string | undefined>;
  /** Also return expired credentials. Default: false. */
  includeExpired?: Input<boolean | undefined>;
}

/** A TURN credential as Metered lists it. */
export interface ListedTurnCredential {
  /** The username for the TURN servers. */
  readonly username: string;
  /** The password for the TURN servers. */
  readonly password: string;
  /** A key that a web page can use to fetch the ICE servers. */
  readonly apiKey: string;
  /** The credential's name in Metered's dashboard. */
  readonly label?: string;
  /** How long the credential works, in seconds, counted from its creation. Not set if it never expires. */
  readonly expiryInSeconds?: number;
  /** Whether it has expired. */
  readonly expired: boolean;
}

/** TURN credentials as Metered lists them. */
export interface GetTurnCredentialsResult {
  /** The Metered app. */
  readonly appName: string;
  /** The credentials, in Metered's order. */
  readonly credentials: ListedTurnCredential[];
}

const lookup: Lookup<GetTurnCredentialsArgs, GetTurnCredentialsResult> = objectLookup("getTurnCredentials", []);

/**
 * Looks up TURN credentials, also in previews, from all pages of Metered's list. Plans without a list fail with `PlanLimit`.
 *
 * The result contains credentials in plaintext: don't export or log it. {@link getTurnCredentialsOutput} returns it as a secret.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const found = metered.getTurnCredentials({ label: "app" });
 * export const count = found.then(({ credentials }) => credentials.length);
 * ```
 * @throws RunError with the cause as its `name`, see {@link getMeetingRoom}
 */
export function getTurnCredentials(
  args: GetTurnCredentialsArgs = {},
  opts: InvokeOptions = {},
): Promise<GetTurnCredentialsResult> {
  return lookUp(lookup, args, opts);
}

/**
 * The same with Outputs. The result is a secret, and unknown in a preview while an argument is unknown: see {@link getMeetingRoomOutput}.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const project = new metered.TurnProject("calls", { projectName: "calls" });
 * const found = metered.getTurnCredentialsOutput({ projectId: project.id });
 * export const labels = found.credentials.apply((all) => all.map(({ label }) => label));
 * ```
 */
export function getTurnCredentialsOutput(
  args: GetTurnCredentialsOutputArgs = {},
  opts: InvokeOutputOptions = {},
): Output<GetTurnCredentialsResult> {
  return secret(lookUpOutput(lookup, args, opts));
}
