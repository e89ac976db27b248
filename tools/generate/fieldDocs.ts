import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field, Rule } from "../../provider/src/schema/field";
import { anchorOf, pageOf } from "./pages";

/** What an editor, the schema and the reference pages say about an input, in the same sentences. */
interface FieldDoc {
  /** What it does, with the unit. */
  readonly first: string;
  /** The other sentences of the table. */
  readonly rest: string;
  /** What it needs from other inputs. */
  readonly limits: string;
  /** What removing it does, unless the room keeps its value. */
  readonly removal: string;
  readonly replacement: string;
}

/** Sentences of a table that a rule says as well, and better. */
const SAID_BY_RULES = /^(?:Needs|Must be earlier than) /;

export function fieldDocOf(type: RoomType, name: string, field: Field): FieldDoc {
  const limits = [...own(type, name), ...reverse(type, name)].join(" ");
  const [first = "", ...others] = sentencesOf(field.doc);
  const rest = limits === "" ? others : others.filter((sentence) => !SAID_BY_RULES.test(sentence));
  const isSet = field.required || field.kind === "roomName" || field.whenRemoved === "kept";
  return {
    first: withUnit(first, field),
    rest: rest.join(" "),
    limits,
    removal: isSet ? "" : `If you remove it from the program, it is set to \`${field.whenRemoved}\`.`,
    replacement: field.replaces
      ? "Changing it replaces the room: Pulumi creates the new room, then deletes the old one. If you remove it, the room keeps its name."
      : "",
  };
}

/** Everything in paragraphs, as a hover text or a description in the schema shows it. */
export function paragraphsOf(type: RoomType, name: string, field: Field): string[] {
  const { first, rest, limits, removal, replacement } = fieldDocOf(type, name, field);
  return [[first, rest].filter(Boolean).join(" "), limits, removal, replacement].filter(Boolean);
}

/** Where the input is on the site, by the path of the page in the repository. */
export function seeOf(type: RoomType, name: string): string {
  return `docs/reference/${pageOf(type)}.md#${anchorOf(type, name)}`;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  roomName: '"town-hall"',
  displayMessage: '"We start at five."',
  customCSS: '"body { background: #fff; }"',
  expireUnixSec: 'Date.parse("2030-06-28T17:00:00+02:00") / 1000',
  notBeforeUnixSec: 'Date.parse("2030-06-28T16:00:00+02:00") / 1000',
};

/** A value as a program would give it. */
export function exampleOf(name: string, field: Field): string {
  const example = EXAMPLES[name];
  if (example !== undefined) return example;
  if (field.secret) return `config.requireSecret("${name}")`;
  if (field.kind === "boolean") return String(field.default !== true);
  if (field.kind === "count") return field.unit === "participants" ? "12" : "3600";
  if (field.kind === "choice") return JSON.stringify(field.values?.at(-1));
  return JSON.stringify(`https://example.com/metered/${name.toLowerCase()}`);
}

function sentencesOf(doc: string): string[] {
  return doc.split(/(?<=\.) (?=[A-Z])/);
}

function withUnit(sentence: string, { kind, unit }: Field): string {
  if (kind === "unixSeconds") return sentence.replace(/\.$/, ", in Unix seconds (not milliseconds).");
  return unit === "seconds" ? sentence.replace(/\.$/, ", in seconds.") : sentence;
}

function own(type: RoomType, name: string): string[] {
  const rules = type.rules.filter((rule) => rule.field === name);
  const needs = rules.filter((rule) => rule.level === "error" && "needs" in rule).map(needed);
  const earlier = rules.flatMap((rule) =>
    "earlierThan" in rule ? [`Must be earlier than \`${rule.earlierThan}\`.`] : [],
  );
  const advice = rules.flatMap((rule) => (rule.level === "warning" ? [advised(rule)] : []));
  return [...earlier, ...(needs.length > 0 ? [`\`true\` requires ${listed(needs)}.`] : []), ...advice];
}

function reverse(type: RoomType, name: string): string[] {
  return type.rules.flatMap((rule) =>
    "earlierThan" in rule && rule.earlierThan === name ? [`Must be later than \`${rule.field}\`.`] : [],
  );
}

function needed(rule: Rule): string {
  if (!("needs" in rule)) return "";
  return `\`${rule.needs}${rule.be === undefined ? "" : `: ${rule.be}`}\``;
}

function advised(rule: Rule): string {
  const why = rule.why.replace(/^without it /, "");
  return `Set ${needed(rule)} as well. Otherwise ${why}.`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
