import type { dynamic } from "@pulumi/pulumi";
import { check } from "../core/check";
import { diff } from "../core/diff";
import type { RoomType } from "../core/field";
import { create, deleteRoom, read, update } from "../core/lifecycle";
import { type Bag, nameOf } from "../core/state";
import type { Deployment } from "./deployment";
import { endWithEngine } from "./endWithEngine";

/**
 * The dynamic provider of one kind of room, as Pulumi's provider process calls it. Thin: it brings configuration,
 * client and clock together and hands over to the lifecycle.
 */
export function roomProvider(type: RoomType, deployment: Deployment): dynamic.ResourceProvider<Bag, Bag> {
  // Pulumi shows what a dynamic provider prints as Info lines of the stack.
  const context = () => deployment.context(type, (line) => console.log(line));
  return {
    /** Pulumi does not wait for it, and an error here would be lost. It is called once per kind of room. */
    configure: async ({ config }) => {
      if (deployment.configure((key) => config.get(key))) endWithEngine();
    },
    check: async (olds, news) => {
      const { inputs, failures } = check(type, olds, news, Date.now() / 1000);
      deployment.session.checked(olds, inputs);
      const problems = deployment.problems.map((reason) => ({ property: "", reason }));
      return { inputs, failures: [...problems, ...failures] };
    },
    diff: async (id, olds, news) => {
      const { api, session, now } = context();
      const result = diff(type, nameOf(id, olds), olds, news, api.appName, now() / 1000);
      session.compared(olds, news, result);
      return result;
    },
    create: (inputs) => create(context(), inputs),
    read: (id, olds = {}) => read(context(), nameOf(id, olds), olds),
    update: (id, olds, news) => update(context(), nameOf(id, olds), olds, news),
    delete: (id, olds) => deleteRoom(context(), nameOf(id, olds), olds),
  };
}
