import { randomBytes, randomInt } from "node:crypto";

const classes = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"];

/** A key that opens nothing, of the same length and kinds of characters: one of another form may be answered otherwise. */
export function wrongKeyLike(secretKey: string): string {
  const drawn = [...secretKey].map((character) => {
    const alphabet = classes.find((letters) => letters.includes(character)) ?? classes[0] ?? "";
    return alphabet[randomInt(alphabet.length)];
  });
  const key = drawn.join("");
  return key === secretKey ? wrongKeyLike(`${secretKey}x`) : key;
}

const STEM = "pulumi-metered-check-";

/** The first part of the name of every room of one run. */
export function newPrefix(): string {
  return `${STEM}${randomBytes(4).toString("hex")}-`;
}

export function isOfRun(prefix: string): (name: string) => boolean {
  return (name) => name.toLowerCase().startsWith(prefix);
}

/** Whether a room is one of any run. */
export function isOfAnyRun(name: string): boolean {
  return new RegExp(`^${STEM}[0-9a-f]{8}-`, "i").test(name);
}
