import { getMonitor } from "@pulumi/pulumi/runtime/settings";

/** Whether the program runs in a unit test with Pulumi's mocks, where resources and lookups are mocked like all else. */
export function isMocked(): boolean {
  const monitor: object | undefined = getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}
