import { all, type Input, type Output, output, secret, unsecret } from "@pulumi/pulumi/output";
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

/** Not the copy of this package counts, but what the provider is: a program may hold several copies. */
const INPUTS = Symbol.for("pulumi-metered.Provider.inputs");

/**
 * A Metered account, for stacks with several: pass it to rooms as the option `provider`. Everything comes from its
 * arguments, nothing from the stack's configuration or the environment. Changing the key updates it in place; rooms
 * refuse to work when `appName` changes, since they would be another app's.
 *
 * @throws RunError when `appName` or `secretKey` is missing
 */
export class Provider extends ProviderResource {
  /** For lookups, which the program makes itself. That the key is secret makes no lookup's result secret. */
  readonly [INPUTS]: () => Output<ProviderInputs>;

  constructor(name: string, args: ProviderArgs, opts?: ResourceOptions) {
    for (const key of ["appName", "secretKey"] as const) {
      if (args?.[key] === undefined)
        throw failure(`metered.Provider "${name}" has no ${key}: give it both appName and secretKey.`);
    }
    const { secretKey, ...rest } = args;
    const properties = Object.entries(rest).filter(([, value]) => value !== undefined);
    const inputs = {
      ...Object.fromEntries(properties.map(([key, value]) => [`metered:${key}`, output(value).apply(asText)])),
      // Tells the provider process that it is an explicit one, and its name for messages.
      "metered:provider": name,
    };
    // The package is that of Pulumi's dynamic resources, whose process serves the rooms.
    super("pulumi-nodejs", name, { ...inputs, "metered:secretKey": secret(secretKey) }, opts);
    this[INPUTS] = () => all({ ...inputs, "metered:secretKey": unsecret(output(secretKey)) });
  }
}

export type ProviderInputs = Readonly<Record<string, string | undefined>>;

/** What the account of a {@link Provider} is, or undefined for a provider of another kind. */
export function inputsOf(provider: ProviderResource): Output<ProviderInputs> | undefined {
  return (provider as Partial<Provider>)[INPUTS]?.();
}

/** Provider inputs are texts. */
function asText(value: string | number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
