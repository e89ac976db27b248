"use strict";
// Preloaded into every process of a coverage run: one that is ended by a signal, as the engine does with providers,
// writes its coverage only if it ends by itself.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit());
