import { MeteredError } from "../errors";
import type { Account } from "../metered/account";
import type { MeteredClient } from "../metered/client";
import { type Reader, readConfiguration } from "../pulumi/configuration";
import { accountSource } from "../pulumi/process";
import { sayError } from "../pulumi/words/errors";
import type { Viewpoint } from "../pulumi/words/viewpoint";
import { shellWord } from "../pulumi/words/ways";
import { CommandError, Interrupted, UsageError } from "./exit";
import { findProject, type Project } from "./project";
import { Pulumi, parseJson } from "./pulumi";
import { secretRooms, setsWithSecretRooms } from "./secretRooms";
import { parseStack, providersIn, readerOf, type StackResource, type StackState } from "./stackState";
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

/** An account, and the stack that it belongs to, if there is a project. */
export interface Connection {
  readonly account: Account;
  readonly client: MeteredClient;
  /** Who reads an error about the account. */
  readonly from: Viewpoint;
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
  /** Outside a project, the server to call. */
  readonly endpoint?: string | undefined;
}

/** The stack of the project that the working folder belongs to, read with Pulumi's command line. */
export async function openStack(terminal: Terminal, project: Project, options: AccountOptions): Promise<Stack> {
  const pulumi = new Pulumi(terminal, options.stack);
  const [config, state] = await Promise.all([
    pulumi.expectOnStack(["config", "--show-secrets", "--json"]),
    exportWithRooms(pulumi, options.provider !== undefined),
  ]);
  const values = parseJson<StackConfig>(config.stdout, "pulumi config");
  return { project, pulumi, config: values, state };
}

/**
 * The stack's state, with the rooms of all sets: where those are a secret, with all secrets.
 *
 * @throws CommandError where only Pulumi's secrets tell which rooms a set has, and can't be had
 */
async function exportWithRooms(pulumi: Pulumi, withSecrets: boolean): Promise<StackState> {
  const state = await exportState(pulumi, { withSecrets });
  const sets = withSecrets ? [] : setsWithSecretRooms(state);
  if (sets.length === 0) return state;
  try {
    return await exportState(pulumi, { withSecrets: true });
  } catch (error) {
    if (error instanceof CommandError && !(error instanceof Interrupted)) throw secretRooms(sets, error);
    throw error;
  }
}

/** @param withSecrets those of the whole stack, which are read for a provider's key and for rooms of sets, and stay in memory */
export async function exportState(pulumi: Pulumi, { withSecrets }: { withSecrets: boolean }): Promise<StackState> {
  const flags = withSecrets ? ["--show-secrets"] : [];
  return parseStack((await pulumi.expectOnStack(["stack", "export", ...flags])).stdout);
}

/**
 * The account of a stack: of its configuration, of a provider in it, or of the environment.
 *
 * @throws CommandError outside a project, and with everything that is wrong with the configuration
 */
export async function connectStack(terminal: Terminal, options: AccountOptions): Promise<StackConnection> {
  const project = findProject(terminal.cwd);
  if (!project) throw noProject(terminal.cwd);
  if (options.endpoint !== undefined) throw endpointInside();
  const stack = await openStack(terminal, project, options);
  if (options.provider !== undefined) {
    const provider = providerIn(stack.state, options.provider);
    return { ...reach(terminal, readerOf(provider), provider.urn), stack, provider };
  }
  refusePlaintextKey(stack.config);
  refuseMissingAccount(terminal, stack);
  return { ...reach(terminal, configReader(stack)), stack, provider: undefined };
}

/** The same, where there is a project; elsewhere the account that the environment alone names. */
export async function connect(terminal: Terminal, options: AccountOptions): Promise<Connection> {
  const isAboutStack = options.stack !== undefined || options.provider !== undefined;
  if (isAboutStack || findProject(terminal.cwd)) return connectStack(terminal, options);
  return { ...reach(terminal, outsideReader(terminal, options)), stack: undefined, provider: undefined };
}

export function configReader(stack: Stack | undefined): Reader {
  return (key) => stack?.config[key]?.value;
}

/**
 * Outside a project nothing but the server has to be read: the configuration itself looks at the other variables.
 *
 * @throws CommandError for an endpoint that can't be called
 */
export function outsideReader(terminal: Terminal, { endpoint }: AccountOptions): Reader {
  const url = endpoint ?? (terminal.env.METERED_ENDPOINT?.trim() || undefined);
  const reader: Reader = (key) => (key === "metered:endpoint" ? url : undefined);
  const configured = readConfiguration(reader, terminal.env);
  const isWrong = "problems" in configured && configured.problems.some(({ problem }) => problem === "endpoint");
  if (!isWrong) return reader;
  const given = endpoint === undefined ? "METERED_ENDPOINT" : "--endpoint";
  throw new CommandError(
    `${given} must be the URL of a server that starts with https://, or with http:// for a server on this machine, ` +
      'without a login, "?" or "#".',
  );
}

/** Who reads an error. In a project without any account, the stack's configuration is the place for one. */
export function viewpointOf(terminal: Terminal, reader: Reader, urn?: string): Viewpoint {
  const account = accountSource(reader, urn, terminal.env);
  // Outside a project there is no stack whose configuration could say so.
  const isNowhere = account.kind !== "provider" && findProject(terminal.cwd) === undefined;
  return { face: "command", account: isNowhere ? { kind: "environment", isAlone: true } : account };
}

function reach(terminal: Terminal, read: Reader, urn?: string): Pick<Connection, "account" | "client" | "from"> {
  const from = viewpointOf(terminal, read, urn);
  const configured = readConfiguration(read, terminal.env);
  if ("problems" in configured) {
    const { problems } = configured;
    throw new CommandError(sayError({ cause: "InvalidConfiguration", problems }, from));
  }
  const account = impatient(configured.account, read);
  terminal.keepSecret(account.secretKey);
  return { account, client: terminal.connect(account), from };
}

/** How long a command tries to reach Metered, in milliseconds. */
const PATIENCE = 10_000;

/** Someone waits for a command. Who has set a timeout knows how slow the server is. */
export function impatient(account: Account, read: Reader): Account {
  const isSet = read("metered:timeoutSeconds") !== undefined;
  return {
    ...account,
    patienceMs: Math.min(account.patienceMs, PATIENCE),
    timeoutMs: isSet ? account.timeoutMs : Math.min(account.timeoutMs, PATIENCE),
  };
}

/** An error of the API in words. Any other one stays as it is. */
export function inWords(error: unknown, from: Viewpoint): unknown {
  return error instanceof MeteredError ? new CommandError(sayError(error.facts, from)) : error;
}

/** @throws CommandError for a key that Pulumi would write into the state in plaintext */
function refusePlaintextKey(config: StackConfig): void {
  if (config["metered:secretKey"]?.secret !== false) return;
  const problems = [{ problem: "key in plaintext" }] as const;
  throw new CommandError(
    sayError({ cause: "InvalidConfiguration", problems }, { face: "command", account: { kind: "stack" } }),
  );
}

/** The explicit providers of a stack that has no account of its own; none where it has one. */
export function providersInstead(terminal: Terminal, { config, state }: Stack): string[] {
  const { METERED_APP_NAME: app, METERED_SECRET_KEY: key } = terminal.env;
  const isOwn = config["metered:appName"] !== undefined || config["metered:secretKey"] !== undefined;
  // The environment alone can name an account as well, but not with one half.
  return isOwn || (app && key) ? [] : providersIn(state).map(({ name }) => name);
}

/** A command that lists the rooms of a provider. */
export function listCommandFor(provider: string, stackFlags: string): string {
  return `npx pulumi-metered list --provider ${shellWord(provider)}${stackFlags}`;
}

/** @throws CommandError where only explicit providers have an account */
function refuseMissingAccount(terminal: Terminal, stack: Stack): void {
  const providers = providersInstead(terminal, stack);
  if (providers.length === 0) return;
  const flags = providers.map((name) => `  --provider ${shellWord(name)}`).join("\n");
  throw new CommandError(
    `This stack's configuration has no Metered account, but its program has explicit providers. Add one of:\n${flags}`,
  );
}

function providerIn(state: StackState, wanted: string): StackResource {
  const providers = providersIn(state);
  const found = providers.filter(({ urn, name }) => urn === wanted || name === wanted);
  if (found[0] && found.length === 1) return found[0];
  if (found.length > 1) {
    const urns = found.map(({ urn }) => `  ${urn}`).join("\n");
    throw new CommandError(`The stack has several providers "${wanted}". Use the URN of one of them:\n${urns}`);
  }
  const known = providers.map(({ name }) => name).join(", ");
  throw new CommandError(
    `The stack has no metered.Provider "${wanted}"${known ? ` (it has ${known})` : ""}. ` +
      "Create it in the program and run pulumi up first: its account is read from the stack.",
  );
}

function endpointInside(): UsageError {
  return new UsageError(
    "--endpoint is for use outside a Pulumi project. Here, run pulumi config set metered:endpoint URL.",
    "list",
  );
}

function noProject(folder: string): CommandError {
  return new CommandError(
    `There is no Pulumi.yaml in ${folder} or a folder above it. Run this command in the folder of your Pulumi program.`,
  );
}
