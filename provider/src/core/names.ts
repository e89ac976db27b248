import { createHash } from "node:crypto";

/** The longest name that every source on Metered's names agrees to. */
export const LONGEST_NAME = 60;

const HASH_LENGTH = 8;

/**
 * The name of a room whose program gives none: the resource's name made URL-safe, and 8 hex digits of what its URN
 * says. The same on every run and in every process, different for every URN.
 */
export function autoName(urn: {
  readonly project: string;
  readonly stack: string;
  /** Types of the parents, outermost first, joined by `$`, without the stack; empty for a room without a parent. */
  readonly parentTypes: string;
  readonly kind: string;
  readonly name: string;
}): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([urn.project, urn.stack, urn.parentTypes, urn.kind, urn.name]))
    .digest("hex");
  const prefix = urn.name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_NAME - HASH_LENGTH - 1)
    .replace(/^-|-$/g, "");
  return `${prefix || "room"}-${hash.slice(0, HASH_LENGTH)}`;
}

/**
 * The names to try for an auto-named room whose name is not free: `standup-1f2e3d4c-2`, `…-3`, … A long one gives up
 * some of its words, not of the digits that tell it apart.
 */
export function numberedName(base: string, number: number): string {
  const longest = Math.max(LONGEST_NAME, base.length);
  const end = `${base.slice(-HASH_LENGTH - 1)}-${number}`;
  const words = base.slice(0, -HASH_LENGTH - 1);
  return words.slice(0, longest - end.length).replace(/-+$/, "") + end;
}

/** Whether the server may have made `actual` out of `asked`: the same but for case and for what joins the words. */
export function sameName(asked: string, actual: string): boolean {
  return bare(asked) === bare(actual);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
}

/** Why a name is allowed and yet may surprise: what authors who use the API report, not what its document says. */
export function nameWarning(name: string): string | undefined {
  const odd = name.match(/[_.~]/)?.[0];
  const surprises = [
    /[A-Z]/.test(name) && "has upper case, which Metered may turn into lower case",
    odd && `has ${JSON.stringify(odd)}, which is not known to work everywhere ("-" is)`,
    name.length > LONGEST_NAME && `has ${name.length} characters; up to ${LONGEST_NAME} are known to work`,
  ].filter(Boolean);
  return surprises.length > 0 ? surprises.join("; it ") : undefined;
}
