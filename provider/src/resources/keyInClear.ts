import * as stackConfig from "@pulumi/pulumi/runtime/config";
import { KEY_IN_CLEAR } from "../core/secretKey";
import { failure } from "./failure";

/**
 * Whoever puts the key into the stack's configuration must encrypt it there: the file is shared, and Pulumi copies the
 * configuration into the state.
 *
 * @throws RunError
 */
export function refuseKeyInClear(): void {
  if (!isInClear("metered:secretKey")) return;
  throw failure(KEY_IN_CLEAR);
}

/** Pulumi knows which configuration is secret, but its types do not show the function. */
function isInClear(key: string): boolean {
  const { allConfig, isConfigSecret }: typeof stackConfig & { isConfigSecret?(key: string): boolean } = stackConfig;
  return key in allConfig() && isConfigSecret?.(key) === false;
}
