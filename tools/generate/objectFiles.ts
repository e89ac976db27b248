import { OBJECT_TYPES } from "../../provider/src/pulumi/types";
import { objectPages } from "./objectReference";
import { objectSource } from "./objects";

/** Generated files about what isn't a room, by their path in the repository. */
export function objectFiles(): Record<string, string> {
  const classes = OBJECT_TYPES.map((type) => {
    const file = `${type.name[0]?.toLowerCase()}${type.name.slice(1)}.ts`;
    return [`provider/src/pulumi/dynamic/${file}`, objectSource(type)] as const;
  });
  return { ...Object.fromEntries(classes), ...objectPages() };
}
