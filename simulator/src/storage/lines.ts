import { type Contents, emptyContents, type ItemOf, idOf, type ListName, listNames } from "./contents";

// A data file is JSON Lines: the app, then one line for each change, so that a change costs one line however much there is.

export function firstLine(app: string): string {
  return `${JSON.stringify({ app })}\n`;
}

/** The line of an item that is new or was changed. */
export function lineOf<L extends ListName>(list: L, item: ItemOf<L>): string {
  return `${JSON.stringify({ [list]: item })}\n`;
}

export function removalOf(list: ListName, id: string): string {
  return `${JSON.stringify({ removed: list, id })}\n`;
}

/** The whole file without history. */
export function linesOf(app: string, contents: Contents): string[] {
  return [firstLine(app), ...listNames.flatMap((list) => contents[list].map((item) => lineOf(list, item)))];
}

interface Read {
  readonly app: string;
  readonly contents: Contents;
  /** Whether the file holds exactly these lines, and no history. */
  readonly isCompact: boolean;
}

/** What a file of this app says; undefined if it is no data file. A last line that was cut off was never answered for. */
export function readLines(text: string, app: string): Read | undefined {
  if (firstLine(app).startsWith(text)) return { app, contents: emptyContents, isCompact: false };
  return readWhole(text);
}

function readWhole(text: string): Read | undefined {
  const end = text.lastIndexOf("\n") + 1;
  const [first = "", ...lines] = text.slice(0, end).split("\n").slice(0, -1);
  const { app, ...more } = (parse(first) ?? {}) as { readonly app?: unknown };
  if (typeof app !== "string" || Object.keys(more).length > 0) return undefined;
  const history = new History();
  for (const line of lines) if (!history.add(parse(line))) return undefined;
  const isCompact = end === text.length && lines.length === history.size;
  return { app, contents: history.contents, isCompact };
}

/** Changes, one after another, and what they amount to. */
class History {
  readonly #lists = Object.fromEntries(listNames.map((list) => [list, new Map<string | number, object>()])) as Record<
    ListName,
    Map<string | number, object>
  >;

  /** False if it is no change. */
  add(change: unknown): boolean {
    if (typeof change !== "object" || change === null) return false;
    const { removed, id, ...given } = change as Readonly<Record<string, unknown>>;
    if (typeof removed === "string") return this.#remove(removed, String(id));
    const [entry] = Object.entries(given);
    const list = listNames.find((name) => name === entry?.[0]);
    const item = entry?.[1];
    if (list === undefined || typeof item !== "object" || item === null) return false;
    const items = this.#lists[list];
    items.set(idOf(list, item) ?? items.size, item);
    return true;
  }

  get size(): number {
    return listNames.reduce((sum, list) => sum + this.#lists[list].size, 0);
  }

  get contents(): Contents {
    const lists: Record<string, unknown[]> = {};
    for (const list of listNames) lists[list] = [...this.#lists[list].values()];
    return lists as Record<ListName, unknown[]> as Contents;
  }

  #remove(from: string, id: string): boolean {
    const list = listNames.find((name) => name === from);
    if (list !== undefined) this.#lists[list].delete(id);
    return list !== undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
