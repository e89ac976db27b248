import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { type ExampleSchema, render } from "./examples";
import { programOf } from "./examples/recipes";

type Name = RoomType["name"];

/** What each kind of room is for. */
const SUMMARIES: Readonly<Record<Name, string>> = {
  MeetingRoom: "A Metered meeting room, where people meet in the browser.",
  LiveStreamingRoom: "A Metered live-streaming room, for one-to-many broadcasts.",
};

export function summaryOf({ name }: RoomType): string {
  return SUMMARIES[name];
}

const schema = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "provider", "schema.json"), "utf8"),
) as ExampleSchema;

/**
 * The program that introduces a resource or a function. The Node.js package reads a room of a set with a method, since a
 * program that checks indexes can't read one that may be missing.
 */
export function programIn(name: string): string {
  const { typescript } = render(programOf(name), schema);
  return typescript.replace(/\.rooms\.(\w+)\./g, '.room("$1").').trimEnd();
}

/** The same as a block of a page, with the mark by which the site shows it in every language. */
export function programOnPage(name: string): string {
  return `<!-- languages: ${name} -->\n\`\`\`ts\n${programIn(name)}\n\`\`\``;
}
