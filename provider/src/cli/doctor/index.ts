import type { MeteredClient } from "../../metered/client";
import { type Reader, readConfiguration } from "../../pulumi/configuration";
import { sayProblem } from "../../pulumi/words/configuration";
import { quoted } from "../../pulumi/words/sentence";
import type { Viewpoint } from "../../pulumi/words/viewpoint";
import type { RoomReply } from "../../rooms/api";
import {
  configReader,
  impatient,
  inWords,
  listCommandFor,
  openStack,
  outsideReader,
  providersInstead,
  type Stack,
  viewpointOf,
} from "../account";
import type { DoctorArguments } from "../arguments";
import { CommandError, EXIT, type Exit, Interrupted, UsageError } from "../exit";
import { usesPlugin } from "../pluginImport";
import { findProject, type Project } from "../project";
import { Pulumi } from "../pulumi";
import type { Terminal } from "../terminal";
import { isAtLeast, OLDEST_IMPORTING, OLDEST_NODE, OLDEST_PULUMI } from "../versions";
import { watched } from "../waiting";
import { type Finding, fail, ok, warn } from "./finding";
import { leftoverFindings } from "./leftovers";
import { packageFindings } from "./packages";
import { pluginFinding } from "./plugin";
import { sharedRoomFindings } from "./sharedRooms";
import { type TurnFindings, turnFindings } from "./turn";

/** `pulumi-metered doctor`: everything that rooms and the like need, on one screen. It only reads. */
export async function doctorCommand(terminal: Terminal, args: DoctorArguments): Promise<Exit> {
  const findings = await examine(terminal, args);
  terminal.out(args.json ? JSON.stringify(findings, undefined, 2) : findings.map(tell).join("\n"));
  return findings.some(({ status }) => status === "fail") ? EXIT.failed : EXIT.ok;
}

async function examine(terminal: Terminal, args: DoctorArguments): Promise<Finding[]> {
  const project = findProject(terminal.cwd);
  if (project && args.endpoint !== undefined) {
    throw new UsageError("--endpoint is for use outside a Pulumi project.", "doctor");
  }
  if (!project) {
    const where = `there is no Pulumi.yaml in ${terminal.cwd} or a folder above it. Run this in your program's folder to have it checked.`;
    const account = await accountFindings(terminal, outsideReader(terminal, args), undefined);
    return [nodeFinding(), await engineFinding(terminal, true), warn("Project", where), ...account];
  }
  const stack = await stackOf(terminal, project, args);
  const hasPlugin = usesPlugin({ project, state: "state" in stack ? stack.state : undefined });
  const installed = hasPlugin ? [pluginFinding(project, terminal.env)] : packageFindings(project);
  const findings = [nodeFinding(), await engineFinding(terminal, hasPlugin), ...installed];
  if ("status" in stack) return [...findings, stack];
  const account = await accountFindings(terminal, configReader(stack), stack);
  return [...findings, ...account, ...sharedRoomFindings(stack)];
}

function nodeFinding(): Finding {
  const { node, bun } = process.versions;
  if (bun !== undefined)
    return warn("Node", `this is Bun ${bun}; Pulumi runs programs with Node, which wasn't checked.`);
  const isFit = isAtLeast(node, OLDEST_NODE);
  return isFit
    ? ok("Node", node)
    : fail("Node", `${node} is older than ${OLDEST_NODE[0]}. Install a newer one: https://nodejs.org`);
}

/** @param hasPlugin Pulumi has always imported the plugin's rooms */
async function engineFinding(terminal: Terminal, hasPlugin: boolean): Promise<Finding> {
  const install = "https://www.pulumi.com/docs/install/";
  try {
    const version = await new Pulumi(terminal).version();
    if (!isAtLeast(version, OLDEST_PULUMI)) {
      return fail("Pulumi", `${version} is older than ${OLDEST_PULUMI.join(".")}. Install a newer one: ${install}`);
    }
    if (hasPlugin || isAtLeast(version, OLDEST_IMPORTING)) return ok("Pulumi", version);
    const needed = OLDEST_IMPORTING.join(".");
    return warn("Pulumi", `${version}; importing rooms needs ${needed} or newer: ${install}`);
  } catch (error) {
    return fail("Pulumi", wordsOf(error));
  }
}

async function stackOf(terminal: Terminal, project: Project, { stack }: DoctorArguments): Promise<Stack | Finding> {
  try {
    return await openStack(terminal, project, { stack });
  } catch (error) {
    return fail("Stack", wordsOf(error));
  }
}

async function accountFindings(terminal: Terminal, read: Reader, stack: Stack | undefined): Promise<Finding[]> {
  const providers = stack ? providersInstead(terminal, stack) : [];
  if (stack && providers.length > 0) return [onlyProviders(providers, stack)];
  const configured = readConfiguration(read, terminal.env);
  const from = viewpointOf(terminal, read);
  const findings = configurationFindings(configured, stack, from);
  if ("problems" in configured) return findings;
  terminal.keepSecret(configured.account.secretKey);
  const client = terminal.connect(impatient(configured.account, read));
  const { finding, rooms } = await reach(terminal, client, from);
  if (!stack || !rooms) return [...findings, finding];
  const turn = await turnOf(terminal, client, stack, from);
  const leftovers = leftoverFindings(stack, client.appName, rooms, turn.leftovers);
  return [...findings, finding, ...leftovers, ...turn.others];
}

function onlyProviders(providers: readonly string[], { pulumi }: Stack): Finding {
  return ok(
    "Configuration",
    `the stack has no account of its own; its rooms use metered.Provider ${providers.join(", ")}. To check that account:`,
    ...providers.map((name) => listCommandFor(name, pulumi.flags)),
  );
}

function configurationFindings(
  configured: ReturnType<typeof readConfiguration>,
  stack: Stack | undefined,
  from: Viewpoint,
): Finding[] {
  const subject = "Configuration";
  const key = stack?.config["metered:secretKey"];
  const isPlain = key?.secret === false;
  const plain = isPlain ? [fail(subject, sayProblem({ problem: "key in plaintext" }, from))] : [];
  if ("problems" in configured) {
    return [...plain, ...configured.problems.map((problem) => fail(subject, sayProblem(problem, from)))];
  }
  const source = key === undefined ? "METERED_SECRET_KEY" : "the stack's configuration, encrypted";
  const right = isPlain ? [] : [ok(subject, `app ${quoted(configured.account.appName)}; secret key from ${source}`)];
  if (!configured.adoptExisting || !stack) return [...plain, ...right];
  const adopting = warn(
    subject,
    "metered:adoptExisting is true: a new room adopts an existing one that has its name. When that is done, remove it:",
    stack.pulumi.shown("config", "rm", "metered:adoptExisting"),
  );
  return [...plain, ...right, adopting];
}

async function turnOf(terminal: Terminal, client: MeteredClient, stack: Stack, from: Viewpoint): Promise<TurnFindings> {
  try {
    return await watched(terminal, client.appName, from, (watch) => turnFindings(client, stack, watch));
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

function wordsOf(error: unknown): string {
  if (error instanceof CommandError && !(error instanceof Interrupted)) return error.message;
  throw error;
}

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL" } as const;
const INDENT = " ".repeat(20);

function tell({ status, subject, message, commands }: Finding): string {
  const lines = [...message.split("\n"), ...commands.map((command) => `  ${command}`)];
  return `${MARKS[status]}  ${subject.padEnd(14)}${lines.join(`\n${INDENT}`)}`;
}
