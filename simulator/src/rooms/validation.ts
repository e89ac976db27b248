import { type FieldTable, fields } from "./fields";
import { type Problem, problem } from "./problems";
import { checkRules, usesComposition } from "./rules";
import type { RoomKind, Setting, Settings } from "./types";
import { type Circumstances, checkValue } from "./values";

/** A request body that passed, and the settings of the room once it is carried out. */
interface Accepted {
  readonly roomName: string | undefined;
  readonly settings: Settings;
}

export type Checked = { readonly problems: Problem[] } | { readonly accepted: Accepted };

/** What a table of fields does not say. */
interface Demands {
  readonly required?: readonly string[];
  readonly refused?: readonly string[];
}

/** Checks the body of a create, or of an update of a room whose settings are `current`. */
export function checkBody(kind: RoomKind, body: unknown, at: Circumstances, current: Settings = {}): Checked {
  const { given, cleared, problems } = checkFields(fields[kind], body, at, demandsOf(kind, at));
  const settings = at.switches.put === "merge" ? { ...current, ...given } : { ...given };
  for (const key of cleared) delete settings[key];
  if (problems.length === 0) {
    problems.push(...checkRules(kind, at.switches.putRules === "merged" ? settings : given, at));
  }
  if (problems.length > 0) return { problems: reported(problems, at) };
  const { roomName, ...rest } = settings;
  const turnsOn = kind === "meeting" && at.switches.composition === "auto" && usesComposition(rest);
  return {
    accepted: {
      roomName: typeof roomName === "string" ? roomName : undefined,
      settings: turnsOn ? { ...rest, enableComposition: true } : rest,
    },
  };
}

/** How many of the problems a reply names. */
export function reported(problems: Problem[], { switches }: Circumstances): Problem[] {
  return switches.validationDetails === "all" ? problems : problems.slice(0, 1);
}

/** Checks each value by itself. Keys of the document come first, unknown ones after them, as Joi reports them. */
export function checkFields(table: FieldTable, body: unknown, at: Circumstances, demands: Demands = {}) {
  const given: Settings = {};
  const cleared: string[] = [];
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const text = '"value" must be of type object';
    const context = { type: "object", value: body };
    return { given, cleared, problems: [{ message: text, path: [], type: "object.base", context }] as Problem[] };
  }
  const sent = body as Record<string, unknown>;
  const problems: Problem[] = [];
  for (const [key, rule] of Object.entries(table)) {
    const value = Object.hasOwn(sent, key) ? sent[key] : undefined;
    if (value === undefined) {
      if (demands.required?.includes(key)) problems.push(problem(key, "any.required", "is required"));
    } else if (at.switches.nullAndEmpty === "clears" && (value === null || value === "")) {
      cleared.push(key);
    } else {
      const found = checkValue(key, value, rule, at);
      if (found === undefined) given[key] = value as Setting;
      else problems.push(found);
    }
  }
  problems.push(...refusedKeys(table, sent, at, demands));
  return { given, cleared, problems };
}

function demandsOf(kind: RoomKind, { operation, switches }: Circumstances): Demands {
  const privacy = operation === "create" ? switches.createPrivacy : switches.putPrivacy;
  return {
    required: kind === "meeting" && privacy === "required" ? ["privacy"] : [],
    refused: operation === "update" && switches.putRoomName === "rejected" ? ["roomName"] : [],
  };
}

function refusedKeys(
  table: FieldTable,
  body: Record<string, unknown>,
  { switches }: Circumstances,
  { refused = [] }: Demands,
): Problem[] {
  const isRefused = (key: string) =>
    Object.hasOwn(table, key) ? refused.includes(key) : switches.unknownKeys === "rejected";
  return Object.keys(body)
    .filter(isRefused)
    .map((key) => problem(key, "object.unknown", "is not allowed", body[key], { child: key }));
}
