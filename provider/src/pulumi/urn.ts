import { generateName } from "../rooms/name";
import { packageTokenOf, ROOM_TYPES, tokenOf } from "./types";

/** What a URN says. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** Types of the parents, outermost first, joined by `$`; empty without a parent. */
  readonly parentTypes: string;
  readonly type: string;
  /** The resource's name in the program. */
  readonly name: string;
}

export function partsOf(urn: string): UrnParts {
  const [head = "", project = "", types = "", ...name] = urn.split("::");
  const chain = types.split("$");
  const type = chain.pop() ?? "";
  return {
    stack: head.replace(/^urn:pulumi:/, ""),
    project,
    parentTypes: chain.join("$"),
    type,
    name: name.join("::"),
  };
}

/** The URN of a resource at the top level. */
export function urnOf({ stack, project, type, name }: Omit<UrnParts, "parentTypes">): string {
  return `urn:pulumi:${stack}::${project}::${type}::${name}`;
}

/** The name of a room or a set whose program gives none: the one that the dynamic resource of the same URN has. */
export function generatedNameOf(urn: string, { name: kind }: { readonly name: string }): string {
  const { project, stack, parentTypes, name } = partsOf(urn);
  const asDynamic = (types: string, type: { readonly name: string }) =>
    types.replaceAll(packageTokenOf(type), tokenOf(type));
  return generateName({ project, stack, parentTypes: ROOM_TYPES.reduce(asDynamic, parentTypes), kind, name });
}
