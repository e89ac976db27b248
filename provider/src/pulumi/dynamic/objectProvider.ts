import type { dynamic } from "@pulumi/pulumi";
import type { ObjectDifference } from "../../objects/difference";
import type { ObjectType } from "../../objects/objectType";
import { endWithEngine } from "../endWithEngine";
import {
  checkObject,
  compareObject,
  createObject,
  deleteObject,
  learnClock,
  lookUpObject,
  refreshObject,
  updateObject,
} from "../objectOperations";
import { isFirstObjectRead } from "../objectState";
import { ProviderProcess } from "../process";
import { type Bag, hasText, registered } from "../state";
import { sayProblem } from "../words/configuration";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import type { Shared } from "./roomProvider";
import { asKept, shown } from "./shown";

/** What the engine is told of a difference. */
export function objectDiff(type: ObjectType, olds: Bag, found: ObjectDifference): dynamic.DiffResult {
  const { changed, replaces, isDue, isIncomplete } = found;
  const isForced = isDue || isIncomplete;
  if (changed.length === 0 && !isForced && hasText(type, olds)) return { changes: false };
  const order = { deleteBeforeReplace: false, ...(replaces.length > 0 ? { replaces: [...replaces] } : {}) };
  // Neither the time nor what is missing shows in an input, nor what a lost update has left open: the engine would see
  // nothing to do.
  if (isForced || changed.some((name) => olds[name] === null)) return { changes: true, ...order };
  // `changes` stays open, so that the engine compares the inputs itself, and honours `replaceOnChanges`.
  return order;
}

/** The dynamic provider of one kind of object, as Pulumi's provider process calls it. See roomProvider.ts. */
export function objectProvider(type: ObjectType, shared: Shared): dynamic.ResourceProvider<Bag, Bag> {
  const running = () => {
    shared.process ??= new ProviderProcess(() => undefined);
    return shared.process;
  };
  const viewpoint = (): Viewpoint => ({ face: "dynamic", account: running().account });
  const place = () => running().objectPlace(type, { tell: (note) => console.log(sayNote(note, viewpoint())) });
  const worded = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw shown(error, viewpoint());
    }
  };
  const keeping = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asKept(error, viewpoint(), registered(type));
    }
  };
  return {
    configure: async ({ config }) => {
      if (shared.process) return;
      shared.process = new ProviderProcess((key) => config.get(key));
      endWithEngine();
    },
    check: (olds, news) =>
      worded(() => {
        const { inputs, problems } = checkObject({ type, now: () => Date.now() }, olds, news);
        const reasons = [...running().problems.map((problem) => sayProblem(problem, viewpoint())), ...problems];
        return { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
      }),
    diff: (id, olds, news) =>
      worded(async () => {
        const here = place();
        await learnClock(here, olds);
        return objectDiff(type, olds, compareObject(here, id, olds, news));
      }),
    create: (inputs) =>
      keeping(async () => {
        const { id, outputs } = await createObject(place(), inputs);
        return { id, outs: outputs };
      }),
    read: (id, olds = {}) =>
      worded(async () => {
        const isFirst = isFirstObjectRead(type, olds);
        const state = isFirst ? await lookUpObject(place(), id) : await refreshObject(place(), id, olds);
        return state ? { id: state.id, props: state.outputs, inputs: state.inputs } : { id: "", props: {} };
      }),
    update: (id, olds, news) => keeping(async () => ({ outs: (await updateObject(place(), id, olds, news)).outputs })),
    delete: (id, olds) => worded(() => deleteObject(place(), id, olds)),
  };
}
