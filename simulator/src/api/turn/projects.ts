import type { StoredProject } from "../../turn/types";
import type { World } from "../../world";
import { type Answer, ok } from "../answer";
import type { Call } from "../call";
import { invalidRequest } from "../errors";
import { isObject } from "./credentials";
import { projectDefaults, readProject } from "./projectBody";
import { refuse, texts } from "./refusals";

export function createProject(world: World, { body = {} }: Call): Answer {
  const { turn } = world;
  if (!isObject(body)) return invalidRequest;
  const given = readProject(body);
  if (typeof given === "string") return refuse(400, given);
  const { projectName } = given;
  if (projectName === undefined) return refuse(400, "projectName is required");
  if (isTaken(world, projectName)) return nameTaken(projectName);
  const project = turn.createProject({ ...projectDefaults, ...given, projectName });
  const { created: _, ...shown } = projectReply(project, world, true);
  return ok(shown);
}

export function listProjects(world: World): Answer {
  return ok(world.turn.projects.map((project) => projectReply(project, world)));
}

export function updateProject(world: World, { body = {}, params: { projectId = "" } }: Call): Answer {
  const { turn } = world;
  if (!isObject(body)) return invalidRequest;
  const given = readProject(body);
  if (typeof given === "string") return refuse(400, given);
  const project = turn.findProject(projectId);
  if (project === undefined) return refuse(400, texts.noSuchProject);
  const { projectName } = given;
  if (projectName !== undefined && projectName !== project.projectName && isTaken(world, projectName)) {
    return nameTaken(projectName);
  }
  return ok(projectReply(turn.changeProject(project, given), world));
}

export function deleteProject({ turn }: World, { params: { projectId = "" } }: Call): Answer {
  const project = turn.findProject(projectId);
  if (project === undefined) return refuse(400, texts.noSuchProject);
  turn.removeProject(project);
  return ok({ success: true });
}

export function projectIdMissing(): Answer {
  return refuse(400, "projectId is required");
}

function isTaken({ turn }: World, name: string): boolean {
  return turn.projects.some(({ projectName }) => projectName === name);
}

function nameTaken(name: string): Answer {
  return refuse(400, `Project with the name ${name} already exists`);
}

const upperCase = { notify: "NOTIFY_ONLY", none: "NONE", disable: "DISABLE" } as const;

function projectReply(project: StoredProject, { switches }: World, isNew = false) {
  const { apiKey, quotaExceededAction, _id, created, ...settings } = project;
  return {
    _id,
    ...settings,
    quotaExceededAction:
      switches.turnQuotaAction === "upper case" ? upperCase[quotaExceededAction] : quotaExceededAction,
    created,
    ...(isNew || switches.projectApiKey === "always" ? { apiKey } : {}),
  };
}
