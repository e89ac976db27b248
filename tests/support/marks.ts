import { isMarkedAsSecret } from "../../provider/src/pulumi/secrets";

/** Inputs as the engine passes them on to a provider that says nothing of secrets, as none of Pulumi's dynamic ones does. */
export function withoutMarks(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain = Object.entries(inputs).map(
    ([name, value]) => [name, isMarkedAsSecret(value) ? value.value : value] as const,
  );
  return Object.fromEntries(plain);
}
