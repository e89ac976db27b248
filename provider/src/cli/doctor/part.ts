import { quoted } from "../../pulumi/words/sentence";
import { shellWord } from "../../pulumi/words/ways";
import type { Stack } from "../account";
import { providersIn, type StackResource } from "../stackState";

/** What of a stack belongs to one account: the stack's own, or an explicit provider's. */
export interface Part extends Stack {
  /** The explicit provider; undefined for the stack's own account. */
  readonly provider: StackResource | undefined;
  /** What has to follow a command of this package, so that it is about this account. */
  readonly flags: string;
}

/** The whole state, with only those of the operations under way that this account is to carry out. */
export function partOf(stack: Stack, provider?: StackResource): Part {
  const explicit = providersIn(stack.state);
  const urns = new Set<string | undefined>(explicit.map(({ urn }) => urn));
  const pending = stack.state.pending.filter(({ resource }) =>
    provider ? resource.provider === provider.urn : !urns.has(resource.provider),
  );
  const flags = provider ? ` --provider ${shellWord(referenceTo(provider, explicit))}` : "";
  return { ...stack, state: { ...stack.state, pending }, provider, flags: `${flags}${stack.pulumi.flags}` };
}

/** A provider's name or, where another one has the same, its URN. */
export function referenceTo({ name, urn }: StackResource, all: readonly StackResource[]): string {
  return all.filter((each) => each.name === name).length > 1 ? urn : name;
}

/** What ends an interrupted update, step by step. Pulumi keeps pending creates until it's told to forget them. */
export function unlocking({ pulumi }: Part): string {
  return `${pulumi.shown("cancel", "--yes")}   # if Pulumi says that the stack is locked`;
}

/** Where an update has finished the work since, only the note of it is left. */
export const TO_CLEAR = "To clear Pulumi's note of that:";

export function clearing({ pulumi }: Part): string {
  return pulumi.shown("refresh", "--clear-pending-creates");
}

/** Adopts existing rooms in one update. The inputs of an explicit provider are in the program. */
export function adopting({ pulumi, provider }: Part): string[] {
  const up = pulumi.shown("up");
  if (!provider) {
    const key = "metered:adoptExisting";
    return [pulumi.shown("config", "set", key, "true"), up, pulumi.shown("config", "rm", key)];
  }
  const name = `metered.Provider ${quoted(provider.name)}`;
  return [`# set adoptExisting of ${name} to true in the program`, up, `# remove it from the program again`];
}

/** @param words what is to be imported, as the command takes it */
export function importing({ flags }: Part, words: string): string {
  return `npx pulumi-metered import ${words}${flags}`;
}
