import { readFileSync } from "node:fs";
import ts from "typescript";

/** A member of an interface, as its author describes it. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly doc: string;
}

/** What the docstring of a function says. */
export interface FunctionDoc {
  readonly doc: string;
  /** The code of its `@example`. */
  readonly example: string;
}

/** The members of an exported interface. */
export function membersOf(file: string, name: string): Member[] {
  const found = parse(file).statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === name);
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`${file} has no interface ${name}`);
  return found.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(),
    type: (member.type?.getText() ?? "").replace(/^Input<(.*)>$/s, "$1").replace(/ \| undefined$/, ""),
    isOptional: member.questionToken !== undefined,
    doc: docOf(member),
  }));
}

/** The docstring of an exported function. */
export function functionDoc(file: string, name: string): FunctionDoc {
  const found = parse(file).statements.find((each) => ts.isFunctionDeclaration(each) && each.name?.text === name);
  if (!found) throw new Error(`${file} has no function ${name}`);
  const example = ts.getJSDocTags(found).find((tag) => tag.tagName.text === "example");
  const text = ts.getTextOfJSDocComment(example?.comment) ?? "";
  return { doc: docOf(found), example: /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? "" };
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

function docOf(node: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = docs.map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? "").join("\n");
  return text.replace(/\{@link (?:\w+\.)?(\w+)\}/g, "`$1`").replace(/\s*\n\s*/g, " ");
}
