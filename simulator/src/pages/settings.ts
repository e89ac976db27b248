import { ControlError } from "../control/mistakes";
import type { SettingChanges } from "../rooms/dashboard";
import { type FieldRule, fields } from "../rooms/fields";
import type { RoomKind, Setting, StoredRoom } from "../rooms/types";
import { isSecret } from "../secrets";
import { type Html, html, nothing } from "./html";

type Room = Readonly<StoredRoom>;

/** An input for each setting that the document knows. */
export function settingInputs(room: Room): Html[] {
  return editable(room.kind).map(([name, rule]) => {
    const input = isSecret(room.kind, name) ? secretInput(name, room) : plainInput(name, rule, textOf(room, name));
    return html`<div><label for="${name}">${name}</label>${input}</div>\n`;
  });
}

/** What a form with these inputs asks for: only what differs from what it showed. */
export function changesFrom(form: URLSearchParams, room: Room): SettingChanges {
  const changes: Record<string, Setting | null> = {};
  const removed = form.getAll("remove");
  for (const [name, rule] of editable(room.kind)) {
    const text = form.get(name)?.replace(/\r\n?/g, "\n");
    if (isSecret(room.kind, name)) {
      if (removed.includes(name)) changes[name] = null;
      else if (text) changes[name] = text;
    } else if (text !== undefined && text !== textOf(room, name)) {
      changes[name] = text === "" ? null : parse(name, rule, text);
    }
  }
  return changes;
}

function editable(kind: RoomKind): [string, FieldRule][] {
  return Object.entries(fields[kind]).filter(([name]) => name !== "roomName");
}

// Line ends as a browser's text area has them, but for the carriage returns that it sends.
function textOf({ settings }: Room, name: string): string {
  return Object.hasOwn(settings, name) ? String(settings[name]).replace(/\r\n?/g, "\n") : "";
}

function plainInput(name: string, rule: FieldRule, current: string): Html {
  switch (rule.type) {
    case "boolean":
      return select(name, ["", "true", "false"], current);
    case "choice":
      return select(name, ["", ...rule.of], current);
    case "integer":
      return html`<input id="${name}" name="${name}" value="${current}" inputmode="numeric" autocomplete="off">`;
    default:
      return html`<textarea id="${name}" name="${name}" rows="1">\n${current}</textarea>`;
  }
}

function select(name: string, known: string[], current: string): Html {
  const values = known.includes(current) ? known : [...known, current];
  const options = values.map((value) => {
    const selected = value === current ? html` selected` : nothing;
    return html`<option value="${value}"${selected}>${value === "" ? "–" : value}</option>`;
  });
  return html`<select id="${name}" name="${name}">${options}</select>`;
}

function secretInput(name: string, { settings }: Room): Html {
  const isSet = Object.hasOwn(settings, name);
  const removal = isSet
    ? html`<label><input type="checkbox" name="remove" value="${name}"> remove it</label>`
    : nothing;
  const placeholder = isSet ? "set (leave empty to keep it)" : "";
  return html`<input id="${name}" name="${name}" placeholder="${placeholder}" autocomplete="off" spellcheck="false">${removal}`;
}

function parse(name: string, rule: FieldRule, text: string): Setting {
  if (rule.type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (rule.type !== "integer") return text;
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new ControlError(`${name} must be a whole number, not "${text}".`);
  }
  return Number(text);
}
