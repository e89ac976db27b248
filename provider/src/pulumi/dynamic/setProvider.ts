import type { dynamic } from "@pulumi/pulumi";
import { type SetType, setSubject } from "../../rooms/set/setType";
import { endWithEngine } from "../endWithEngine";
import { ProviderProcess } from "../process";
import { LINES, paced } from "../progress";
import { checkSet, compareSet, createSet, deleteSet, refreshSet, updateSet } from "../setOperations";
import { setNameIn } from "../setState";
import { type Bag, hasText, registered } from "../state";
import { sayProblem } from "../words/configuration";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import type { Shared } from "./roomProvider";
import { asKept, shown } from "./shown";

/** The dynamic provider of one kind of set, as Pulumi's provider process calls it. */
export function setProvider(type: SetType, shared: Shared): dynamic.ResourceProvider<Bag, Bag> {
  const running = () => {
    shared.process ??= new ProviderProcess(() => undefined);
    return shared.process;
  };
  const viewpoint = (): Viewpoint => ({ face: "dynamic", account: running().account });
  /** Pulumi doesn't tell a dynamic provider whom it calls for, but the generated name is the set's alone. */
  const place = (name: string) => {
    const tell = (note: Parameters<typeof sayNote>[0]) => console.log(sayNote(note, viewpoint()));
    const subject = setSubject(type, name);
    const progress = paced(LINES, (done, total) => tell({ note: "set progress", subject, done, total }));
    return running().setPlace(type, name, { owner: name, tell, progress });
  };
  const worded = async <T>(work: () => T | Promise<T>, say: typeof shown = shown): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw say(error, viewpoint());
    }
  };
  const kept: typeof shown = (error, from) => asKept(error, from, registered(type));
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
        const owner = setNameIn(olds) || setNameIn(news);
        const { inputs, problems } = checkSet({ set: type, claims, owner, now: () => Date.now() }, olds, news);
        const reasons = [...wrong.map((problem) => sayProblem(problem, viewpoint())), ...problems];
        return { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
      }),
    diff: (id, olds, news) =>
      worded(() => {
        const { isChanged } = compareSet(place(id), olds, news);
        // A set is never replaced: what a room has to be replaced for is done by its update.
        return { changes: isChanged || !hasText(type, olds) };
      }),
    create: (inputs) =>
      worded(async () => {
        const { id, outputs } = await createSet(place(setNameIn(inputs)), inputs);
        return { id, outs: outputs };
      }, kept),
    read: (id, olds = {}) =>
      worded(async () => {
        const { outputs, inputs } = await refreshSet(place(id), olds);
        return { id, props: outputs, inputs };
      }),
    update: (id, olds, news) => worded(async () => ({ outs: (await updateSet(place(id), olds, news)).outputs }), kept),
    delete: (id, olds) => worded(() => deleteSet(place(id), olds)),
  };
}
