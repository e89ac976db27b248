import { escaped } from "../../schema/escaped";
import { openStack, outsideReader, type Stack } from "../account";
import type { DoctorArguments } from "../arguments";
import { EXIT, type Exit, UsageError } from "../exit";
import { usesPlugin } from "../pluginImport";
import { findProject, type Project } from "../project";
import { Pulumi } from "../pulumi";
import type { Terminal } from "../terminal";
import { isAtLeast, OLDEST_IMPORTING, OLDEST_NODE, OLDEST_PULUMI } from "../versions";
import { accountFindings, stackFindings } from "./accounts";
import { type Finding, fail, ok, warn, wordsOf } from "./finding";
import { packageFindings } from "./packages";
import { pluginFinding } from "./plugin";
import { sharedRoomFindings } from "./sharedRooms";

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
    const account = await accountFindings(terminal, outsideReader(terminal, args));
    return [nodeFinding(), await engineFinding(terminal, true), warn("Project", where), ...account];
  }
  const stack = await stackOf(terminal, project, args);
  const hasPlugin = usesPlugin({ project, state: "state" in stack ? stack.state : undefined });
  const installed = hasPlugin ? [pluginFinding(project, terminal.env)] : packageFindings(project);
  const findings = [nodeFinding(), await engineFinding(terminal, hasPlugin), ...mainFindings(project), ...installed];
  if ("status" in stack) return [...findings, stack];
  return [...findings, ...(await stackFindings(terminal, stack)), ...sharedRoomFindings(stack)];
}

function mainFindings({ missingMain }: Project): Finding[] {
  if (missingMain === undefined) return [];
  const message = `Pulumi.yaml has main: ${missingMain}, and there is no such file or folder. Create it, or correct main.`;
  return [fail("Program", message)];
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

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL" } as const;
const INDENT = " ".repeat(20);

function tell({ status, subject, message, commands }: Finding): string {
  const lines = [...message.split("\n"), ...commands.map((command) => `  ${escaped(command)}`)];
  return `${MARKS[status]}  ${subject.padEnd(14)}${lines.join(`\n${INDENT}`)}`;
}
