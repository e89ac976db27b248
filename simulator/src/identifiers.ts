import { createHash, randomBytes } from "node:crypto";

/** 24 hex digits that begin with the time, as MongoDB's ObjectIds do. */
export function newId(now: number): string {
  const seconds = Math.floor(now / 1000) % 2 ** 32;
  return seconds.toString(16).padStart(8, "0") + randomBytes(8).toString("hex");
}

/** The same for an app at every start, so that links survive a restart. */
export function idOfApp(app: string): string {
  return createHash("sha256").update(app).digest("hex").slice(0, 24);
}
