import { randomBytes, randomInt } from "node:crypto";
import { newId } from "../identifiers";
import type { ProjectSettings, StoredCredential, StoredProject } from "./types";

export interface NewCredential {
  readonly label?: string;
  readonly expiryInSeconds?: number;
  readonly project?: string;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Lengths and alphabets as in Metered's samples. */
export function makeCredential(wish: NewCredential, now: number): StoredCredential {
  return {
    _id: newId(now),
    username: randomBytes(12).toString("hex"),
    password: Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join(""),
    apiKey: randomBytes(18).toString("hex"),
    ...wish,
    created: now,
    disabled: false,
  };
}

export function makeProject(settings: ProjectSettings, now: number): StoredProject {
  const apiKey = randomBytes(18).toString("hex");
  return { _id: newId(now), apiKey, created: new Date(now).toISOString(), ...settings };
}

export function isExpired({ created, expiryInSeconds }: StoredCredential, now: number): boolean {
  return expiryInSeconds !== undefined && created + expiryInSeconds * 1000 <= now;
}
