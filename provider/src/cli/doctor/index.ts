import { MeteredError } from "../../core/errors";
import type { RoomReply } from "../../core/roomApi";
import { KEY_IN_CLEAR } from "../../core/secretKey";
import { type Configuration, readConfiguration } from "../../runtime/configuration";
import { openStack, type Stack } from "../account";
import type { DoctorArguments } from "../arguments";
import { CommandError, EXIT, type Exit, Interrupted } from "../exit";
import { findProject, type Project } from "../project";
import { Pulumi } from "../pulumi";
import { forCommand } from "../rooms";
import { nameIn, providersIn } from "../stackState";
import type { Terminal } from "../terminal";
import { isAtLeast, OLDEST_IMPORTING, OLDEST_NODE, OLDEST_PULUMI } from "../versions";
import { type Finding, fail, ok, warn } from "./finding";
import { leftoverFindings } from "./leftovers";
import { packageFindings } from "./packages";

/** `pulumi-metered doctor`: everything that rooms need, on one screen. One call to Metered, which changes nothing. */
export async function doctorCommand(terminal: Terminal, args: DoctorArguments): Promise<Exit> {
  const findings = await examine(terminal, args);
  terminal.out(args.json ? JSON.stringify(findings, undefined, 2) : findings.map(tell).join("\n"));
  return findings.some(({ status }) => status === "fail") ? EXIT.failed : EXIT.ok;
}

async function examine(terminal: Terminal, args: DoctorArguments): Promise<Finding[]> {
  const project = findProject(terminal.cwd);
  const findings = [nodeFinding(), await engineFinding(new Pulumi(terminal, terminal.cwd))];
  if (!project) {
    findings.push(
      warn(
        "Project",
        `there is no Pulumi.yaml in ${terminal.cwd} or above; run this in the folder of your program to have it checked.`,
      ),
    );
  } else findings.push(...packageFindings(project));
  const stack = project && (await stackOf(terminal, project, args));
  if (stack && "status" in stack) return [...findings, stack];
  return [...findings, ...(await accountFindings(terminal, stack))];
}

function nodeFinding(): Finding {
  const { node, bun } = process.versions;
  if (bun !== undefined)
    return warn("Node", `this runs in Bun ${bun}; Pulumi runs programs with Node, which was not looked at.`);
  const isFit = isAtLeast(node, OLDEST_NODE);
  return isFit
    ? ok("Node", node)
    : fail("Node", `${node} is older than ${OLDEST_NODE[0]}. Install a newer one: https://nodejs.org`);
}

async function engineFinding(pulumi: Pulumi): Promise<Finding> {
  const install = "https://www.pulumi.com/docs/install/";
  try {
    const version = await pulumi.version();
    if (!isAtLeast(version, OLDEST_PULUMI)) {
      return fail("Pulumi", `${version} is older than ${OLDEST_PULUMI.join(".")}. Install a newer one: ${install}`);
    }
    const isImporting = isAtLeast(version, OLDEST_IMPORTING);
    if (isImporting) return ok("Pulumi", version);
    return warn("Pulumi", `${version}; to import rooms it takes ${OLDEST_IMPORTING.join(".")} or newer: ${install}`);
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

async function accountFindings(terminal: Terminal, stack: Stack | undefined): Promise<Finding[]> {
  const configured = readConfiguration((key) => stack?.config[key]?.value, terminal.env);
  const providers = stack ? providersIn(stack.state).map(({ urn }) => nameIn(urn)) : [];
  const has = (key: string) => stack?.config[`metered:${key}`] !== undefined;
  if ("problems" in configured && providers.length > 0 && !has("appName") && !has("secretKey")) {
    const look = providers.map((name) => `npx pulumi-metered list --provider ${name}`);
    return [
      ok(
        "Configuration",
        `no account of the stack's own; its rooms have those of ${providers.join(", ")}. To reach them:`,
        ...look,
      ),
    ];
  }
  const findings = configurationFindings(configured, stack);
  if ("problems" in configured) return findings;
  terminal.keepSecret(configured.account.secretKey);
  const { finding, rooms } = await reach(terminal, configured);
  const leftovers = stack && rooms ? leftoverFindings(stack, configured.account.appName, rooms) : [];
  return [...findings, finding, ...leftovers];
}

function configurationFindings(configured: ReturnType<typeof readConfiguration>, stack: Stack | undefined): Finding[] {
  const subject = "Configuration";
  const key = stack?.config["metered:secretKey"];
  const inClear = key?.secret === false ? [fail(subject, KEY_IN_CLEAR)] : [];
  if ("problems" in configured) return [...inClear, ...configured.problems.map((problem) => fail(subject, problem))];
  const from = key === undefined ? "from METERED_SECRET_KEY" : "a secret of the stack";
  const right = key?.secret === false ? [] : [ok(subject, `app ${configured.account.appName}; the key is ${from}`)];
  if (!configured.adoptExisting) return [...inClear, ...right];
  const adopting = warn(
    subject,
    "metered:adoptExisting is true: whatever room has the name of a new one is taken over. Once that is done, take it out:",
    "pulumi config rm metered:adoptExisting",
  );
  return [...inClear, ...right, adopting];
}

async function reach(
  terminal: Terminal,
  { account }: Configuration,
): Promise<{ finding: Finding; rooms?: RoomReply[] }> {
  try {
    // Somebody waits for it.
    const rooms = await terminal
      .connect({ ...account, patienceMs: Math.min(account.patienceMs, 10_000) })
      .meetingRooms();
    const living = rooms.filter(({ archived }) => !archived).length;
    return {
      rooms,
      finding: ok("Metered", `${account.appName} answers; it has ${living} meeting ${living === 1 ? "room" : "rooms"}`),
    };
  } catch (error) {
    return { finding: fail("Metered", wordsOf(error)) };
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof Interrupted) throw error;
  if (error instanceof MeteredError) return forCommand(error.message);
  if (error instanceof CommandError) return error.message;
  throw error;
}

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL" } as const;
const INDENT = " ".repeat(20);

function tell({ status, subject, message, commands }: Finding): string {
  const lines = [...message.split("\n"), ...commands.map((command) => `  ${command}`)];
  return `${MARKS[status]}  ${subject.padEnd(14)}${lines.join(`\n${INDENT}`)}`;
}
