import type { InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import { getAllResources, type Input, type Output, output } from "@pulumi/pulumi/output";
import type { Resource } from "@pulumi/pulumi/resource";
import * as dependencies from "@pulumi/pulumi/runtime/dependsOn";

/** What Pulumi's own functions do with Outputs, and its types do not show. */
type Inner<T> = Output<T> & { readonly isKnown: Promise<boolean>; promise(): Promise<T> };
type Dependencies = typeof dependencies & {
  gatherExplicitDependencies(dependsOn: InvokeOutputOptions["dependsOn"]): Promise<Resource[]>;
  getAllTransitivelyReferencedResources(resources: Set<Resource>, exclude: Set<Resource>): Promise<Resource[]>;
};

/** The value, or undefined where a preview does not know it yet. */
export async function knownValue<T>(value: Output<T>): Promise<T | undefined> {
  const inner = value as Inner<T>;
  return (await inner.isKnown) ? inner.promise() : undefined;
}

/** Ends when the value is there, or is known not to come. */
export async function settled(value: Output<unknown>): Promise<void> {
  await (value as Inner<unknown>).promise().catch(() => undefined);
}

/**
 * The URNs and ids of the resources that a value comes from and that it was told to wait for, the children of
 * components among them: unknown, in a preview, as long as one of them is not made.
 */
export function idsBehind(value: Output<unknown>, dependsOn: InvokeOutputOptions["dependsOn"]): Output<string[]> {
  const { gatherExplicitDependencies, getAllTransitivelyReferencedResources } = dependencies as Dependencies;
  const ids = async () => {
    const named = await gatherExplicitDependencies(dependsOn);
    const resources = new Set([...named, ...(await getAllResources(value))]);
    const made = await getAllTransitivelyReferencedResources(resources, new Set());
    return made.flatMap((resource): Input<string>[] =>
      "id" in resource ? [resource.urn, resource.id as Output<string>] : [resource.urn],
    );
  };
  return output(ids()).apply((all) => [...all].sort());
}
