export type Minimum = readonly [major: number, minor: number];

/** The oldest engine and SDK that rooms work with. */
export const OLDEST_PULUMI: Minimum = [3, 216];
/** The oldest engine whose import file may carry inputs and outputs. */
export const OLDEST_IMPORTING: Minimum = [3, 254];
export const OLDEST_NODE: Minimum = [20, 0];

/** Whether a version like `3.259.0` or `v20.1.0` is the minimum or newer. */
export function isAtLeast(version: string, [major, minor]: Minimum): boolean {
  const [, ours = "0", oursMinor = "0"] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(ours) > major || (Number(ours) === major && Number(oursMinor) >= minor);
}
