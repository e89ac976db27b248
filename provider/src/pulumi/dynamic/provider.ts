import { all, type Input, Output, output, secret, unsecret } from "@pulumi/pulumi/output";
import { ProviderResource, type ResourceOptions } from "@pulumi/pulumi/resource";
import { butIs, nearest } from "../../schema/given";
import { CONFIGURATION_KEYS } from "../configurationKeys";
import { argumentsOf, failure } from "./program";

export interface ProviderArgs {
  /** Name of the Metered app: the first part of its address, `<appName>.metered.live`. */
  appName: Input<string>;
  /** Secret key of the app (Metered dashboard, Developers). Always stored as a secret. */
  secretKey: Input<string>;
  /** URL of another server with Metered's API, such as the mock server. `http:` works for this machine only. Default: `https://<appName>.metered.live`. */
  endpoint?: Input<string | undefined>;
  /** Adopt an existing room with the same name instead of failing. Default: false. */
  adoptExisting?: Input<boolean | undefined>;
  /** Maximum number of concurrent requests. Default: 16. */
  maxConcurrentRequests?: Input<number | undefined>;
  /** Timeout for a single request, in seconds. Default: 30. */
  timeoutSeconds?: Input<number | undefined>;
  /** How long to keep retrying an operation, in seconds. Default: 120. */
  retrySeconds?: Input<number | undefined>;
}

/** Not the copy of this package counts, but what the provider is: a program may hold several copies. */
const INPUTS = Symbol.for("pulumi-metered.Provider.inputs");

/**
 * A Metered account, for stacks that use more than one. Pass it to rooms and functions as the option `provider`.
 *
 * It uses only its own inputs, and ignores the stack's configuration and the environment. You can change every input but
 * `appName` in place. Changing `appName` is an error, because rooms can't be moved between apps.
 *
 * @throws RunError if `appName` or `secretKey` is missing
 * @see docs/reference/provider.md
 */
export class Provider extends ProviderResource {
  /** For lookups, which the program makes itself. That the key is secret makes no lookup's result secret. */
  readonly [INPUTS]: () => Output<ProviderInputs>;

  constructor(name: string, args: ProviderArgs, opts?: ResourceOptions) {
    const given = argumentsOf(`metered.Provider "${name}"`, args);
    for (const [key, value] of Object.entries(given)) refuseInput(name, key, value);
    for (const key of ["appName", "secretKey"]) {
      if ((given[key] ?? undefined) === undefined)
        throw failure(`metered.Provider "${name}" has no ${key}: give it both appName and secretKey.`);
    }
    const { secretKey, ...rest } = args;
    const properties = Object.entries(rest).filter(([, value]) => (value ?? undefined) !== undefined);
    const inputs = {
      ...Object.fromEntries(properties.map(([key, value]) => [`metered:${key}`, output(value).apply(asText)])),
      // Tells the provider process that it is an explicit one, and its name for messages.
      "metered:provider": name,
    };
    // The package is that of Pulumi's dynamic resources, whose process serves the rooms.
    const key = output(secretKey).apply(asText);
    super("pulumi-nodejs", name, { ...inputs, "metered:secretKey": secret(key) }, opts);
    this[INPUTS] = () => all({ ...inputs, "metered:secretKey": unsecret(key) });
  }
}

export type ProviderInputs = Readonly<Record<string, string | undefined>>;

/** What the account of a {@link Provider} is, or undefined for a provider of another kind. */
export function inputsOf(provider: ProviderResource): Output<ProviderInputs> | undefined {
  return (provider as Partial<Provider>)[INPUTS]?.();
}

/** An input that there is no place for, or that can't be a text. */
function refuseInput(name: string, key: string, value: unknown): void {
  const provider = `metered.Provider "${name}"`;
  if (!CONFIGURATION_KEYS.includes(key)) {
    const meant = nearest(key, CONFIGURATION_KEYS);
    const hint = meant === undefined ? `its inputs are ${CONFIGURATION_KEYS.join(", ")}` : `did you mean ${meant}?`;
    throw failure(`${provider}: ${key} is not an input: ${hint}`);
  }
  const isLater = Output.isInstance(value) || value instanceof Promise;
  if (typeof value === "function" || (typeof value === "object" && value !== null && !isLater))
    throw failure(`${provider}: ${key} must be a string, a number or a boolean${butIs(value)}.`);
}

/** Provider inputs are texts. What can't be one counts as none. */
function asText(value: unknown): string | undefined {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}
