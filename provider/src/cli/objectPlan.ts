import type { MeteredClient } from "../metered/client";
import { secretOutputs } from "../objects/objectType";
import { registered } from "../pulumi/state";
import { named } from "../pulumi/words/sentence";
import type { AnyValue } from "../schema/field";
import { withoutAccents } from "../schema/names";
import { turnProject } from "../turn/project";
import type { Stack } from "./account";
import { type FoundObject, stateOfObject } from "./objects";
import type { Candidate, Skipped, Sorted } from "./plan";
import { objectsIn } from "./stackState";

/** TURN projects and credentials as an import takes them: a call or two for each that isn't in the stack. */
export async function sortObjects(found: readonly FoundObject[], client: MeteredClient, stack: Stack): Promise<Sorted> {
  const managed = new Map(objectsIn(stack.state.resources, client.appName).map((each) => [each.known.id, each]));
  const skipped = found.flatMap((each): Skipped[] => {
    const inStack = managed.get(each.id);
    if (!inStack) return [];
    const { type, subject, importId: id } = each;
    return [{ type, subject, name: nameOf(each), id, reason: "in the stack", resource: inStack.resource }];
  });
  const rest = found.filter(({ id }) => !managed.has(id));
  return { skipped, candidates: await Promise.all(rest.map((each) => candidateFor(each, client, stack))) };
}

async function candidateFor(found: FoundObject, client: MeteredClient, stack: Stack): Promise<Candidate> {
  const { type, subject, importId } = found;
  const { id, inputs, outputs } = await stateOfObject(client, found);
  const state = { id, inputs: { ...inputs, ...registered(type) }, outputs: { ...outputs, ...registered(type) } };
  return {
    ...{ type, subject, importId, state },
    name: nameOf(found),
    settings: inputs as Readonly<Record<string, AnyValue>>,
    secretOutputs: secretOutputs(type).filter((output) => outputs[output] !== undefined),
    left: [],
    remarks: (variable) => remarksOn(found, outputs.expiresAt !== undefined, variable, stack),
  };
}

/** A label may hold anything, and a name of a resource had better not. */
function nameOf({ name = "" }: FoundObject): string {
  return (
    withoutAccents(name)
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^-+|-+$/g, "") || "turn-credential"
  );
}

function remarksOn(found: FoundObject, isEndKnown: boolean, variable: string, { pulumi }: Stack): string[] {
  const { type, subject, expiryInSeconds } = found;
  if (type === turnProject) {
    const key = `${variable}ApiKey`;
    return [
      `Metered shows the API key of ${named(subject)} only once, when the project is created, so the resource has no apiKey. ` +
        `If the program needs the key, run ${pulumi.shown("config", "set", "--secret", key)} and read it from there.`,
    ];
  }
  if (expiryInSeconds === undefined || isEndKnown) return [];
  return [
    `Metered doesn't show when ${named(subject)} was created, so the resource has no expiresAt and isn't replaced before it expires. ` +
      "Set triggers to replace it once: the new one has an expiresAt.",
  ];
}
