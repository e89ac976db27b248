import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import * as log from "@pulumi/pulumi/log";
import { all, type Input, type Output, output } from "@pulumi/pulumi/output";
import { getConfig } from "@pulumi/pulumi/runtime/config";
import { rpcKeepAlive } from "@pulumi/pulumi/runtime/settings";
import { meetingRoom } from "../../../rooms/meetingRoom";
import type { RoomType } from "../../../rooms/roomType";
import type { Lookups, Standpoint } from "../../lookups";
import type { Errand } from "../../process";
import { packageTokenOf, tokenOf } from "../../tokens";
import type { Viewpoint } from "../../words/viewpoint";
import { argumentsOf, failure, isMocked, refuseConfiguration, runOfProgram } from "../program";
import { inputsOf, type ProviderInputs } from "../provider";
import { idsBehind, knownValue, settled } from "./outputs";

/** One kind of lookup. */
export interface Lookup<Args extends object, Result> {
  /** The function's name in a program; its Output form has `Output` behind it. */
  readonly name: string;
  ask(lookups: Lookups, args: Args, from: Standpoint): Promise<Result>;
}

/** The lookup of one room, of some kind, by its name. */
export function roomLookup<Result>(name: string, type: RoomType): Lookup<{ roomName: string }, Result> {
  return {
    name,
    ask: (lookups, { roomName }, from) => {
      if (typeof roomName !== "string" || roomName === "") {
        throw failure(`${name} needs a roomName, as a string. (${name}Output takes an Output as well.)`);
      }
      // The type and the result are made from the same table.
      return lookups.room(type, roomName, from) as Promise<object> as Promise<Result>;
    },
  };
}

/** The form that takes and gives plain values. */
export function lookUp<Args extends object, Result>(
  lookup: Lookup<Args, Result>,
  args: Args,
  opts: InvokeOptions,
): Promise<Result> {
  return keptAlive(async () => {
    if (isMocked()) return mocked().invoke(packageTokenOf(lookup), { ...args }, opts);
    refuseConfiguration();
    const account = accountOf(lookup, opts);
    const inputs = account && (await knownValue(account));
    if (account && !inputs) {
      throw failure(
        `${lookup.name}: its provider has values that this preview doesn't know yet. ` +
          `Use ${lookup.name}Output instead, whose result is then unknown as well.`,
      );
    }
    return ask(lookup, args, inputs, []);
  });
}

/**
 * The form that takes and gives Outputs. The result is unknown as long as an argument, a value of the provider or the
 * id of a resource behind them is, and secret when an argument is.
 */
export function lookUpOutput<Args extends object, Result>(
  lookup: Lookup<Args, Result>,
  args: { readonly [Name in keyof Args]: Input<Args[Name]> },
  opts: InvokeOutputOptions,
): Output<Result> {
  if (isMocked()) return mocked().invokeOutput<Result>(packageTokenOf(lookup), { ...args }, opts);
  refuseConfiguration();
  const given = output({ args, inputs: accountOf(lookup, opts) }) as Output<{ args: Args; inputs?: ProviderInputs }>;
  const found = all([given, idsBehind(given, opts.dependsOn)]).apply(([{ args, inputs }, after]) =>
    ask(lookup, args as Args, inputs, after),
  ) as Output<Result>;
  void keptAlive(() => settled(found));
  return found;
}

/** What the account is, where a provider is given, itself or with the parent. */
function accountOf(lookup: { readonly name: string }, opts: InvokeOptions): Output<ProviderInputs> | undefined {
  const provider = opts.provider ?? opts.parent?.getProvider(tokenOf(meetingRoom));
  if (provider === undefined) return undefined;
  const inputs = inputsOf(provider);
  if (inputs === undefined) {
    throw failure(`${lookup.name}: its provider, given or inherited from the parent, must be a metered.Provider.`);
  }
  return inputs;
}

function ask<Args extends object, Result>(
  lookup: Lookup<Args, Result>,
  args: Args,
  inputs: ProviderInputs | undefined,
  after: readonly string[],
): Promise<Result> {
  const configuration = inputs === undefined ? getConfig : (key: string) => inputs[key];
  const from = { configuration, after, options: { tell: tellOf(configuration) } };
  return shortly(from, async () => {
    const given = argumentsOf(lookup.name, args);
    refuseArguments(lookup.name, given);
    return lookup.ask(lookupsOfRun(), given as Args, from);
  });
}

/** @throws RunError */
function refuseArguments(name: string, given: Readonly<Record<string, unknown>>): void {
  const { argumentProblem } = require("../../lookupArguments") as typeof import("../../lookupArguments");
  const problem = argumentProblem(name, given);
  if (problem === undefined) return;
  const isPerhapsOutput = Object.values(given).some((value) => typeof value === "object" && value !== null);
  throw failure(isPerhapsOutput ? `${problem}. (${name}Output takes an Output as well.)` : problem);
}

/** A lookup that waits says so at the stack, whose account the words are about. */
function tellOf(configuration: Standpoint["configuration"]): Errand["tell"] {
  return (note) => {
    const { sayNote } = require("../../words/notes") as typeof import("../../words/notes");
    void log.info(sayNote(note, viewpointOf(configuration)));
  };
}

function viewpointOf(configuration: Standpoint["configuration"]): Viewpoint {
  const { accountSource } = require("../../process") as typeof import("../../process");
  return { face: "dynamic", account: accountSource(configuration) };
}

/** Errors of Metered or the configuration as Pulumi shows them best, with the cause as their name. */
async function shortly<T>(from: Standpoint, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { MeteredError } = require("../../../errors") as typeof import("../../../errors");
    if (!(error instanceof MeteredError)) throw error;
    const { sayError } = require("../../words/errors") as typeof import("../../words/errors");
    throw failure(sayError(error.facts, viewpointOf(from.configuration)), error.name);
  }
}

const runs = new WeakMap<object, Lookups>();

/** The client is loaded at the first lookup only, and programs that share a process (Automation API) share no answers. */
function lookupsOfRun(): Lookups {
  const run = runOfProgram();
  const { Lookups } = require("../../lookups") as typeof import("../../lookups");
  const lookups = runs.get(run) ?? new Lookups();
  runs.set(run, lookups);
  return lookups;
}

function mocked() {
  return require("@pulumi/pulumi/runtime/invoke") as typeof import("@pulumi/pulumi/runtime/invoke");
}

/** As long as a lookup is under way, what depends on it may still be registered. */
async function keptAlive<T>(work: () => Promise<T>): Promise<T> {
  const done = rpcKeepAlive();
  try {
    return await work();
  } finally {
    done();
  }
}
