import type { dynamic } from "@pulumi/pulumi";
import { UNKNOWN } from "../../schema/kinds";
import { endWithEngine } from "../endWithEngine";
import type { Kind, Operations } from "../kind";
import { type Errand, ProviderProcess } from "../process";
import { LINES } from "../progress";
import { markedAsSecret } from "../secrets";
import { type Bag, registered } from "../state";
import { sayProblem } from "../words/configuration";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import { asKept, shown } from "./shown";

/** Pulumi configures a process once for each kind of resource, always with the same values. */
export interface Shared {
  process: ProviderProcess | undefined;
}

/** Marks what is a secret by the table: a transformation may have added it, of which the class knows nothing. */
function withSecrets<Found>(kind: Kind<Found>, inputs: Bag): Bag {
  const secrets = kind.secrets(true).filter((name) => inputs[name] !== undefined && inputs[name] !== UNKNOWN);
  const marked = secrets.map((name) => [name, markedAsSecret({ value: inputs[name] })] as const);
  return { ...inputs, ...Object.fromEntries(marked) };
}

/**
 * The dynamic provider of one kind of resource, as Pulumi's provider process calls it: property bags go in and out, and
 * errors get their words here.
 *
 * @param diff what the engine is told of what a comparison finds
 */
export function dynamicProvider<Found>(
  kind: Kind<Found>,
  diff: (olds: Bag, found: Found) => dynamic.DiffResult,
  shared: Shared,
): dynamic.ResourceProvider<Bag, Bag> {
  const running = () => {
    shared.process ??= new ProviderProcess(() => undefined);
    return shared.process;
  };
  const viewpoint = (): Viewpoint => ({ face: "dynamic", account: running().account });
  // Pulumi shows what a dynamic provider prints as Info lines of the stack.
  const tell: Errand["tell"] = (note) => console.log(sayNote(note, viewpoint()));
  /** Every call ends with a result, or with an error in words. */
  const worded = async <T>(work: (operations: Operations<Found>) => T | Promise<T>, say = shown): Promise<T> => {
    try {
      return await work(kind.operations(running(), { tell }, { pace: LINES, show: tell }));
    } catch (error) {
      throw say(error, viewpoint());
    }
  };
  /** Where the resource may be kept in the state although the call failed, it must say where its code is. */
  const kept: typeof shown = (error, from) => asKept(error, from, registered(kind.type));
  return {
    /** Pulumi does not wait for it, and an error here would be lost. */
    configure: async ({ config }) => {
      if (shared.process) return;
      shared.process = new ProviderProcess((key) => config.get(key));
      endWithEngine();
    },
    check: async (olds, news) => {
      const { inputs, problems } = kind.check(running(), undefined, olds, news);
      const reasons = [...running().problems.map((problem) => sayProblem(problem, viewpoint())), ...problems];
      // Pulumi prints the value of the property that a failure names: each reason names its property instead.
      return { inputs: withSecrets(kind, inputs), failures: reasons.map((reason) => ({ property: "", reason })) };
    },
    diff: (id, olds, news) => worded(({ compare }) => diff(olds, compare({ id, outputs: olds }, news))),
    create: (inputs) =>
      worded(async ({ create }) => {
        const { id, outputs } = await create(inputs);
        return { id, outs: outputs };
      }, kept),
    read: (id, outputs = {}) =>
      worded(async ({ lookUp, refresh }) => {
        const state = await (kind.isFirstRead(outputs) ? lookUp : refresh)({ id, outputs });
        return state ? { id: state.id, props: state.outputs, inputs: state.inputs } : { id: "", props: {} };
      }),
    update: (id, outputs, news) =>
      worded(async ({ update }) => ({ outs: (await update({ id, outputs }, news)).outputs }), kept),
    delete: (id, outputs) => worded((operations) => operations.delete({ id, outputs })),
  };
}
