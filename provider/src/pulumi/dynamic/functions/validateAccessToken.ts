import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";
import { objectLookup } from "./objectLookup";

export interface ValidateAccessTokenArgs {
  /** The access token. */
  token: string;
}

export interface ValidateAccessTokenOutputArgs {
  /** The access token. */
  token: Input<string>;
}

/** Whether a token is accepted. */
export interface ValidateAccessTokenResult {
  /** Whether Metered accepts the token right now. */
  readonly valid: boolean;
}

const lookup: Lookup<ValidateAccessTokenArgs, ValidateAccessTokenResult> = objectLookup("validateAccessToken", [
  "token",
]);

/**
 * Asks Metered whether it accepts an access token right now, also in previews. It doesn't need the secret key.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const checked = metered.validateAccessToken({ token: process.env.TOKEN ?? "" });
 * export const isValid = checked.then(({ valid }) => valid);
 * ```
 * @throws RunError with the cause as its `name`, see {@link getMeetingRoom}
 */
export function validateAccessToken(
  args: ValidateAccessTokenArgs,
  opts: InvokeOptions = {},
): Promise<ValidateAccessTokenResult> {
  return lookUp(lookup, args, opts);
}

/**
 * The same with Outputs. The result is unknown in a preview while an argument is unknown: see {@link getMeetingRoomOutput}.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const guest = new metered.AccessToken("guest", { globalToken: true });
 * export const isValid = metered.validateAccessTokenOutput({ token: guest.token }).valid;
 * ```
 */
export function validateAccessTokenOutput(
  args: ValidateAccessTokenOutputArgs,
  opts: InvokeOutputOptions = {},
): Output<ValidateAccessTokenResult> {
  return lookUpOutput(lookup, args, opts);
}
