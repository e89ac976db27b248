/** What a program has to be run with, and how it is told that it can't go on. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { RunError } from "@pulumi/pulumi/errors";
import { Output } from "@pulumi/pulumi/output";
import * as stackConfig from "@pulumi/pulumi/runtime/config";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import type { ConfigurationProblem } from "../../errors";
import { misspelledKey } from "../configurationKeys";
import { isOwnKey } from "../state";

/**
 * The error that ends a program with its message alone. It has no stack: Pulumi prints it in colours before it looks at
 * the error's kind, and Node 20 loops there until it is out of memory when a line of the stack is like
 * `node_modules/@pulumi/resource.ts`, as in every program that exports an async function.
 */
export function failure(message: string, name = "RunError"): RunError {
  return Object.assign(new RunError(message), { name, stack: `${name}: ${message}` });
}

/**
 * The arguments that a program gives. None are as an empty object, so that what is missing is told like all else; what has
 * no arguments in it is refused here, since nothing later could tell what was meant.
 *
 * @param what takes them: `metered.MeetingRoom "standup"`
 * @throws RunError
 */
export function argumentsOf(what: string, args: unknown): Readonly<Record<string, unknown>> {
  if (args === undefined || args === null) return {};
  const kind = Output.isInstance(args)
    ? "an Output"
    : args instanceof Promise
      ? "a Promise"
      : Array.isArray(args)
        ? "an array"
        : `a ${typeof args}`;
  if (kind !== "a object")
    throw failure(`${what} takes its arguments as an object with a property for each, not as ${kind}.`);
  return args as Readonly<Record<string, unknown>>;
}

/**
 * The arguments of a resource. Pulumi's SDK would drop some without a word, and stumble over others, before the provider
 * could judge them.
 *
 * @throws RunError
 */
export function resourceArgumentsOf(what: string, args: unknown): Readonly<Record<string, unknown>> {
  const given = argumentsOf(what, args);
  for (const [key, value] of Object.entries(given)) {
    if (key === "id" || key === "urn" || isOwnKey(key)) throw failure(`${what}: ${key} is not an input: leave it out.`);
    if (typeof value === "function") throw failure(`${what}: ${key} can't be a function: give it a value.`);
  }
  return given;
}

/** Whether the program runs in a unit test with Pulumi's mocks, where resources and lookups are mocked like all else. */
export function isMocked(): boolean {
  const monitor: object | undefined = getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

/** What stands for one run of a program: several of them may share a process (Automation API). */
export function runOfProgram(): object {
  const { asyncLocalStorage } = globalThis as { asyncLocalStorage?: { getStore(): object | undefined } };
  return asyncLocalStorage?.getStore() ?? globalThis;
}

/**
 * Whoever puts the key into the stack's configuration must encrypt it there: the file is shared, and Pulumi copies the
 * configuration into the state. And a key that is misspelled would have no effect.
 *
 * @throws RunError
 */
export function refuseConfiguration(): void {
  const misspelled = misspelledKey(Object.keys(stackConfig.allConfig()).flatMap(ownKey));
  const problem: ConfigurationProblem | undefined = isPlaintext("metered:secretKey")
    ? { problem: "key in plaintext" }
    : misspelled && { problem: "misspelled key", ...misspelled };
  if (!problem) return;
  // Loaded only where there is something to say.
  const { sayProblem } = require("../words/configuration") as typeof import("../words/configuration");
  throw failure(sayProblem(problem, { face: "dynamic", account: { kind: "stack" } }));
}

function ownKey(key: string): string[] {
  return key.startsWith("metered:") ? [key.slice("metered:".length)] : [];
}

/** Pulumi knows which configuration is secret, but its types do not show the function. */
function isPlaintext(key: string): boolean {
  const { allConfig, isConfigSecret }: typeof stackConfig & { isConfigSecret?(key: string): boolean } = stackConfig;
  return key in allConfig() && isConfigSecret?.(key) === false;
}

let isEnvironmentChecked = false;

/** Once per program: Pulumi loads the provider from the program's folder, with Node and from node_modules. */
export function refuseEnvironment(): void {
  if (isEnvironmentChecked) return;
  if ("bun" in process.versions) {
    throw failure(
      "pulumi-metered cannot run under Bun, which has no dynamic providers. Set runtime: nodejs in Pulumi.yaml.",
    );
  }
  if ("pnp" in process.versions) {
    throw failure(
      "pulumi-metered cannot run under Yarn Plug'n'Play: Pulumi loads dynamic providers from node_modules. Set nodeLinker: node-modules in .yarnrc.yml and run yarn install.",
    );
  }
  try {
    // Not with our own `require`, which always finds its own package.
    createRequire(join(process.cwd(), "program.js")).resolve("pulumi-metered/runtime");
  } catch {
    throw failure(
      `pulumi-metered must be a direct dependency of the Pulumi program, because Pulumi loads it from there: run npm install pulumi-metered in ${process.cwd()}.`,
    );
  }
  isEnvironmentChecked = true;
}

/** Pulumi's Output, with a parameter that its types don't show: whether `work` is also asked where parts aren't known yet. */
interface Appliable<Work> {
  apply(work: Work, runWithUnknowns: boolean): unknown;
}

/** As Pulumi's own property access does: what is known of a value in a preview stays known, whatever else isn't. */
export function whateverIsKnown<T>(value: Output<T>, work: (value: T) => unknown): unknown {
  const appliable: Appliable<typeof work> = value;
  return appliable.apply(work, true);
}
