import { type ProjectSettings, type QuotaExceededAction, quotaExceededActions } from "../../turn/types";

type Body = Readonly<Record<string, unknown>>;
type Changes = { -readonly [K in keyof ProjectSettings]?: ProjectSettings[K] };

const leastQuota = 1_048_576;
const mostEmails = 10;

/** What a project is when its body says nothing else. */
export const projectDefaults: Omit<ProjectSettings, "projectName"> = {
  quotaInBytes: 0,
  webhookUrl: null,
  notificationEmails: [],
  quotaExceededAction: "disable",
};

/** The settings in a body, or a sentence that says what is wrong. What is `null` or absent is not there. */
export function readProject(body: Body): Changes | string {
  const { projectName, quotaInBytes, webhookUrl, notificationEmails, quotaExceededAction } = body;
  const changes: Changes = {};
  if (projectName !== undefined) {
    if (!isName(projectName)) return "projectName must be a string of less than 100 characters";
    changes.projectName = projectName;
  }
  if (quotaInBytes !== undefined) {
    if (!isQuota(quotaInBytes)) return "quotaInBytes must be an integer of at least 1048576, or 0";
    changes.quotaInBytes = quotaInBytes;
  }
  if (webhookUrl !== undefined) {
    if (webhookUrl !== null && !isSecureUrl(webhookUrl)) return "webhookUrl must start with https://";
    changes.webhookUrl = webhookUrl;
  }
  if (notificationEmails !== undefined) {
    if (!areEmails(notificationEmails)) return "notificationEmails must be at most 10 valid email addresses";
    changes.notificationEmails = notificationEmails;
  }
  if (quotaExceededAction !== undefined) {
    if (!isAction(quotaExceededAction)) return "quotaExceededAction must be one of notify, none, disable";
    changes.quotaExceededAction = quotaExceededAction;
  }
  return changes;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length < 100;
}

function isQuota(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value === 0 || Number(value) >= leastQuota);
}

function isSecureUrl(value: unknown): value is string {
  return typeof value === "string" && /^https:\/\/[^\s/]+\S*$/.test(value);
}

function areEmails(value: unknown): value is string[] {
  const isEmail = (item: unknown) => typeof item === "string" && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(item);
  return Array.isArray(value) && value.length <= mostEmails && value.every(isEmail);
}

function isAction(value: unknown): value is QuotaExceededAction {
  return quotaExceededActions.some((action) => action === value);
}
