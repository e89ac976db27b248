import type { MeteredClient } from "../../metered/client";
import { type Reader, readConfiguration } from "../../pulumi/configuration";
import { sayProblem } from "../../pulumi/words/configuration";
import { listed, quoted } from "../../pulumi/words/sentence";
import type { Viewpoint } from "../../pulumi/words/viewpoint";
import { waysFor } from "../../pulumi/words/ways";
import type { RoomReply } from "../../rooms/api";
import {
  configReader,
  exportState,
  impatient,
  inWords,
  listCommandFor,
  providersInstead,
  type Stack,
  viewpointOf,
} from "../account";
import { ownResourcesIn, providersIn, readerOf, type StackResource } from "../stackState";
import type { Terminal } from "../terminal";
import { watched } from "../waiting";
import { type Finding, fail, ok, someOf, warn, wordsOf } from "./finding";
import { LEFTOVERS, leftoverFindings } from "./leftovers";
import { type Part, partOf, referenceTo } from "./part";
import { type TurnFindings, turnFindings } from "./turn";

/** The stack's own account, and those of its explicit providers. */
export async function stackFindings(terminal: Terminal, stack: Stack): Promise<Finding[]> {
  const explicit = providersIn(stack.state);
  const strays = explicit.length > 0 ? withoutProvider(stack, explicit) : [];
  const hasOwn = providersInstead(terminal, stack).length === 0;
  const own = hasOwn || strays.length > 0 ? await accountFindings(terminal, configReader(stack), partOf(stack)) : [];
  if (explicit.length === 0) return leftoversOnce(own);
  const others = await providerFindings(terminal, stack, explicit);
  return leftoversOnce([...told(explicit, hasOwn, strays), ...own, ...others]);
}

/** The resources, finished and begun, that the stack's own account serves. */
function withoutProvider({ state }: Stack, explicit: readonly StackResource[]): string[] {
  const urns = new Set<string | undefined>(explicit.map(({ urn }) => urn));
  const begun = state.pending.map(({ resource }) => resource);
  const all = ownResourcesIn({ ...state, resources: [...state.resources, ...begun] });
  return [...new Set(all.filter(({ provider }) => !urns.has(provider)).map(({ name }) => name))];
}

function told(explicit: readonly StackResource[], hasOwn: boolean, strays: readonly string[]): Finding[] {
  const providers = `metered.Provider ${listed(explicit.map(({ name }) => quoted(name)))}`;
  if (hasOwn) return [ok("Providers", `${providers}, and the stack's own account`)];
  const every = `${providers}. The stack has no account of its own, so every resource needs the option provider`;
  if (strays.length === 0) return [ok("Providers", every)];
  const [who, lack] = [someOf(strays.map(quoted)), strays.length === 1 ? "lacks it" : "lack it"];
  return [warn("Providers", `${every}: ${who} ${lack}. Set it, or configure an account for the stack`)];
}

/** What a provider was given is in the state, where the last update has put it. */
async function providerFindings(
  terminal: Terminal,
  stack: Stack,
  explicit: readonly StackResource[],
): Promise<Finding[]> {
  let inPlaintext: readonly StackResource[];
  try {
    inPlaintext = providersIn(await exportState(stack.pulumi, { withSecrets: true }));
  } catch (error) {
    const commands = explicit.map((each) => listCommandFor(referenceTo(each, explicit), stack.pulumi.flags));
    return [warn("Providers", `their accounts can't be checked: ${wordsOf(error)}\nTo check them:`, ...commands)];
  }
  const findings: Finding[] = [];
  for (const provider of inPlaintext) {
    findings.push(...(await accountFindings(terminal, readerOf(provider), partOf(stack, provider))));
  }
  return findings;
}

/** Several accounts may have the same to say, and one that has no leftovers doesn't speak for all. */
function leftoversOnce(findings: readonly Finding[]): Finding[] {
  const isNone = ({ status, subject }: Finding) => subject === LEFTOVERS && status === "ok";
  const hasSome = findings.some(({ status, subject }) => subject === LEFTOVERS && status !== "ok");
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].filter((finding) => !(hasSome && isNone(finding)));
}

/** @param part what of the stack the account is for; undefined outside a project */
export async function accountFindings(terminal: Terminal, read: Reader, part?: Part): Promise<Finding[]> {
  const configured = readConfiguration(read, terminal.env);
  const from = viewpointOf(terminal, read, part?.provider?.urn);
  const findings = configurationFindings(configured, part, from);
  if ("problems" in configured) return findings;
  terminal.keepSecret(configured.account.secretKey);
  const client = terminal.connect(impatient(configured.account, read));
  const { finding, rooms } = await reach(terminal, client, from);
  if (!part || !rooms) return [...findings, finding];
  const turn = await turnOf(terminal, client, part, from);
  const leftovers = [...leftoverFindings(part, client.appName, rooms), ...turn.leftovers];
  const none = leftovers.length === 0 ? [ok(LEFTOVERS, "none from interrupted updates")] : [];
  return [...findings, finding, ...leftovers, ...none, ...turn.others];
}

function configurationFindings(
  configured: ReturnType<typeof readConfiguration>,
  part: Part | undefined,
  from: Viewpoint,
): Finding[] {
  const subject = "Configuration";
  const { account } = from;
  const key = account.kind === "provider" ? undefined : part?.config["metered:secretKey"];
  const isPlain = key?.secret === false;
  const plain = isPlain ? [fail(subject, sayProblem({ problem: "key in plaintext" }, from))] : [];
  if ("problems" in configured) {
    return [...plain, ...configured.problems.map((problem) => fail(subject, sayProblem(problem, from)))];
  }
  const { appName } = configured.account;
  const [whose, source] =
    account.kind === "provider"
      ? [`metered.Provider ${quoted(account.name)}: `, "its inputs, as of the last update"]
      : ["", key === undefined ? "METERED_SECRET_KEY" : "the stack's configuration, encrypted"];
  const right = isPlain ? [] : [ok(subject, `${whose}app ${quoted(appName)}; secret key from ${source}`)];
  if (!configured.adoptExisting || !part) return [...plain, ...right];
  return [...plain, ...right, stillAdopting(part, from)];
}

function stillAdopting({ pulumi, provider }: Part, from: Viewpoint): Finding {
  const input = waysFor(from).input("adoptExisting");
  return warn(
    "Configuration",
    `${input} is true: new rooms adopt existing ones with the same name. When you're done, remove it:`,
    provider ? "# in the program, then run pulumi up" : pulumi.shown("config", "rm", "metered:adoptExisting"),
  );
}

async function turnOf(terminal: Terminal, client: MeteredClient, part: Part, from: Viewpoint): Promise<TurnFindings> {
  try {
    return await watched(terminal, client.appName, from, (watch) => turnFindings(client, part, watch));
  } catch (error) {
    return { leftovers: [], others: [warn("TURN", wordsOf(inWords(error, from)))] };
  }
}

async function reach(
  terminal: Terminal,
  client: MeteredClient,
  from: Viewpoint,
): Promise<{ finding: Finding; rooms?: RoomReply[] }> {
  const { appName } = client;
  try {
    const rooms = await watched(terminal, appName, from, ({ tell }) => client.meetingRooms({ tell }));
    const living = rooms.filter(({ archived }) => !archived).length;
    const count = `${living} meeting ${living === 1 ? "room" : "rooms"}`;
    return { rooms, finding: ok("Metered", `app ${quoted(appName)} responds, and has ${count}`) };
  } catch (error) {
    return { finding: fail("Metered", wordsOf(inWords(error, from))) };
  }
}
