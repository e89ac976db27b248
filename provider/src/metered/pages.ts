import { type About, type Answer, isObject, unexpected } from "./judge";

/** 50 entries a page: nobody has so many pages, so a server that never ends is told from a long list. */
const MOST_PAGES = 10_000;

/**
 * The entries of all pages of a list.
 *
 * @param ask for one page, counted from 1
 * @throws MeteredError `UnexpectedResponse` for what is no such list, and every error of the calls
 */
export async function everyPage({ call }: About, ask: (page: number) => Promise<Answer>): Promise<unknown[]> {
  const entries: unknown[] = [];
  let page = 1;
  for (let asked = 0; asked < MOST_PAGES; asked++) {
    const { body } = await ask(page);
    if (!isObject(body) || !Array.isArray(body.data)) throw unexpected(call, "isn't a page of a list");
    entries.push(...body.data);
    const next = nextPage(body, page);
    if (next === undefined || body.data.length === 0) return entries;
    page = next;
  }
  throw unexpected(call, "is a list that never ends");
}

/** Two pages of Metered's documentation say in two ways whether there is more. */
function nextPage(
  { pagination, has_more: hasMore }: Readonly<Record<string, unknown>>,
  page: number,
): number | undefined {
  if (hasMore === true) return page + 1;
  const next = Number(isObject(pagination) ? pagination.next_page : undefined);
  return Number.isSafeInteger(next) && next > page ? next : undefined;
}
