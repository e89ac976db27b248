/**
 * Looks whether the commit of a tag can be released, and prints its section of the changelog:
 * `node -r ts-node/register/transpile-only tools/release/index.ts v1.2.3`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { notesOf, problemsOf } from "./check";

const root = join(__dirname, "..", "..");
const [tag = ""] = process.argv.slice(2);
const problems = problemsOf(root, tag);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(notesOf(readFileSync(join(root, "CHANGELOG.md"), "utf8"), tag.slice(1)));
