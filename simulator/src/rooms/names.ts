import { randomInt } from "node:crypto";
import type { Switches } from "../switches/table";
import type { RoomKind } from "./types";

type NameCase = Switches["nameCase"];

const letters = "abcdefghijklmnopqrstuvwxyz";

/** Ten characters: mixed case for meeting rooms, lower case for live rooms, as in the documented examples. */
export function randomName(kind: RoomKind): string {
  const alphabet = kind === "live" ? letters : `${letters}${letters.toUpperCase()}0123456789`;
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
