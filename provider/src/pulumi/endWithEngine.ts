import { fstatSync } from "node:fs";

/**
 * Ends this process when the engine that it works for is gone. The engine ends its providers with an interrupt; but one
 * that was killed cannot, and they would live on. It holds the other end of our standard input, which ends with it.
 *
 * At once, also in the middle of a call: nobody records any more what a call does, and one that is repeated for minutes
 * would work against the next run.
 */
export function endWithEngine(): void {
  const input = fstatSync(0);
  // Where it is anything but a pipe, somebody else started this process, and its end says nothing.
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin
    .on("error", () => {})
    .once("close", () => process.kill(process.pid, "SIGINT"))
    .unref()
    .resume();
}
