import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import { type Input, type Output, secret } from "@pulumi/pulumi/output";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";
import { objectLookup } from "./objectLookup";

export interface GetTurnCredentialsArgs {
  /** Only those of this TURN project. Default: those of the app. */
  projectId?: string | undefined;
  /** Only those with this label. */
  label?: string | undefined;
  /** Expired ones as well. Default: false. */
  includeExpired?: boolean | undefined;
}

export interface GetTurnCredentialsOutputArgs {
  /** Only those of this TURN project. Default: those of the app. */
  projectId?: Input<string | undefined>;
  /** Only those with this label. */
  label?: Input<string | undefined>;
  /** Expired ones as well. Default: false. */
  includeExpired?: Input<boolean | undefined>;
}

/** A TURN credential as Metered lists it. */
export interface ListedTurnCredential {
  /** The username for the TURN servers. */
  readonly username: string;
  /** The password for the TURN servers. */
  readonly password: string;
  /** A key with which a web page can fetch the ICE servers itself. */
  readonly apiKey: string;
  /** What the credential is called. */
  readonly label?: string;
  /** How long the credential works, in seconds, counted from its creation. Not set: it never expires. */
  readonly expiryInSeconds?: number;
  /** Whether it has expired. */
  readonly expired: boolean;
}

/** TURN credentials as Metered lists them. */
export interface GetTurnCredentialsResult {
  /** The Metered app that was asked. */
  readonly appName: string;
  /** In the order of Metered. */
  readonly credentials: ListedTurnCredential[];
}

const lookup: Lookup<GetTurnCredentialsArgs, GetTurnCredentialsResult> = objectLookup("getTurnCredentials", []);

/**
 * Looks up TURN credentials, in previews too: all pages of Metered's list. Plans without a list fail with `PlanLimit`.
 *
 * The result holds credentials in plaintext: don't export it or log it. {@link getTurnCredentialsOutput} gives it as a secret.
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
 * The same with Outputs. The result is a secret. Unknown in a preview as long as an argument is, see {@link getMeetingRoomOutput}.
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
