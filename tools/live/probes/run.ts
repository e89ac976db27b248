import { Interrupted } from "../time";
import type { Lab } from "./lab";
import { type Need, type Probe, Unusable } from "./probe";

/** What the user allowed, beside what every run does. */
export type Allowed = Readonly<Record<Need, boolean>>;

const howToAllow: Readonly<Record<Need, string>> = {
  liveRooms: "it takes a live room, which may not be deletable: --live-rooms",
  turn: "TURN was left out: run it without --without-turn",
  patience: "it takes some minutes of waiting for a room to expire: --patient",
};

/**
 * Asks all questions, one after another; a question that cannot be answered does not keep the next one from being asked.
 *
 * @throws Interrupted, or Unusable where the account answers nothing
 */
export async function runProbes(
  probes: readonly Probe[],
  lab: Lab,
  allowed: Allowed,
  say: (line: string) => void,
): Promise<void> {
  let whyNot: Error | undefined;
  for (const probe of probes) {
    if (whyNot !== undefined) skip(probe, lab, whyNot.message);
    else if (probe.needs !== undefined && !allowed[probe.needs]) skip(probe, lab, howToAllow[probe.needs]);
    else {
      say(`- ${probe.title}`);
      whyNot = await ask(probe, lab);
    }
  }
  if (whyNot !== undefined) throw whyNot;
}

/** Answers why nothing more can be asked, if so. */
async function ask(probe: Probe, lab: Lab): Promise<Error | undefined> {
  try {
    await probe.run(lab);
    await lab.tidy();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    skip(probe, lab, error.message);
    if (error instanceof Unusable || error instanceof Interrupted) return error;
    return undefined;
  }
}

/** Leaves what is known; says of the rest why it is not. */
function skip({ title, switches }: Probe, { notes }: Lab, why: string): void {
  if (switches.length === 0) notes.unanswered.push({ question: title, why });
  for (const name of switches) {
    const finding = notes.finding(name);
    if (finding === undefined) notes.untold(name, why);
    else if (finding.kind === "untold" && finding.why !== why) notes.untold(name, `${finding.why}; ${why}`);
  }
}
