import type { Guard, Route } from "../call";
import * as credentials from "./credentials";
import { byKey, byProjectKey, fourAMinute, notFree, projectExists, subscribed } from "./guards";
import { getIceServers } from "./iceServers";
import * as projects from "./projects";
import * as usage from "./usage";

type Work = Route["perform"];
type Row = [method: Route["method"], url: string, operation: Route["operation"], key: Guard, perform: Work];

const usual = byKey("usual");

const appCredentials: readonly Row[] = [
  ["POST", "/v1/turn/credential", "create", usual, credentials.createCredential],
  ["POST", "/v2/turn/credential", "create", usual, credentials.createCredential],
  ["DELETE", "/v1/turn/credential", "delete", byKey("remove"), credentials.deleteCredential],
  ["DELETE", "/v2/turn/credential/by_label", "deleteByLabel", usual, credentials.deleteByLabel],
  ["POST", "/v1/turn/credential/disable", "disable", byKey("disable"), credentials.disableCredential],
  ["POST", "/v1/turn/credential/enable", "enable", byKey("enable"), credentials.enableCredential],
];

const ofProject = "/v2/turn/project/:projectId";

const projectCredentials: readonly Row[] = [
  ["POST", `${ofProject}/credential`, "create", byProjectKey, credentials.createCredential],
  ["GET", `${ofProject}/credentials`, "list", byProjectKey, credentials.listCredentials],
  ["DELETE", `${ofProject}/credential`, "delete", byProjectKey, credentials.deleteCredential],
  ["DELETE", `${ofProject}/credential/by_label`, "deleteByLabel", byProjectKey, credentials.deleteByLabel],
];

const key = byKey("project");

const allProjects: readonly Row[] = [
  ["POST", "/v2/turn/project", "create", key, projects.createProject],
  ["GET", "/v2/turn/projects", "list", key, projects.listProjects],
  ["PUT", "/v2/turn/project", "update", key, projects.projectIdMissing],
  ["DELETE", "/v2/turn/project", "delete", key, projects.projectIdMissing],
];

const oneProject: readonly Row[] = [
  ["PUT", ofProject, "update", key, projects.updateProject],
  ["DELETE", ofProject, "delete", key, projects.deleteProject],
];

const appUsage: readonly Row[] = [
  ["GET", "/v1/turn/current_usage", "get", usual, usage.currentUsage],
  ["GET", "/v1/turn/current_usage_by_date", "list", byKey("usageByDate"), usage.currentUsageByDate],
  ["GET", "/v1/turn/current_usage_by_user", "list", usual, usage.currentUsageByUserV1],
  ["GET", "/v2/turn/current_usage_by_user", "list", usual, usage.currentUsageByUser],
  ["GET", "/v1/turn/current_usage_for_user", "get", usual, usage.currentUsageForUser],
];

const statistics: readonly Row[] = [
  ["GET", "/v2/turn/usage_daily_by_user", "list", usual, usage.dailyUsageByUser],
  ["GET", "/v2/payment/usage-charges", "list", usual, usage.usageCharges],
];

const projectUsage: readonly Row[] = [
  ["GET", `${ofProject}/current_usage`, "get", byProjectKey, usage.projectUsage],
  ["GET", `${ofProject}/current_usage_by_date`, "list", byProjectKey, usage.projectUsageByDate],
  ["GET", `${ofProject}/current_usage_for_user`, "get", byProjectKey, usage.projectUsageForUser],
];

function routesOf(kind: Route["kind"], rows: readonly Row[], ...further: Guard[]): Route[] {
  return rows.map(([method, url, operation, first, perform]) => {
    const guards = [first, subscribed, ...further];
    return { method, url, kind, operation, guards, perform };
  });
}

export const turnRoutes: readonly Route[] = [
  ...routesOf("turnCredential", appCredentials),
  ...routesOf("turnCredential", [["GET", "/v2/turn/credentials", "list", usual, credentials.listCredentials]], notFree),
  ...routesOf("turnCredential", projectCredentials, projectExists),
  ...routesOf("turnProject", allProjects),
  ...routesOf("turnProject", oneProject, projectExists),
  ...routesOf("turnUsage", appUsage),
  ...routesOf("turnUsage", statistics, fourAMinute),
  ...routesOf("turnUsage", projectUsage, projectExists),
  {
    ...{ method: "GET", url: "/v1/turn/credentials", kind: "iceServers", operation: "get", guards: [] },
    perform: getIceServers,
  },
];
