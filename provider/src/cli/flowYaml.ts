/** What flow style consists of: comments, texts in quotes, marks, and words, which end before a mark or a comment. */
const TOKENS =
  /#.*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|[{}[\],:]|[^\s{}[\],:#"'](?:[^\n{}[\],])*?(?=\s*(?:[{}[\],\n]|:(?:[\s{}[\],]|$)|\s#|$))/g;

/**
 * The first value of a text of YAML in flow style, which is JSON with words and comments. Of numbers and the like, which
 * nobody needs here, it's the text. Aliases stay as they are.
 *
 * @throws SyntaxError where there is no whole value
 */
export function flowValue(text: string): unknown {
  const tokens = (text.match(TOKENS) ?? []).filter((token) => !token.startsWith("#"));
  return valueIn(tokens);
}

function valueIn(tokens: string[]): unknown {
  const token = tokens.shift();
  if (token === undefined || /^[}\],:]$/.test(token)) throw new SyntaxError("a value is missing");
  if (token === "{") return Object.fromEntries(itemsIn(tokens, "}", entryIn));
  if (token === "[") return itemsIn(tokens, "]", valueIn);
  // An anchor, a tag.
  if (/^[&!]\S*$/.test(token)) return valueIn(tokens);
  if (token.startsWith('"')) return JSON.parse(token.replace(/\s*\n\s*/g, " "));
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  return withoutMarks([token, ...restOfWord(tokens)].join(" "));
}

/** Words may go on in the next line. */
function restOfWord(tokens: string[]): string[] {
  const end = tokens.findIndex((token) => /^[{}[\],:"']/.test(token));
  return tokens.splice(0, end < 0 ? tokens.length : end);
}

function itemsIn<Item>(tokens: string[], end: string, read: (tokens: string[]) => Item): Item[] {
  const items: Item[] = [];
  while (tokens[0] !== end) {
    items.push(read(tokens));
    if (tokens[0] === ",") tokens.shift();
    else if (tokens[0] !== end) throw new SyntaxError(`${end} is missing`);
  }
  tokens.shift();
  return items;
}

function entryIn(tokens: string[]): [string, unknown] {
  const key = String(valueIn(tokens));
  if (tokens[0] !== ":") return [key, undefined];
  tokens.shift();
  return [key, /^[,}]$/.test(tokens[0] ?? "") ? undefined : valueIn(tokens)];
}

/** A word without the anchor and the tag before it. */
export function withoutMarks(word: string): string {
  return word.replace(/^(?:[&!]\S*\s+)+/, "");
}
