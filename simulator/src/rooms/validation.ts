import { fields } from "./fields";
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

/** Checks the body of a create, or of an update of a room whose settings are `current`. */
export function checkBody(kind: RoomKind, body: unknown, at: Circumstances, current: Settings = {}): Checked {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const text = '"value" must be of type object';
    return { problems: [{ message: text, path: [], type: "object.base", context: { type: "object", value: body } }] };
  }
  const { given, cleared, problems } = checkValues(kind, body as Record<string, unknown>, at);
  const settings = at.switches.put === "merge" ? { ...current, ...given } : { ...given };
  for (const key of cleared) delete settings[key];
  if (problems.length === 0) {
    problems.push(...checkRules(kind, at.switches.putRules === "merged" ? settings : given, at));
  }
  if (problems.length > 0)
    return { problems: at.switches.validationDetails === "all" ? problems : problems.slice(0, 1) };
  const { roomName, ...rest } = settings;
  const turnsOn = kind === "meeting" && at.switches.composition === "auto" && usesComposition(rest);
  return {
    accepted: {
      roomName: typeof roomName === "string" ? roomName : undefined,
      settings: turnsOn ? { ...rest, enableComposition: true } : rest,
    },
  };
}

// Keys in the order of the document first, unknown ones after them: the order in which Joi reports.
function checkValues(kind: RoomKind, body: Record<string, unknown>, at: Circumstances) {
  const given: Settings = {};
  const cleared: string[] = [];
  const problems: Problem[] = [];
  for (const [key, rule] of Object.entries(fields[kind])) {
    const value = Object.hasOwn(body, key) ? body[key] : undefined;
    if (value === undefined) {
      if (isRequired(kind, key, at)) problems.push(problem(key, "any.required", "is required"));
    } else if (at.switches.nullAndEmpty === "clears" && (value === null || value === "")) {
      cleared.push(key);
    } else {
      const found = checkValue(key, value, rule, at);
      if (found === undefined) given[key] = value as Setting;
      else problems.push(found);
    }
  }
  problems.push(...refusedKeys(kind, body, at));
  return { given, cleared, problems };
}

function isRequired(kind: RoomKind, key: string, { operation, switches }: Circumstances): boolean {
  if (kind !== "meeting" || key !== "privacy") return false;
  return (operation === "create" ? switches.createPrivacy : switches.putPrivacy) === "required";
}

function refusedKeys(kind: RoomKind, body: Record<string, unknown>, { operation, switches }: Circumstances): Problem[] {
  const isRefused = (key: string) =>
    Object.hasOwn(fields[kind], key)
      ? key === "roomName" && operation === "update" && switches.putRoomName === "rejected"
      : switches.unknownKeys === "rejected";
  const text = "is not allowed";
  return Object.keys(body)
    .filter(isRefused)
    .map((key) => problem(key, "object.unknown", text, body[key], { child: key }));
}
