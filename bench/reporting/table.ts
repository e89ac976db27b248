/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Seconds as they stand in a table: to a tenth, or to a hundredth where that would be nothing. */
export function secondsText(seconds: number | undefined): string {
  if (seconds === undefined) return "–";
  return String(seconds < 1 ? seconds : Math.round(seconds * 10) / 10);
}

/** A time that somebody waits for: 40 s, 12 min, 3.4 h, 5 days, 2 years. */
export function durationText(seconds: number): string {
  const units = [
    [365 * 24 * 3600, " years"],
    [24 * 3600, " days"],
    [3600, " h"],
    [60, " min"],
    [1, " s"],
  ] as const;
  // Two of a unit, before the next smaller one gives way.
  const [size, unit] = units.find(([each]) => seconds >= 2 * each) ?? [1, " s"];
  return `${rounded(seconds / size)}${unit}`;
}

/** Bytes as KB, MB or GB. */
export function bytesText(bytes: number): string {
  const units = [
    [1024 ** 3, " GB"],
    [1024 ** 2, " MB"],
  ] as const;
  const [size, unit] = units.find(([each]) => bytes >= each) ?? [1024, " KB"];
  return `${rounded(bytes / size)}${unit}`;
}

export function countText(count: number): string {
  return Math.round(count).toLocaleString("en");
}

/** Two digits that count. */
function rounded(value: number): string {
  return value >= 10 ? countText(value) : String(Math.round(value * 10) / 10);
}
