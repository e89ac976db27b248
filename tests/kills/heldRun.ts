import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultConditions, Simulator } from "metered-simulator";
import type { Run, StartedRun } from "../support/run";
import type { TestStack } from "../support/stack";
import { below, gone, kill, providersIn } from "./processes";

/** A call that is to be held: when it arrives, or (`afterCommit`) when the server has done it and is about to answer. */
export interface Held extends FaultConditions {
  readonly afterCommit?: boolean;
}

/** How a run ends before its time. */
export const ways = ["SIGKILL", "SIGINT once", "SIGINT twice", "the provider's SIGKILL"] as const;
export type Way = (typeof ways)[number];

/** Long enough for an interrupt to arrive, which is sent when the last call is held. */
const A_WHILE = 2000;

/**
 * Runs Pulumi until all these calls are held, and then ends it that way. What was held is never answered, but for
 * "SIGINT once", where Pulumi waits for it.
 */
export async function endWhile(
  held: readonly Held[],
  way: Way,
  stack: TestStack,
  simulator: Simulator,
  args: readonly string[],
): Promise<Run> {
  const fault = way === "SIGINT once" ? ({ fault: "delay", ms: A_WHILE } as const) : ({ fault: "hang" } as const);
  const injected = held.map((conditions) => simulator.faults.inject({ ...conditions, ...fault }));
  const run = stack.start([...args, "--yes", "--skip-preview", "--non-interactive"]);
  let early: Run | undefined;
  void run.ended.then((ended) => {
    early = ended;
  });
  while (injected.some(({ fired }) => fired === 0)) {
    const missing = injected.filter(({ fired }) => fired === 0);
    assert.equal(early, undefined, `ended before ${JSON.stringify(missing)}:\n${early?.text}`);
    await sleep(20);
  }
  const ended = await end(run, way);
  simulator.faults.clear();
  return ended;
}

async function end(run: StartedRun, way: Way): Promise<Run> {
  const { child, ended } = run;
  const started = await below(child.pid ?? 0);
  const providers = providersIn(started);
  assert.equal(providers.length, 1);
  if (way === "SIGKILL") child.kill("SIGKILL");
  else if (way === "the provider's SIGKILL") for (const { pid } of providers) kill(pid);
  else {
    child.kill("SIGINT");
    if (way === "SIGINT twice") {
      await says(run, /\^C received; cancelling/);
      child.kill("SIGINT");
    }
  }
  const result = await ended;
  await Promise.all(providers.map(gone));
  // Pulumi's language host lives on for a while without its engine.
  for (const { pid } of started) kill(pid);
  return result;
}

function says({ child }: StartedRun, words: RegExp): Promise<void> {
  let heard = "";
  return new Promise((resolve) => {
    child.stdout?.on("data", (part) => {
      heard += part;
      if (words.test(heard)) resolve();
    });
  });
}
