import type { Output } from "@pulumi/pulumi/output";

/** Pulumi's Output, with a parameter that its types don't show: whether `work` is also asked where parts aren't known yet. */
interface Appliable<Work> {
  apply(work: Work, runWithUnknowns: boolean): unknown;
}

/** As Pulumi's own property access does: what is known of a value in a preview stays known, whatever else isn't. */
export function whateverIsKnown<T>(value: Output<T>, work: (value: T) => unknown): unknown {
  const appliable: Appliable<typeof work> = value;
  return appliable.apply(work, true);
}
