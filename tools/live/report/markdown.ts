import type { Report } from "./report";

/** The report for people. */
export function markdownOf(report: Report): string {
  const { requests, p50, p90, p99, longest } = report.latencyMs;
  return [
    `# A check of ${report.server}, ${report.date}`,
    "",
    `pulumi-metered ${report.provider}; the check ran ${report.ran}. It created ${report.rooms.made} rooms.`,
    ...leftLines(report),
    ...turnLines(report),
    "",
    "## What differs from what we assumed",
    ...lines(
      report.differs,
      (d) => `${d.switch}: ${d.found}${d.isNew ? " (no switch value describes it)" : ""}; we assumed ${d.assumed}`,
    ),
    "",
    "## What is as assumed",
    report.asAssumed.join(", ") || "Nothing.",
    "",
    "## What else was seen",
    ...lines(report.facts, ({ question, answer }) => `${question}: ${answer}`),
    `- Requests: ${requests}; half of them took up to ${p50} ms, 90 % ${p90} ms, 99 % ${p99} ms, the longest ${longest} ms`,
    `- Date header: on ${report.dateHeaders}`,
    `- Headers about rate limits: ${pairs(report.rateLimit.headers)}; responses with 429: ${report.rateLimit.tooManyRequests}`,
    "",
    "## Unknown fields in responses (names only)",
    ...lines(Object.entries(report.unknownFields), ([place, names]) => `${place}: ${names.join(", ")}`),
    "",
    "## The provider on the real engine",
    ...lines(
      report.lifecycle,
      (s) => `${s.title}: ${s.outcome}${s.detail === undefined ? "" : ` (${s.detail.join("; ")})`}`,
    ),
    "",
    "## What wasn't found out",
    ...lines(report.notFoundOut, ({ question, why }) => `${question.replace(/\.$/, "")}: ${why}`),
  ].join("\n");
}

/** Most urgent, so it stands at the top: what the user has to do. */
function leftLines({ rooms: { left } }: Report): string[] {
  const list = (names: readonly string[]) => names.map((name) => `- ${name}`);
  return [
    ...(left.meeting.length > 0
      ? ["", "**Rooms that are still there.** Run it again with --clean-up, or delete them in Metered's dashboard:"]
      : []),
    ...list(left.meeting),
    ...(left.live.length > 0
      ? ["", "**Live rooms that are still there.** Metered has no API to delete them. Delete them in the dashboard:"]
      : []),
    ...list(left.live),
    ...(left.doubt === undefined ? [] : ["", `There may be others (${left.doubt}): run it with --clean-up.`]),
  ];
}

function turnLines({ turnLeft: { credentials, projects, doubt } }: Report): string[] {
  const left = [
    ...Object.entries(credentials).map(
      ([label, count]) => `- ${count} credential${count === 1 ? "" : "s"} with the label ${label}`,
    ),
    ...projects.map((name) => `- the project ${name}`),
  ];
  return [
    ...(left.length > 0
      ? ["", "**TURN that is still there.** Run it again with --clean-up, or delete it in the dashboard:"]
      : []),
    ...left,
    ...(doubt === undefined
      ? []
      : ["", `There may be other TURN projects or credentials (${doubt}): run it with --clean-up.`]),
  ];
}

function lines<T>(items: readonly T[], line: (item: T) => string): string[] {
  return items.length === 0 ? ["None."] : items.map((item) => `- ${line(item)}`);
}

function pairs(headers: Readonly<Record<string, string>>): string {
  const found = Object.entries(headers).map(([name, value]) => `${name} ${value}`);
  return found.join(", ") || "none";
}
