import type { UsageEntry } from "./types";

const bytesInGB = 1e9;

export function inGB(bytes: number): number {
  return bytes / bytesInGB;
}

export function totalOf(entries: readonly UsageEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The entries of the month that a date lies in: what Metered calls current. */
export function ofMonth(entries: readonly UsageEntry[], today: string): UsageEntry[] {
  return entries.filter(({ date }) => date.slice(0, 7) === today.slice(0, 7));
}

export function between(entries: readonly UsageEntry[], first: string, last: string): UsageEntry[] {
  return entries.filter(({ date }) => date >= first && date <= last);
}

/** Sums by a property, ordered by it. */
export function groupedBy(entries: readonly UsageEntry[], key: "date" | "username"): [string, UsageEntry[]][] {
  const groups = new Map<string, UsageEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry[key]);
    if (group === undefined) groups.set(entry[key], [entry]);
    else group.push(entry);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Every date from one to another, both included. */
export function datesBetween(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let date = new Date(first); date <= new Date(last); date = new Date(date.getTime() + 86_400_000)) {
    dates.push(date.toISOString().slice(0, 10));
  }
  return dates;
}

/** Whether a text is a date of the calendar. */
export function isDate(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
