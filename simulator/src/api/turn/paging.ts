import { type Answer, ok } from "../answer";

const perPage = 50;

/** One page of a list. A page that is no positive integer is the first; one beyond the end is empty. */
export function paged(all: readonly object[], page: unknown): Answer {
  const current = pageOf(page);
  const total = Math.max(1, Math.ceil(all.length / perPage));
  return ok({
    data: slice(all, current),
    pagination: {
      total_records: all.length,
      current_page: current,
      total_pages: total,
      next_page: current < total ? current + 1 : null,
      prev_page: current > 1 ? current - 1 : null,
    },
  });
}

export function pageOf(page: unknown): number {
  return typeof page === "string" && /^[1-9]\d{0,8}$/.test(page) ? Number(page) : 1;
}

export function slice<T>(all: readonly T[], page: number): T[] {
  return all.slice((page - 1) * perPage, page * perPage);
}

export function hasMore(all: readonly unknown[], page: number): boolean {
  return page * perPage < all.length;
}
