/** What becomes of a create whose response was lost. */
import { MeteredError } from "../errors";
import { callOf, projectOf, type WantedObject } from "../objects/known";
import { objectSubject } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import { serverTime } from "../objects/rotation";
import { type CredentialReply, isWhole, type ListedCredential } from "./api";
import { problemOf } from "./problem";

/** `_id` and `Date` tell whole seconds. */
const SLACK_SECONDS = 2;

/**
 * The credential that a create with a lost response has made, where that is certain: exactly one in the list has the
 * label and the expiry, was created since, and neither is nor may become another resource's. Metered documents a time of creation for
 * credentials of projects only (in their `_id`).
 *
 * @param begunAt when the create began, in unix milliseconds by this machine's clock
 * @throws MeteredError `PossiblyCreated`, which says exactly what to look for
 */
export async function foundAgain(
  place: ObjectPlace,
  wanted: WantedObject,
  begunAt: number,
  lost: MeteredError,
): Promise<CredentialReply> {
  const { projectId } = wanted;
  const fitting = await listed(place, wanted).catch(() => undefined);
  // Only now, after a response, is the server's clock known.
  const since = Math.floor(serverTime({ now: () => begunAt, api: place.api })) - SLACK_SECONDS;
  const recent = fitting?.filter(({ createdAt }) => createdAt === undefined || createdAt >= since) ?? [];
  const [only] = recent;
  // A twin whose own response is still to come could have created what the list shows.
  const isAlone = ![...place.underWay].some((other) => other !== wanted && isTwin(other, wanted));
  if (only?.createdAt !== undefined && recent.length === 1 && isAlone && isWhole(only)) return only;
  throw new MeteredError({
    cause: "PossiblyCreated",
    since: since + SLACK_SECONDS,
    candidates: recent.length,
    problem: problemOf(lost),
    ...(typeof wanted.expiryInSeconds === "number" ? { expiryInSeconds: wanted.expiryInSeconds } : {}),
    ...(typeof projectId === "string" ? { projectId } : {}),
    ...callOf(place, "create", wanted),
  });
}

function isTwin(one: Readonly<Record<string, unknown>>, other: WantedObject): boolean {
  return ["label", "projectId", "expiryInSeconds"].every((name) => one[name] === other[name]);
}

/** All that could be it by what they say. Without a label anything could be. */
async function listed(place: ObjectPlace, wanted: WantedObject): Promise<ListedCredential[]> {
  const { type, api, handedOut } = place;
  const { label, expiryInSeconds } = wanted;
  if (typeof label !== "string") return [];
  const filter = { label, projectId: projectOf(wanted) };
  const entries = await api.turn.credentials(objectSubject(type, wanted), filter);
  return entries.filter((entry) => {
    return entry.label === label && entry.expiryInSeconds === expiryInSeconds && !handedOut.has(entry.username);
  });
}
