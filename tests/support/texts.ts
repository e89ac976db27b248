import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A text in the source code; what it is filled with shows as `…`. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** Every text of a folder's source code that has at least so many words, in the words that a user would see. */
export function textsBelow(folder: string, leastWords: number, isWanted: (file: string) => boolean): SourceText[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return files.filter(isWanted).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.Latest, true);
    return textsIn(source)
      .filter((text) => text.split(/\s+/).filter(Boolean).length >= leastWords)
      .map((text) => ({ file, text }));
  });
}

function textsIn(node: ts.Node): string[] {
  if (ts.isImportDeclaration(node)) return [];
  if (isText(node)) return [filled(node).replace(/…+/g, "…")];
  const found: string[] = [];
  ts.forEachChild(node, (child) => void found.push(...textsIn(child)));
  return found;
}

/** A literal, a template, or several of them joined by `+`. */
function isText(node: ts.Node): node is ts.Expression {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return true;
  return isSum(node) && (isText(node.left) || isText(node.right));
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** Alternatives inside of a text stand one behind the other. */
function filled(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (isSum(node)) return filled(node.left) + filled(node.right);
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map((span) => filled(span.expression) + span.literal.text).join("");
  }
  if (ts.isParenthesizedExpression(node)) return filled(node.expression);
  if (ts.isBinaryExpression(node)) return `…${filled(node.right)}…`;
  if (ts.isConditionalExpression(node)) return `…${filled(node.whenTrue)}…${filled(node.whenFalse)}…`;
  return "…";
}
