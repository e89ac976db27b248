import { nearest } from "../schema/given";

/** What a stack configures as `metered:KEY`, and a `metered.Provider` has as inputs. */
export const CONFIGURATION_KEYS: readonly string[] = [
  "appName",
  "secretKey",
  "endpoint",
  "adoptExisting",
  "maxConcurrentRequests",
  "timeoutSeconds",
  "retrySeconds",
];

/**
 * A key that was most likely meant to be one of the provider's, and which one. All others may be the program's own: it
 * can read the stack's configuration too.
 */
export function misspelledKey(keys: readonly string[]): { readonly key: string; readonly meant: string } | undefined {
  for (const key of keys) {
    const meant = CONFIGURATION_KEYS.includes(key) ? undefined : nearest(key, CONFIGURATION_KEYS);
    if (meant !== undefined) return { key, meant };
  }
  return undefined;
}
