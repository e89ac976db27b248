import { randomInt } from "node:crypto";
import type { Switches } from "../switches/table";

type NameCase = Switches["nameCase"];

// Names that rooms in public programs have: this alphabet, at the end and doubled as well.
const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789_-";

/** Ten characters, as Metered generates names. */
export function randomName(): string {
  return Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** How a name is stored. */
export function spelled(name: string, nameCase: NameCase): string {
  return nameCase === "kept" ? name : name.toLowerCase();
}

/** Whether a room's name is the one that was asked for. */
export function sameName(stored: string, asked: string, nameCase: NameCase): boolean {
  return nameCase === "lowered" ? stored.toLowerCase() === asked.toLowerCase() : stored === asked;
}
