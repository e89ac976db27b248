import type { Switches } from "../switches/table";
import type { FieldRule } from "./fields";
import { type Problem, problem } from "./problems";

/** What checking one value depends on, besides the value. */
export interface Circumstances {
  readonly switches: Readonly<Switches>;
  readonly operation: "create" | "update";
  readonly now: number;
}

const namePatterns = { "url safe": /^[A-Za-z0-9_-]{1,100}$/, "lower case 60": /^[a-z0-9-]{1,60}$/ };
const webhookPattern = /^https?:\/\/[^\s/]+\S*$/i;
const rtmpPattern = /^rtmps?:\/\/[^\s/]+\S*$/i;

/** The first problem of a value, as Joi without conversion would name it. */
export function checkValue(key: string, value: unknown, rule: FieldRule, at: Circumstances): Problem | undefined {
  switch (rule.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : problem(key, "boolean.base", "must be a boolean", value);
    case "integer":
      return checkInteger(key, value, rule.instant ?? false, at);
    case "choice":
      if (rule.of.some((allowed) => allowed === value)) return undefined;
      return problem(key, "any.only", `must be one of [${rule.of.join(", ")}]`, value, { valids: rule.of });
    case "text":
      return checkText(key, value);
    case "name":
      return checkText(key, value) ?? checkPattern(key, value, namePatterns[at.switches.nameRule]);
    case "webhook":
      if (at.switches.webhookURLs === "any text") return checkText(key, value);
      return checkText(key, value) ?? checkPattern(key, value, webhookPattern);
    case "rtmp":
      return checkText(key, value) ?? checkPattern(key, value, rtmpPattern);
  }
}

function checkText(key: string, value: unknown): Problem | undefined {
  if (typeof value !== "string") return problem(key, "string.base", "must be a string", value);
  return value === "" ? problem(key, "string.empty", "is not allowed to be empty", value) : undefined;
}

// Joi quotes the value here. For rtmpOutURL that is a stream key: clients must not show this message.
function checkPattern(key: string, value: unknown, pattern: RegExp): Problem | undefined {
  if (pattern.test(String(value))) return undefined;
  const text = `with value "${String(value)}" fails to match the required pattern: ${String(pattern)}`;
  return problem(key, "string.pattern.base", text, value, { regex: {} });
}

function checkInteger(key: string, value: unknown, instant: boolean, at: Circumstances): Problem | undefined {
  if (typeof value !== "number") return problem(key, "number.base", "must be a number", value);
  if (!Number.isInteger(value)) return problem(key, "number.integer", "must be an integer", value);
  if (!Number.isSafeInteger(value)) return problem(key, "number.unsafe", "must be a safe number", value);
  if (instant && value >= 0 && pastIsRefused(at)) {
    const limit = Math.floor(at.now / 1000);
    if (value > limit) return undefined;
    return problem(key, "number.greater", `must be greater than ${limit}`, value, { limit });
  }
  const limit = at.switches.zeros === "rejected" ? 1 : 0;
  if (value >= limit) return undefined;
  return problem(key, "number.min", `must be greater than or equal to ${limit}`, value, { limit });
}

function pastIsRefused({ switches, operation }: Circumstances): boolean {
  return switches.pastExpiry === "rejected" || (switches.pastExpiry === "rejected on create" && operation === "create");
}
