import * as stackConfig from "@pulumi/pulumi/runtime/config";
import { failure } from "./failure";

/**
 * Whoever puts the key into the stack's configuration must encrypt it there: the file is shared, and Pulumi copies the
 * configuration into the state.
 *
 * @throws RunError
 */
export function refusePlaintextKey(): void {
  if (!isPlaintext("metered:secretKey")) return;
  // Loaded only where there is something to say.
  const { sayProblem } = require("../words/configuration") as typeof import("../words/configuration");
  throw failure(sayProblem({ problem: "key in plaintext" }, { face: "dynamic", account: { kind: "stack" } }));
}

/** Pulumi knows which configuration is secret, but its types do not show the function. */
function isPlaintext(key: string): boolean {
  const { allConfig, isConfigSecret }: typeof stackConfig & { isConfigSecret?(key: string): boolean } = stackConfig;
  return key in allConfig() && isConfigSecret?.(key) === false;
}
