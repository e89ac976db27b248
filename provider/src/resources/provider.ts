import { type Input, output, secret } from "@pulumi/pulumi/output";
import { ProviderResource, type ResourceOptions } from "@pulumi/pulumi/resource";
import { failure } from "./failure";

export interface ProviderArgs {
  /** The name of the Metered app, the first part of its address `<appName>.metered.live`. */
  appName: Input<string>;
  /** The app's secret key (dashboard, Developers). Always kept as a secret. */
  secretKey: Input<string>;
  /** The address of another server that speaks Metered's API. Default: `https://<appName>.metered.live`. */
  endpoint?: Input<string | undefined>;
  /** Rooms that exist already are taken over instead of being an error. Default: false. */
  adoptExisting?: Input<boolean | undefined>;
  /** How many requests may be under way at once, 1 or more. Default: 16. */
  maxConcurrentRequests?: Input<number | undefined>;
  /** How long one try of a request may take, in seconds. Default: 30. */
  timeoutSeconds?: Input<number | undefined>;
  /** How long an operation goes on trying, in seconds. Default: 120. */
  retrySeconds?: Input<number | undefined>;
}

/**
 * A Metered account, for stacks with several: pass it to rooms as the option `provider`. Everything comes from its
 * arguments, nothing from the stack's configuration or the environment. Changing the key updates it in place; rooms
 * refuse to work when `appName` changes, since they would be another app's.
 *
 * @throws RunError when `appName` or `secretKey` is missing
 */
export class Provider extends ProviderResource {
  constructor(name: string, args: ProviderArgs, opts?: ResourceOptions) {
    for (const key of ["appName", "secretKey"] as const) {
      if (args?.[key] === undefined)
        throw failure(`metered.Provider "${name}" has no ${key}: give it both appName and secretKey.`);
    }
    const { secretKey, ...rest } = args;
    const properties = Object.entries(rest).filter(([, value]) => value !== undefined);
    super(
      // The package of Pulumi's dynamic resources, whose process serves the rooms.
      "pulumi-nodejs",
      name,
      {
        ...Object.fromEntries(properties.map(([key, value]) => [`metered:${key}`, output(value).apply(asText)])),
        "metered:secretKey": secret(secretKey),
        // Tells the provider process that it is an explicit one, and its name for messages.
        "metered:provider": name,
      },
      opts,
    );
  }
}

/** Provider inputs are texts. */
function asText(value: string | number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
