import type { Bag } from "../../provider/src/pulumi/state";
import type { Engine, Outcome, RunOptions } from "./engine";
import type { Configured, Provider } from "./providers";
import type { ProvidersOverGrpc } from "./providersOverGrpc";
import { Told } from "./told";

/** A resource of a program; without inputs, one that the program has no more. */
export interface Declared {
  readonly engine: Engine;
  readonly program: Bag | undefined;
  readonly options?: RunOptions;
}

/** How a run ended: what failed, in the order in which it did. */
export type Failures = readonly { readonly engine: Engine; readonly error: Told }[];

export interface Run {
  /** How many operations the engine has under way at once. */
  readonly parallel: number;
  /** It is killed before it comes to what is to be deleted. */
  readonly isCutShort?: boolean;
  /** Is told of each resource whose turn has come, and is over. */
  readonly onDone?: (engine: Engine) => void;
}

/**
 * Plays the engine for several resources in one run: it asks for one after the other, in the order in which they are
 * declared, and has so many operations under way at once. While all are busy, it asks for no more. After a failure it
 * begins nothing new, and deletes nothing. (Measured on the real one.)
 */
export async function deploy(
  providers: ProvidersOverGrpc,
  configured: Configured,
  resources: readonly Declared[],
  { parallel, isCutShort = false, onDone = () => {} }: Run,
): Promise<Failures> {
  await providers.begin(configured);
  const failures: { engine: Engine; error: Told }[] = [];
  const slots = new Slots(parallel);
  const providerOf = ({ type, name }: Engine): Provider => providers.provider({ ...configured, type, name });
  const attempt = async <T>(engine: Engine, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Told)) throw error;
      failures.push({ engine, error });
      return undefined;
    }
  };
  for (const { engine, program, options = {} } of resources) {
    if (!program || failures.length > 0) continue;
    const work = await attempt(engine, () => engine.prepare(providerOf(engine), [], program, options));
    const run = async () => {
      if (!work || failures.length > 0) return;
      const count = failures.length;
      await attempt(engine, work);
      if (!failures.slice(count).some((failure) => failure.engine === engine)) onDone(engine);
    };
    await slots.begin(run);
  }
  await slots.finished();
  if (failures.length > 0 || isCutShort) return failures;
  for (const { engine, program } of [...resources].reverse()) {
    const work = () => (program ? engine.deleteReplaced(providerOf(engine)) : engine.remove(providerOf(engine)));
    await slots.begin(() => attempt(engine, work));
  }
  await slots.finished();
  return failures;
}

/** All failures of a run as one: the user reads them together. */
export function outcomeOf(failures: Failures): Outcome {
  const [first] = failures;
  const lost = failures.find(({ error }) => error.mayHaveHappened && /may have been created\./.test(error.message));
  const text = failures.map(({ error }) => error.message).join("\n");
  return { steps: [], error: (lost ?? first)?.error, text };
}

/** So many operations at once. */
class Slots {
  private readonly busy = new Set<Promise<unknown>>();

  constructor(private readonly count: number) {}

  /** Waits until there is room for it, and begins it. */
  async begin(work: () => Promise<unknown>): Promise<void> {
    while (this.busy.size >= this.count) await Promise.race(this.busy);
    const running: Promise<unknown> = work().finally(() => this.busy.delete(running));
    this.busy.add(running);
  }

  async finished(): Promise<void> {
    while (this.busy.size > 0) await Promise.race(this.busy);
  }
}
