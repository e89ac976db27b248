/** The one file that knows by name what decides when an object is replaced without a change of the program. */
import type { AnyValue } from "../schema/field";
import type { KnownObject } from "./known";
import type { ObjectPlace } from "./place";

/** The output that a rotation replaces. */
export const EXPIRES_AT = "expiresAt";

/** Clocks that differ by less, in seconds, count as the same: that much passes on the way, and `Date` has no fractions. */
const TOLERANCE = 60;

type Clocks = Pick<ObjectPlace, "now"> & { readonly api: Pick<ObjectPlace["api"], "clockOffset"> };

/**
 * The time on the server, in unix seconds, as well as it can be told without a call: this machine's clock, corrected by
 * what the responses of this run have shown or, before the first of them, by what the last run with responses had seen.
 */
export function serverTime({ now, api }: Clocks, known?: Pick<KnownObject, "clockOffset">): number {
  return now() / 1000 + (api.clockOffset ?? known?.clockOffset ?? 0);
}

/** What the state keeps of the difference of the clocks: nothing where they agree, so that the state stays as it is. */
export function keptOffset({ api }: Clocks, before = 0): number {
  const offset = api.clockOffset;
  if (offset === undefined || Math.abs(offset - before) < TOLERANCE) return before;
  return Math.abs(offset) < TOLERANCE ? 0 : Math.round(offset);
}

/** Whether the object's time is over, or will be within the time that the program wants it to be replaced before. */
export function isDue(known: KnownObject, wanted: Readonly<Record<string, unknown>>, serverSeconds: number): boolean {
  const { rotateBeforeSeconds: before = 0 } = wanted;
  const { [EXPIRES_AT]: end } = known.facts;
  if (typeof end !== "number" || !isRotated(wanted)) return false;
  return end - serverSeconds <= (typeof before === "number" ? before : 0);
}

/** Whether the object's time is over by itself: it's gone, which is no error. */
export function isExpired(known: KnownObject, serverSeconds: number): boolean {
  const { [EXPIRES_AT]: end } = known.facts;
  return isRotated(known.settings) && typeof end === "number" && end <= serverSeconds;
}

/** Whether the time alone may replace the object. */
export function isRotating({ facts, settings }: KnownObject): boolean {
  return typeof facts[EXPIRES_AT] === "number" && isRotated(settings);
}

/** A lifetime begins again with each new object. A fixed time that has passed would have passed for the next one, too. */
function isRotated({ expiryInSeconds }: Readonly<Record<string, unknown>>): boolean {
  return typeof expiryInSeconds === "number";
}

/** When an object of this lifetime ends, in unix seconds. */
export function endOf(
  bornSeconds: number,
  { expiryInSeconds }: Readonly<Record<string, AnyValue>>,
): number | undefined {
  return typeof expiryInSeconds === "number" ? Math.floor(bornSeconds) + expiryInSeconds : undefined;
}
