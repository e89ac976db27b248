/** The life of an access token. Metered keeps none: it can be issued, and after that nothing can be read, changed or revoked. */
import { fingerprint } from "../objects/fingerprint";
import { type DoneObject, type KnownObject, type Lifecycle, refuseOtherApp, type WantedObject } from "../objects/known";
import { objectSubject, sentFields } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import { endOf, isExpired, keptOffset, serverTime } from "../objects/rotation";

/** An end that is off by less, in seconds, will do. */
const TOLERANCE = 60;

export const tokenLifecycle: Lifecycle = {
  create,
  /** Without a call. One whose lifetime is over is gone; one with a fixed end was declared to end then, and stays. */
  async read(place, known) {
    refuseOtherApp(place, known, "read");
    return isExpired(known, serverTime(place, known)) ? undefined : known;
  },
  /** Only what decides when Pulumi rotates can change without a replacement. */
  async update(place, known, wanted) {
    refuseOtherApp(place, known, "update");
    return { known: { ...known, settings: wanted }, shortfalls: [] };
  },
  async remove(place, known) {
    refuseOtherApp(place, known, "delete");
  },
};

/**
 * One POST in the good case. A lifetime is turned into an end by the server's clock, which is known for certain only from
 * its response: where this machine's clock turns out to be wrong, a second token with the right end replaces the first,
 * which nobody ever saw.
 */
async function create(place: ObjectPlace, wanted: WantedObject): Promise<DoneObject> {
  // The moment at which it began: by a later one, a long wait would look like a wrong clock.
  const begunAt = place.now();
  const endByNow = () => endOf(serverTime({ now: () => begunAt, api: place.api }), wanted);
  let end = endByNow();
  let issued = await attempt(place, wanted, end);
  const right = endByNow();
  if (!isSameEnd(end, right)) {
    // The first was refused for its end, or has the wrong one.
    end = right;
    issued = await attempt(place, wanted, end);
  }
  if ("error" in issued) throw issued.error;
  return { known: knownFrom(place, wanted, issued.token, end), shortfalls: [] };
}

type Issued = { readonly token: string } | { readonly error: unknown };

async function attempt({ type, api }: ObjectPlace, wanted: WantedObject, end: number | undefined): Promise<Issued> {
  const settings = sentFields(type).flatMap(([name]) => (name in wanted ? [[name, wanted[name]] as const] : []));
  const body = { ...Object.fromEntries(settings), ...(end === undefined ? {} : { expireUnixSec: end }) };
  try {
    return { token: await api.tokens.create(objectSubject(type, wanted), body) };
  } catch (error) {
    return { error };
  }
}

function isSameEnd(a: number | undefined, b: number | undefined): boolean {
  return Math.abs((a ?? 0) - (b ?? 0)) <= TOLERANCE;
}

function knownFrom(place: ObjectPlace, wanted: WantedObject, token: string, end: number | undefined): KnownObject {
  const { expireUnixSec } = wanted;
  const expiresAt = end ?? (typeof expireUnixSec === "number" ? expireUnixSec : undefined);
  return {
    id: fingerprint(token),
    appName: place.api.appName,
    settings: wanted,
    facts: { token, ...(expiresAt === undefined ? {} : { expiresAt }) },
    clockOffset: keptOffset(place),
    isDisabled: false,
    origin: "ours",
  };
}
