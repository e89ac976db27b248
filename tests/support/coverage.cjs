"use strict";
// Preloaded into every process of a coverage run: one that is ended by a signal, as the engine does with providers,
// writes its coverage only if it ends by itself. One that heeds the signal does so anyway.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    if (process.listenerCount(signal) === 0) process.exit();
  });
}
