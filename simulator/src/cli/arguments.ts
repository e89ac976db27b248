import { parseArgs } from "node:util";
import { defaults } from "../defaults";
import type { SimulatorOptions } from "../start";
import { nearest } from "./nearest";

/** The sentence that a person reads when the arguments make no sense. */
export class UsageError extends Error {}

export type Command =
  | { readonly do: "start"; readonly options: SimulatorOptions }
  | { readonly do: "help" | "helpSwitches" | "version" };

const options = {
  port: { type: "string" },
  host: { type: "string" },
  "allow-host": { type: "string", multiple: true },
  app: { type: "string" },
  "secret-key": { type: "string" },
  data: { type: "string" },
  latency: { type: "string" },
  profile: { type: "string" },
  set: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

type OptionName = keyof typeof options;

/** What the arguments ask for. */
export function readArguments(args: readonly string[]): Command {
  const parsed = parseArgs({ args: joined(args), options, allowPositionals: true, strict: false, tokens: true });
  const topics: string[] = [];
  for (const token of parsed.tokens) {
    if (token.kind === "option") checkOption(token);
    else if (token.kind === "positional") topics.push(token.value);
  }
  const values = parsed.values as Values;
  const [topic] = topics;
  if (values.help && (topic === undefined || topic === "switches")) {
    return { do: topic === undefined ? "help" : "helpSwitches" };
  }
  if (topic === "help" || topic === "version") return { do: topic };
  if (topic !== undefined)
    throw new UsageError(`Unexpected argument "${topic}". metered-simulator takes options only.`);
  return values.version ? { do: "version" } : { do: "start", options: optionsFrom(values) };
}

type Values = { readonly [N in OptionName]?: (typeof options)[N] extends { type: "boolean" } ? boolean : string } & {
  readonly set?: readonly string[];
  readonly "allow-host"?: readonly string[];
};

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  if (!isOption(name)) {
    const meant = nearest(name, Object.keys(options));
    throw new UsageError(`Unknown option ${rawName}.${meant === undefined ? "" : ` Did you mean --${meant}?`}`);
  }
  const takesValue = options[name].type === "string";
  const isAnotherOption = value?.startsWith("-") === true && inlineValue === false;
  if (takesValue && (value === undefined || isAnotherOption)) throw new UsageError(`${rawName} needs a value.`);
  if (!takesValue && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
}

// `--latency -5` means minus five, which deserves an answer of its own. Node would call it ambiguous.
function joined(args: readonly string[]): string[] {
  const result: string[] = [];
  for (const arg of args) {
    const last = result.at(-1);
    if (last?.startsWith("--") && !last.includes("=") && /^-\d/.test(arg)) result[result.length - 1] = `${last}=${arg}`;
    else result.push(arg);
  }
  return result;
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

function optionsFrom(values: Values): SimulatorOptions {
  const app = values.app ?? defaults.app;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(app)) {
    throw new UsageError(`--app "${app}" can't be a subdomain: use lowercase letters, digits and hyphens.`);
  }
  if (values["secret-key"] === "") throw new UsageError("--secret-key must not be empty.");
  return {
    app,
    secretKey: values["secret-key"],
    port: readInteger("port", values.port, 65535),
    host: values.host,
    allowedHosts: values["allow-host"],
    latencyMs: readInteger("latency", values.latency, 3_600_000),
    data: values.data,
    profile: values.profile,
    switches: Object.fromEntries((values.set ?? []).map(readSetting)),
  };
}

function readInteger(name: OptionName, text: string | undefined, limit: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^-\d+$/.test(text)) throw new UsageError(`--${name} must be 0 or more, not ${text}.`);
  if (!/^\d+$/.test(text) || Number(text) > limit) {
    throw new UsageError(`--${name} must be an integer from 0 to ${limit}, not "${text}".`);
  }
  return Number(text);
}

function readSetting(text: string): [string, string] {
  const split = text.indexOf("=");
  if (split < 1) throw new UsageError(`--set "${text}" must be SWITCH=VALUE.`);
  return [text.slice(0, split), text.slice(split + 1)];
}
