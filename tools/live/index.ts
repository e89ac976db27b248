/**
 * A check of the real Metered, on an account of the user's: `npm run test:live -- --yes`. docs/live-check.md says what
 * it does there. The exit code is 0 when it ran to its end, the provider did as it promises and no meeting room is left.
 */
import { writeFileSync } from "node:fs";
import { redact } from "../../provider/src/metered/redact";
import { type Arguments, help, Refusal, readArguments } from "./arguments";
import { type AllLeftovers, check, cleanUpAfterAll, type Surroundings } from "./check";
import { markdownOf } from "./report/markdown";
import { realTime } from "./time";

const exitCodes = { fine: 0, otherwise: 1, refused: 2, interrupted: 130 } as const;

async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2), process.env);
  if (given === "help") {
    console.log(help);
    return exitCodes.fine;
  }
  const stop = stopOnSignals();
  // The key is in none of it; that holds even where somebody makes a mistake.
  const say = (text: string) => console.error(redact(text, [given.secretKey]));
  const surroundings = { time: realTime, say, stop };
  const isFine = given.cleanUpOnly ? await runCleanUp(given, surroundings) : await runCheck(given, surroundings);
  if (stop.aborted) return exitCodes.interrupted;
  return isFine ? exitCodes.fine : exitCodes.otherwise;
}

async function runCheck(given: Arguments, surroundings: Surroundings): Promise<boolean> {
  const report = await check(given, surroundings);
  writeFileSync(given.reportFile, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(markdownOf(report));
  surroundings.say(`The report is in ${given.reportFile}; docs/live-check.md explains what to do with it.`);
  const isClean = isNothingLeft({ rooms: report.rooms.left, turn: report.turnLeft });
  return report.ran === "to its end" && isClean && report.lifecycle.every(({ outcome }) => outcome === "as promised");
}

async function runCleanUp(given: Arguments, surroundings: Surroundings): Promise<boolean> {
  const left = await cleanUpAfterAll(given, surroundings);
  const { rooms, turn } = left;
  for (const name of [...rooms.meeting, ...turn.projects]) console.log(`Still there: ${name}`);
  for (const [label, count] of Object.entries(turn.credentials)) {
    console.log(`Still there: ${count} TURN credential${count === 1 ? "" : "s"} with the label ${label}`);
  }
  for (const doubt of [rooms.doubt, turn.doubt]) {
    if (doubt !== undefined) console.log(`There may be others (${doubt}).`);
  }
  if (!isNothingLeft(left)) return false;
  console.log(
    `No meeting room${given.allowed.turn ? ", TURN credential or TURN project" : ""} of an earlier run is left. Live rooms are not in Metered's list.`,
  );
  return true;
}

/** Live rooms may stay: Metered documents no way to delete them. */
function isNothingLeft({ rooms, turn }: AllLeftovers): boolean {
  const names = [...rooms.meeting, ...turn.projects, ...Object.keys(turn.credentials)];
  return names.length === 0 && rooms.doubt === undefined && turn.doubt === undefined;
}

/** The first signal ends the run in order; the second one ends it at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) {
      console.error("\nStopped. Rooms may be left: run it again with --clean-up.");
      process.exit(exitCodes.interrupted);
    }
    console.error("\nInterrupted. Cleaning up. Press Ctrl-C again to stop immediately, which leaves rooms on Metered.");
    controller.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
  return controller.signal;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Only what it says: the stack of an error may hold an address, and every address has the key in it.
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof Refusal ? exitCodes.refused : exitCodes.otherwise;
  },
);
