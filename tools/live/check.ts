import { findEngine } from "../engine";
import { cleanUp, type Leftovers } from "./account/cleanUp";
import { Gate } from "./account/gate";
import { isOfAnyRun, isOfRun, newPrefix, wrongKeyLike } from "./account/keys";
import { Ledger, MOST_LIVE_ROOMS } from "./account/ledger";
import { Observations } from "./account/observations";
import { TurnAccount } from "./account/turn";
import { cleanUpTurn, noTurnLeft, type TurnLeftovers } from "./account/turnCleanUp";
import { Gateway } from "./lifecycle/gateway";
import { Stack } from "./lifecycle/stack";
import { type Step, tellStory } from "./lifecycle/story";
import { allProbes } from "./probes";
import { Lab } from "./probes/lab";
import { Unusable } from "./probes/probe";
import { type Allowed, runProbes } from "./probes/run";
import { type Report, reportOf, withoutSecrets } from "./report/report";
import { Interrupted, type Time } from "./time";

/** The account, and what may be done to it. */
export interface CheckOptions {
  readonly origin: string;
  readonly appName: string;
  readonly secretKey: string;
  /** Whether `origin` is Metered's, so that there are other sub-domains. */
  readonly isMetered: boolean;
  /** Requests in any second, at most. */
  readonly perSecond: number;
  readonly allowed: Allowed;
  /** Whether the provider's lifecycle is run on the real engine. */
  readonly engine: boolean;
  /** The sub-domain of no app, to be asked once and without a key. */
  readonly strangerOrigin?: string;
}

/** What a run uses of the world around it. */
export interface Surroundings {
  readonly time: Time;
  /** Receives the progress, line by line. */
  readonly say: (line: string) => void;
  /** Raised when the run is to end: it then makes no more requests but those that clean up. */
  readonly stop: AbortSignal;
}

/** Finds out how the service behaves, and leaves nothing behind but what cannot be deleted. */
export async function check(options: CheckOptions, surroundings: Surroundings): Promise<Report> {
  const { time, say, stop } = surroundings;
  const prefix = newPrefix();
  const isOurs = isOfRun(prefix);
  const ledger = new Ledger(options.allowed.liveRooms ? MOST_LIVE_ROOMS : 0);
  const observations = new Observations();
  const gate = new Gate(gateOptions(options, isOurs), ledger, observations, time, stop);
  const turn = new TurnAccount(gate);
  const lab = new Lab(gate, prefix, turn);
  const lifecycle: Step[] = [];
  const startedAt = time.now();
  let ran = "to its end";
  let left: AllLeftovers;
  // Before there is any room: it may have to be built, which takes minutes.
  const engine = options.engine ? await engineOr(lifecycle, say) : undefined;
  say(`All rooms of this run begin with ${prefix}`);
  try {
    await runProbes(allProbes(options.strangerOrigin), lab, options.allowed, say);
    if (engine !== undefined) await runLifecycle(engine, options.appName, lab, lifecycle, surroundings);
  } catch (error) {
    if (!(error instanceof Interrupted || error instanceof Unusable)) throw error;
    ran = `not to its end: ${error.message}`;
  } finally {
    say("Cleaning up");
    left = { rooms: await cleanUp(gate, isOurs), turn: await cleanUpTurn(turn, false) };
  }
  const made = ledger.entries.length;
  const isMetered = options.isMetered;
  const course = { startedAt, isMetered, ran, notes: lab.notes, observations, lifecycle, made, left };
  return withoutSecrets(reportOf(course), [options.secretKey, ...turn.ledger.secrets], options.appName);
}

/** What could not be deleted, or may not have been. */
export interface AllLeftovers {
  readonly rooms: Leftovers;
  readonly turn: TurnLeftovers;
}

/** Deletes what earlier runs left, and answers what is still there. */
export async function cleanUpAfterAll(options: CheckOptions, { time, stop }: Surroundings): Promise<AllLeftovers> {
  const gate = new Gate(gateOptions(options, isOfAnyRun), new Ledger(0), new Observations(), time, stop);
  const rooms = await cleanUp(gate, isOfAnyRun);
  const turn = options.allowed.turn ? await cleanUpTurn(new TurnAccount(gate), true) : noTurnLeft;
  return { rooms, turn };
}

function gateOptions({ origin, secretKey, perSecond }: CheckOptions, isOurs: (name: string) => boolean) {
  return { origin, secretKey, wrongKey: wrongKeyLike(secretKey), perSecond, isOurs };
}

/** The folder of the engine; where there is none, the steps say why. */
async function engineOr(steps: Step[], say: (line: string) => void): Promise<string | undefined> {
  try {
    return await findEngine({ log: say });
  } catch (error) {
    steps.push({ title: "finding the Pulumi engine", outcome: "not done", detail: String(error).split("\n") });
    return undefined;
  }
}

async function runLifecycle(
  engine: string,
  appName: string,
  lab: Lab,
  steps: Step[],
  { say, stop }: Surroundings,
): Promise<void> {
  say("The provider on the real engine");
  const gateway = await Gateway.open(lab.gate);
  const stack = Stack.create(engine, gateway, appName, stop);
  try {
    await tellStory(stack, lab, steps, say);
  } finally {
    stack.dispose();
    await gateway.close();
  }
}
