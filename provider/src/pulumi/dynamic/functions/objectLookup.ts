import type { Bag } from "../../state";
import { failure } from "../program";
import type { Lookup } from "./lookup";

/** The lookup of what isn't a room, by its name in pulumi/objectLookups.ts, which is loaded when it's first asked. */
export function objectLookup<Args extends object, Result>(
  name: string,
  required: readonly string[],
): Lookup<Args, Result> {
  return {
    name,
    ask: async (lookups, args, from) => {
      const given = args as Bag;
      const missing = required.find((each) => typeof given[each] !== "string" || given[each] === "");
      if (missing !== undefined) {
        throw failure(`${name} needs ${missing}, as a string. (${name}Output takes an Output as well.)`);
      }
      const { lookUpObjects, OBJECT_LOOKUPS } = require("../../objectLookups") as typeof import("../../objectLookups");
      const lookup = OBJECT_LOOKUPS.find((each) => each.name === name);
      if (!lookup) throw new Error(`there is no lookup ${name}`);
      return (await lookUpObjects(lookups, lookup, given, from)) as object as Result;
    },
  };
}
