import type { Account } from "../api/account";
import type { MeteredClient } from "../api/client";
import { KEY_IN_CLEAR } from "../core/secretKey";
import { type Reader, readConfiguration } from "../runtime/configuration";
import { CommandError } from "./exit";
import { findProject, type Project } from "./project";
import { Pulumi, parseJson } from "./pulumi";
import { nameIn, parseStack, providersIn, readerOf, type StackResource, type StackState } from "./stackState";
import type { Terminal } from "./terminal";

/** One value of the stack's configuration, as `pulumi config --json` prints it. */
interface ConfigValue {
  readonly value?: string;
  readonly secret: boolean;
}

type StackConfig = Readonly<Record<string, ConfigValue>>;

/** The stack that a command works with. */
export interface Stack {
  readonly project: Project;
  readonly pulumi: Pulumi;
  readonly config: StackConfig;
  readonly state: StackState;
}

/** An account, and the stack whose it is; without a stack where the environment alone says so. */
export interface Connection {
  readonly account: Account;
  readonly client: MeteredClient;
  readonly stack: Stack | undefined;
  /** The explicit `metered.Provider` that the account was taken from. */
  readonly provider: StackResource | undefined;
}

export interface StackConnection extends Connection {
  readonly stack: Stack;
}

export interface AccountOptions {
  readonly stack?: string | undefined;
  /** Name or URN of a `metered.Provider`. */
  readonly provider?: string | undefined;
}

/** The stack of the project that the working folder belongs to, read through Pulumi's command line. */
export async function openStack(terminal: Terminal, project: Project, options: AccountOptions): Promise<Stack> {
  const pulumi = new Pulumi(terminal, project.folder, options.stack);
  // The secrets of the whole stack are shown for a provider's key only, and stay in memory.
  const withSecrets = options.provider === undefined ? [] : ["--show-secrets"];
  const [config, state] = await Promise.all([
    pulumi.expectOnStack(["config", "--show-secrets", "--json"]),
    pulumi.expectOnStack(["stack", "export", ...withSecrets]),
  ]);
  const values = parseJson<StackConfig>(config.stdout, "pulumi config");
  return { project, pulumi, config: values, state: parseStack(state.stdout) };
}

/**
 * The account of a stack: of its configuration, of a provider in it, or of the environment.
 *
 * @throws CommandError outside of a project, and with everything that is wrong with the configuration
 */
export async function connectStack(terminal: Terminal, options: AccountOptions): Promise<StackConnection> {
  const project = findProject(terminal.cwd);
  if (!project) throw noProject(terminal.cwd);
  const stack = await openStack(terminal, project, options);
  if (options.provider === undefined) {
    refuseKeyInClear(stack.config);
    return { ...reach(terminal, (key) => stack.config[key]?.value), stack, provider: undefined };
  }
  const provider = providerIn(stack.state, options.provider);
  return { ...reach(terminal, readerOf(provider)), stack, provider };
}

/** The same, where there is a project; elsewhere the account that the environment alone names. */
export async function connect(terminal: Terminal, options: AccountOptions): Promise<Connection> {
  const isAboutStack = options.stack !== undefined || options.provider !== undefined;
  if (isAboutStack || findProject(terminal.cwd)) return connectStack(terminal, options);
  return { ...reach(terminal, () => undefined), stack: undefined, provider: undefined };
}

function reach(terminal: Terminal, read: Reader): Pick<Connection, "account" | "client"> {
  const configured = readConfiguration(read, terminal.env);
  if ("problems" in configured) throw new CommandError(configured.problems.join("\n"));
  terminal.keepSecret(configured.account.secretKey);
  return { account: configured.account, client: terminal.connect(configured.account) };
}

/** @throws CommandError for a key that Pulumi would write into the state in clear */
function refuseKeyInClear(config: StackConfig): void {
  if (config["metered:secretKey"]?.secret === false) throw new CommandError(KEY_IN_CLEAR);
}

function providerIn(state: StackState, wanted: string): StackResource {
  const providers = providersIn(state);
  const found = providers.filter(({ urn }) => urn === wanted || nameIn(urn) === wanted);
  if (found[0] && found.length === 1) return found[0];
  const known = providers.map(({ urn }) => (found.length > 1 ? urn : nameIn(urn))).join(", ");
  if (found.length > 1)
    throw new CommandError(`The stack has several providers "${wanted}"; give the URN of one: ${known}.`);
  throw new CommandError(
    `The stack has no metered.Provider "${wanted}"${known ? `; it has ${known}` : ""}. ` +
      "Declare it in the program and run pulumi up: its app and key are then read from the stack.",
  );
}

function noProject(folder: string): CommandError {
  return new CommandError(
    `There is no Pulumi.yaml in ${folder} or above: run this in the folder of your Pulumi program.`,
  );
}
