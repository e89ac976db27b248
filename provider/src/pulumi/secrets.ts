/** The two strings by which Pulumi marks a secret among values, in its wire protocol and in its state. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value that is marked as secret: under `value` in the protocol, as JSON under `plaintext` in a state. */
export function markedAsSecret(content: { readonly value: unknown } | { readonly plaintext: string }): object {
  return { [SIGNATURE]: SECRET, ...content };
}

/** Whether a key of a map is Pulumi's own mark, so that it can't be anybody else's. */
export function isSignature(key: string): boolean {
  return key === SIGNATURE;
}

/** Whether an object is a secret. */
export function isMarkedAsSecret(value: unknown): value is { readonly value?: unknown; readonly plaintext?: unknown } {
  return typeof value === "object" && value !== null && SIGNATURE in value && value[SIGNATURE] === SECRET;
}
