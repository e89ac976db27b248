import type { dynamic } from "@pulumi/pulumi";
import type { Difference } from "../../rooms/diff";
import type { RoomType } from "../../rooms/roomType";
import { endWithEngine } from "../endWithEngine";
import { checkInputs, compareRoom, createRoom, deleteRoom, lookUpRoom, refreshRoom, updateRoom } from "../operations";
import { ProviderProcess } from "../process";
import { type Bag, hasText, isFirstRead, registered } from "../state";
import { sayProblem } from "../words/configuration";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import { asKept, shown } from "./shown";

/** Pulumi configures a process once for each kind of room, always with the same values. */
export interface Shared {
  process: ProviderProcess | undefined;
}

/** What the engine is told of a difference. */
export function diffResult(type: RoomType, olds: Bag, found: Difference): dynamic.DiffResult {
  const { changed, replaces, isRewritten, deleteBeforeReplace } = found;
  if (changed.length === 0 && !isRewritten && hasText(type, olds)) return { changes: false };
  const order = { deleteBeforeReplace, ...(replaces.length > 0 ? { replaces: [...replaces] } : {}) };
  // What a lost update has left open shows in no input: the engine would see nothing to do.
  if (changed.some((name) => olds[name] === null)) return { changes: true, ...order };
  // `changes` stays open, so that the engine compares the inputs itself, and honours `replaceOnChanges`.
  return order;
}

/**
 * The dynamic provider of one kind of room, as Pulumi's provider process calls it: property bags go in and out, and
 * errors get their words here.
 */
export function roomProvider(type: RoomType, shared: Shared): dynamic.ResourceProvider<Bag, Bag> {
  const running = () => {
    shared.process ??= new ProviderProcess(() => undefined);
    return shared.process;
  };
  const viewpoint = (): Viewpoint => ({ face: "dynamic", account: running().account });
  // Pulumi shows what a dynamic provider prints as Info lines of the stack.
  const place = () => running().place(type, { tell: (note) => console.log(sayNote(note, viewpoint())) });
  /** Every call ends with a result, or with an error in words. */
  const worded = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw shown(error, viewpoint());
    }
  };
  /** The same where a room may be kept in the state although the call failed: it must say where its code is. */
  const keeping = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asKept(error, viewpoint(), registered(type));
    }
  };
  return {
    /** Pulumi does not wait for it, and an error here would be lost. */
    configure: async ({ config }) => {
      if (shared.process) return;
      shared.process = new ProviderProcess((key) => config.get(key));
      endWithEngine();
    },
    check: (olds, news) =>
      worded(() => {
        const { claims, problems: wrong } = running();
        const now = () => Date.now();
        const { inputs, problems } = checkInputs({ type, claims, owner: undefined, now }, olds, news);
        const reasons = [...wrong.map((problem) => sayProblem(problem, viewpoint())), ...problems];
        // Pulumi prints the value of the property that a failure names: each reason names its property instead.
        return { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
      }),
    diff: (id, olds, news) =>
      worded(() => {
        return diffResult(type, olds, compareRoom(place(), id, olds, news));
      }),
    create: (inputs) =>
      keeping(async () => {
        const { id, outputs } = await createRoom(place(), inputs);
        return { id, outs: outputs };
      }),
    read: (id, olds = {}) =>
      worded(async () => {
        const state = isFirstRead(type, olds) ? await lookUpRoom(place(), id) : await refreshRoom(place(), id, olds);
        return state ? { id: state.id, props: state.outputs, inputs: state.inputs } : { id: "", props: {} };
      }),
    update: (id, olds, news) =>
      keeping(async () => ({ outs: (await updateRoom(place(), id, olds, news)).outputs })),
    delete: (id, olds) => worded(() => deleteRoom(place(), id, olds)),
  };
}
