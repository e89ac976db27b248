import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import { type Input, type Output, secret } from "@pulumi/pulumi/output";
import type { IceServer } from "../../../turn/api";
import { type Lookup, lookUp, lookUpOutput } from "./lookup";
import { objectLookup } from "./objectLookup";

export interface GetIceServersArgs {
  /** The `apiKey` of a TURN credential. */
  apiKey: string;
  /** Return only servers in this region, such as `europe`. Default: Metered's choice. */
  region?: string | undefined;
}

export interface GetIceServersOutputArgs {
  /** The `apiKey` of a TURN credential. */
  apiKey: Input<string>;
  /** Return only servers in this region, such as `europe`. Default: Metered's choice. */
  region?: Input<string | undefined>;
}

/** What a browser needs to use the TURN servers. */
export interface GetIceServersResult {
  /** The list that `RTCPeerConnection` takes as `iceServers`, with username and password. */
  readonly iceServers: IceServer[];
}

const lookup: Lookup<GetIceServersArgs, GetIceServersResult> = objectLookup("getIceServers", ["apiKey"]);

/**
 * Looks up the ICE servers of a TURN credential by the credential's own key, also in previews. It doesn't need the secret key.
 *
 * The result contains credentials in plaintext: don't export or log it. {@link getIceServersOutput} returns it as a secret.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const found = metered.getIceServers({ apiKey: process.env.TURN_API_KEY ?? "" });
 * export const servers = found.then(({ iceServers }) => iceServers.length);
 * ```
 * @throws RunError with the cause as its `name`, see {@link getMeetingRoom}
 */
export function getIceServers(args: GetIceServersArgs, opts: InvokeOptions = {}): Promise<GetIceServersResult> {
  return lookUp(lookup, args, opts);
}

/**
 * The same with Outputs. The result is a secret, and unknown in a preview while an argument is unknown: see {@link getMeetingRoomOutput}.
 *
 * @example
 * ```ts
 * import * as metered from "pulumi-metered";
 *
 * const turn = new metered.TurnCredential("app", { label: "app" });
 * const found = metered.getIceServersOutput({ apiKey: turn.apiKey, region: "europe" });
 * export const iceServers = found.iceServers;
 * ```
 */
export function getIceServersOutput(
  args: GetIceServersOutputArgs,
  opts: InvokeOutputOptions = {},
): Output<GetIceServersResult> {
  return secret(lookUpOutput(lookup, args, opts));
}
