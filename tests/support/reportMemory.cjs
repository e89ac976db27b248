"use strict";
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

/**
 * Loaded into a process before all else (NODE_OPTIONS=--require): at SIGUSR2 it prints what it holds on to, in bytes,
 * once all garbage is gone. What waits for a finalizer needs a second look.
 */
process.on("SIGUSR2", () => {
  collectGarbage();
  setImmediate(() => {
    collectGarbage();
    const { heapUsed, external, rss } = process.memoryUsage();
    console.log(`holds ${JSON.stringify({ held: heapUsed + external, rss })}`);
  });
});
