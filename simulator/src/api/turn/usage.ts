import type { UsageEntry } from "../../turn/types";
import { between, datesBetween, groupedBy, inGB, isDate, ofMonth, totalOf } from "../../turn/usage";
import type { World } from "../../world";
import { type Answer, ok } from "../answer";
import type { Call } from "../call";
import { hasMore, pageOf, slice } from "./paging";
import { refuse } from "./refusals";

/** What the simulated plan includes in a month. */
const quotaInBytes = 50e9;
const pricePerGB = 0.4;
const daysPerPage = 7;

export function currentUsage(world: World): Answer {
  const used = totalOf(ofApp(world));
  return ok({
    quotaInGB: inGB(quotaInBytes),
    usageInGB: inGB(used),
    overageInGB: inGB(Math.max(0, used - quotaInBytes)),
  });
}

export function currentUsageByDate(world: World): Answer {
  return ok(groupedBy(ofApp(world), "date").map(([date, day]) => ({ date, usageInGB: inGB(totalOf(day)) })));
}

export function currentUsageByUser(world: World, { query }: Call): Answer {
  const page = pageOf(query.page);
  const users = groupedBy(ofApp(world), "username");
  return ok({ data: slice(users, page).map(userRow), has_more: hasMore(users, page) });
}

/** The archived page: no label, no paging. */
export function currentUsageByUserV1(world: World): Answer {
  return ok(
    groupedBy(ofApp(world), "username").map(([username, day]) => ({ username, usageInGB: inGB(totalOf(day)) })),
  );
}

export function currentUsageForUser(world: World, { query: { username } }: Call): Answer {
  if (typeof username !== "string" || username === "") return refuse(400, "username is required");
  return ok({ usageInGB: inGB(totalOf(ofApp(world).filter((entry) => entry.username === username))) });
}

/** Seven days a page, three months back. */
export function dailyUsageByUser(world: World, { query }: Call): Answer {
  const period = periodOf(query);
  if (typeof period === "string") return refuse(400, period);
  const dates = datesBetween(period.startDate, period.endDate);
  const page = pageOf(query.page);
  const pages = Math.ceil(dates.length / daysPerPage);
  const shown = dates.slice((page - 1) * daysPerPage, page * daysPerPage);
  const data = shown.map((date) => ({
    date,
    usage: groupedBy(between(world.turn.usage, date, date), "username").map(userRow),
  }));
  const next = page < pages ? page + 1 : null;
  const pagination = { total_records: dates.length, current_page: page, total_pages: pages };
  return ok({ data, pagination: { ...pagination, next_page: next, prev_page: page > 1 ? page - 1 : null }, period });
}

export function usageCharges(world: World, { query }: Call): Answer {
  const period = periodOf(query);
  if (typeof period === "string") return refuse(400, period);
  const days = groupedBy(between(world.turn.usage, period.startDate, period.endDate), "date");
  const data = days.map(([date, day]) => chargeOf(date, totalOf(day)));
  const sum = (key: "usageInGB" | "charge") => data.reduce((total, row) => total + row[key], 0);
  return ok({ success: true, data, summary: { usageInGB: sum("usageInGB"), charge: sum("charge") }, period });
}

export function projectUsage(world: World, call: Call): Answer {
  const project = world.turn.findProject(call.params.projectId ?? "");
  const used = totalOf(ofProject(world, call));
  const quota = project?.quotaInBytes ?? 0;
  const overageInBytes = quota === 0 ? 0 : Math.max(0, used - quota);
  return ok({ quotaInBytes: quota, usageInBytes: used, overageInBytes });
}

export function projectUsageByDate(world: World, call: Call): Answer {
  return ok(groupedBy(ofProject(world, call), "date").map(([date, day]) => ({ date, usageInBytes: totalOf(day) })));
}

export function projectUsageForUser(world: World, call: Call): Answer {
  const { username } = call.query;
  if (typeof username !== "string" || username === "") return refuse(400, "username is required");
  const { label } = world.turn.find(username) ?? {};
  const used = totalOf(ofProject(world, call).filter((entry) => entry.username === username));
  return ok({ ...(label === undefined ? {} : { label }), usageInBytes: used });
}

function ofApp({ turn }: World): UsageEntry[] {
  return ofMonth(turn.usage, turn.today());
}

function ofProject(world: World, { params: { projectId } }: Call): UsageEntry[] {
  return ofApp(world).filter(({ project }) => project === projectId);
}

function userRow([username, entries]: [string, UsageEntry[]]) {
  const label = entries.find((entry) => entry.label !== undefined)?.label;
  return { ...(label === undefined ? {} : { label }), username, usageInGB: inGB(totalOf(entries)) };
}

function chargeOf(date: string, bytes: number) {
  return { date, usageInGB: inGB(bytes), charge: inGB(bytes) * pricePerGB };
}

function periodOf({ startDate, endDate }: Call["query"]): { startDate: string; endDate: string } | string {
  if (!isDate(startDate) || !isDate(endDate)) return "startDate and endDate must be dates, YYYY-MM-DD";
  if (startDate > endDate) return "startDate must not be after endDate";
  if (datesBetween(startDate, endDate).length > 93) return "the period must not be longer than 3 months";
  return { startDate, endDate };
}
