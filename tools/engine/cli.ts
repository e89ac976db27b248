import { findEngine } from "./index";
import { reasonOf } from "./run";

// Only the folder goes to standard output, so that a shell can put it on PATH.
findEngine().then(
  (folder) => console.log(folder),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : reasonOf(error));
    process.exitCode = 1;
  },
);
