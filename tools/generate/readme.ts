import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field } from "../../provider/src/schema/field";

const START = "<!-- settings -->";
const END = "<!-- end of settings -->";

/** The README with the tables of settings and outputs made from the field tables. */
export function readmeWithTables(readme: string, types: readonly RoomType[]): string {
  const [before, rest = ""] = readme.split(START);
  const after = rest.split(END)[1];
  return `${before}${START}\n\n${types.map(section).join("\n")}\n${END}${after}`;
}

/** What of the README goes into the published package. */
export function packageReadme(readme: string): string {
  return readme
    .replace(/<!-- repository only -->\n[\s\S]*?<!-- end -->\n/g, "")
    .replace(/<!-- package only\n([\s\S]*?)-->\n/g, "$1")
    .replace(new RegExp(`${START}\n|${END}\n`, "g"), "");
}

/** The table of configuration keys, which other documents repeat. */
export function configurationTable(readme: string): string {
  const table = /^\| key .*\n(?:\|.*\n)+/m.exec(readme)?.[0];
  if (table === undefined) throw new Error("README.md has no table of configuration keys");
  return table;
}

/** A document with that table at its place. */
export function withConfiguration(text: string, table: string): string {
  const [start, end] = ["<!-- configuration -->", "<!-- end of configuration -->"];
  const [before, rest = ""] = text.split(start);
  return `${before}${start}\n\n${table}\n${end}${rest.split(end)[1]}`;
}

function section(type: RoomType): string {
  const outputs = [
    "`id` (the name in Metered's spelling)",
    "`roomId` (Metered's `_id`)",
    "`roomName`",
    "`appName`",
    "`created`",
  ];
  if (type.hasUrl) outputs.push("`url` (where people join)");
  outputs.push(...Object.keys(type.links).map((link) => `\`${link}\``), "and the declared settings");
  const rows = Object.entries(type.fields).map(
    ([name, field]) => `| \`${name}\` | ${valueColumn(field)} | ${field.doc} | ${afterRemoval(field)} |`,
  );
  return `### ${type.name}

Outputs: ${outputs.join(", ")}.

<details><summary>${rows.length} settings</summary>

| setting | value | what it does | when it is taken out of the program |
| --- | --- | --- | --- |
${rows.join("\n")}

</details>
`;
}

const WORDS: Readonly<Record<string, string>> = {
  count: "integer, 1 or more",
  unixSeconds: "unix seconds",
  url: "http(s) URL",
  rtmpUrl: "rtmp(s) URL",
  roomName: "name",
};

function valueColumn(field: Field): string {
  const value = field.values?.map((choice) => `\`${choice}\``).join(" or ") ?? WORDS[field.kind] ?? field.kind;
  const marks = [
    field.unit === "seconds" && "seconds",
    field.required && "**required**",
    field.default !== undefined && `default ${field.default}`,
    field.secret && "secret",
    field.replaces && "a change replaces the room",
  ];
  return [value, ...marks.filter(Boolean)].join("; ");
}

function afterRemoval({ required, kind, whenRemoved }: Field): string {
  if (required) return "";
  if (kind === "roomName") return "the room keeps its name";
  return whenRemoved === "kept" ? "kept" : `set to ${whenRemoved}`;
}
