/** Versions as `pulumi version` and `go env GOVERSION` print them. */
export interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  readonly prerelease: boolean;
}

/** The oldest Pulumi engine that the provider supports. */
export const minimumPulumi = "3.216.0";

/** Below this, Go cannot load the modules that the engine is built from. */
export const minimumGo = "1.26.6";

/** Reads the first version in a text such as `v3.216.0-alpha.1`, `go1.26` or `3.248.0`. */
export function parseVersion(text: string): Version | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?(-[0-9A-Za-z])?/.exec(text);
  if (!match) return undefined;
  return {
    numbers: [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)],
    prerelease: match[4] !== undefined,
  };
}

/** Whether a version text is the minimum or newer; a prerelease comes before the release it leads to. */
export function isAtLeast(text: string, minimum: string): boolean {
  const version = parseVersion(text);
  const floor = parseVersion(minimum);
  if (!version || !floor) return false;
  for (const index of [0, 1, 2] as const) {
    const difference = version.numbers[index] - floor.numbers[index];
    if (difference !== 0) return difference > 0;
  }
  return floor.prerelease || !version.prerelease;
}

/** A new major version of the engine may speak another protocol, so only the minimum's own major version will do. */
export function isSupportedPulumi(text: string): boolean {
  return isAtLeast(text, minimumPulumi) && parseVersion(text)?.numbers[0] === parseVersion(minimumPulumi)?.numbers[0];
}
