/** The life of a TURN credential: created, looked at, deleted. Metered can't change one. */
import { isCause, MeteredError } from "../errors";
import type { Shortfall } from "../notes";
import { fingerprint } from "../objects/fingerprint";
import {
  type DoneObject,
  factIn,
  type KnownObject,
  type Lifecycle,
  projectOf,
  refuseOtherApp,
  textIn,
  type WantedObject,
} from "../objects/known";
import { objectSubject } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import { endOf, isExpired, keptOffset, serverTime } from "../objects/rotation";
import { type CredentialFilter, type CredentialReply, isWhole, type ListedCredential } from "./api";
import { foundAgain } from "./lostCredential";
import { problemOf } from "./problem";

/** So long after its creation, in seconds, a credential that doesn't work may only be too new to be known everywhere. */
const SETTLING_SECONDS = 300;

export const credentialLifecycle: Lifecycle = { create, read, update, remove, lookUp };

/** One POST in the good case, and one GET for the ICE servers. */
async function create(place: ObjectPlace, wanted: WantedObject): Promise<DoneObject> {
  const { type, api, handedOut, underWay } = place;
  const { label, expiryInSeconds } = wanted;
  const begunAt = place.now();
  const body = {
    ...(expiryInSeconds === undefined ? {} : { expiryInSeconds }),
    ...(label === undefined ? {} : { label }),
  };
  let reply: CredentialReply;
  underWay.add(wanted);
  try {
    reply = await api.turn.createCredential(objectSubject(type, wanted), projectOf(wanted), body);
    handedOut.add(reply.username);
  } catch (error) {
    if (!(error instanceof MeteredError) || !error.mayHaveHappened) throw error;
    reply = await foundAgain(place, wanted, begunAt, error);
    handedOut.add(reply.username);
  } finally {
    underWay.delete(wanted);
  }
  const { known, shortfalls } = keeping(await withIceServers(place, knownFrom(place, wanted, reply)));
  return { known, shortfalls: [...expiryShortfall(wanted, reply), ...shortfalls] };
}

/** Where Metered shows another lifetime, that is what the credential's end and its rotation go by. */
function expiryShortfall(
  { expiryInSeconds: sent }: WantedObject,
  { expiryInSeconds: shown }: CredentialReply,
): Shortfall[] {
  if (shown === undefined || shown === (sent ?? shown)) return [];
  const values = { sent: JSON.stringify(sent), shown: JSON.stringify(shown) };
  return [{ shortfall: "not taken", setting: "expiryInSeconds", ...values }];
}

/** Completes what a create that was interrupted lacks, and adopts the inputs that only decide when Pulumi rotates. */
async function update(place: ObjectPlace, known: KnownObject, wanted: WantedObject): Promise<DoneObject> {
  refuseOtherApp(place, known, "update");
  const next = { ...known, settings: wanted };
  const isComplete = known.facts.iceServers !== undefined && known.settings.region === wanted.region;
  return isComplete ? { known: next, shortfalls: [] } : keeping(await withIceServers(place, next));
}

/** The credential is there, whatever happened to its ICE servers: the user reads that, and the next run completes it. */
function keeping({ known, shortfalls, lost }: DoneObject): DoneObject {
  return lost
    ? { known, shortfalls: [{ shortfall: "no ICE servers", problem: problemOf(lost) }] }
    : { known, shortfalls };
}

async function read(place: ObjectPlace, known: KnownObject): Promise<KnownObject | undefined> {
  refuseOtherApp(place, known, "read");
  const entry = await find(place, known);
  if (!entry || entry.isExpired || isExpired(known, serverTime(place, known))) return undefined;
  const isDisabled = entry.isDisabled || (await isOutOfForce(place, known));
  if (isDisabled && known.origin !== "lookup") {
    place.tell({ note: "disabled", subject: objectSubject(place.type, known.settings) });
  }
  return { ...known, isDisabled, clockOffset: keptOffset(place, known.clockOffset) };
}

async function remove(place: ObjectPlace, known: KnownObject): Promise<void> {
  refuseOtherApp(place, known, "delete");
  const { type, api } = place;
  const subject = objectSubject(type, known.settings);
  try {
    await api.turn.deleteCredential(subject, projectOf(known.settings), factIn(known, "username"));
  } catch (error) {
    if (!isCause(error, "ObjectNotFound", "UnexpectedResponse")) throw error;
    // Metered says the same of a wrong key. The list tells the two apart.
    if (await isListed(place, known, isCause(error, "UnexpectedResponse"))) throw error;
  }
}

/** By its username, or for one of a project by `PROJECT_ID/USERNAME`, for an import or a lookup. */
async function lookUp(place: ObjectPlace, id: string): Promise<KnownObject> {
  const { type, api } = place;
  const subject = { ...objectSubject(type, {}), name: id };
  const slash = id.lastIndexOf("/");
  const [name, projectId] = [id.slice(slash + 1), slash < 0 ? undefined : id.slice(0, slash)];
  const entries = await api.turn.credentials(subject, { all: true, projectId });
  const entry = entries.find(({ username }) => username === name || fingerprint(username) === name);
  if (!entry || entry.isExpired) {
    throw new MeteredError({ cause: "ObjectNotFound", certain: true, action: "look up", subject, app: api.appName });
  }
  if (!isWhole(entry)) {
    const problem = "lists the credential without its password or its apiKey";
    const call = { action: "look up", subject, app: api.appName } as const;
    throw new MeteredError({ cause: "UnexpectedResponse", problem, mayHaveHappened: false, ...call });
  }
  const { label, expiryInSeconds } = entry;
  const settings = {
    ...(projectId === undefined ? {} : { projectId }),
    ...(label === undefined ? {} : { label }),
    ...(expiryInSeconds === undefined ? {} : { expiryInSeconds }),
  };
  // Where the list doesn't tell when it was created, its end isn't known either.
  const found = await withIceServers(place, knownFrom(place, settings, { ...entry, answeredAt: undefined }));
  // Nothing comes back to what is looked up or imported, so it has to be whole.
  if (found.lost) throw found.lost;
  return { ...found.known, isDisabled: entry.isDisabled };
}

function knownFrom(place: ObjectPlace, wanted: WantedObject, reply: CredentialReply): KnownObject {
  const { username, password, apiKey, answeredAt, expiryInSeconds = wanted.expiryInSeconds } = reply;
  const createdAt = reply.createdAt ?? (answeredAt === undefined ? undefined : Math.floor(answeredAt / 1000));
  const expiresAt =
    createdAt === undefined || expiryInSeconds === undefined ? undefined : endOf(createdAt, { expiryInSeconds });
  return {
    id: fingerprint(username),
    appName: place.api.appName,
    settings: wanted,
    facts: {
      ...{ username, password, apiKey },
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
    clockOffset: keptOffset(place),
    isDisabled: false,
    origin: "ours",
  };
}

/**
 * The credential exists, so nothing here may lose it: where its ICE servers can't be read, the engine keeps it in the
 * state and comes back to it. A new one may not be known everywhere for about two minutes.
 */
async function withIceServers(place: ObjectPlace, known: KnownObject): Promise<DoneObject> {
  const { type, api } = place;
  const { iceServers: before, ...facts } = known.facts;
  const region = textIn(known.settings, "region");
  const subject = objectSubject(type, known.settings);
  const tries = api.turn.tries();
  try {
    for (;;) {
      const iceServers = await api.turn.iceServers(subject, factIn(known, "apiKey"), region, tries);
      if (iceServers) return { known: { ...known, facts: { ...facts, iceServers } }, shortfalls: [] };
      if (!(await tries.again())) break;
    }
  } catch (error) {
    if (error instanceof MeteredError) return { known: { ...known, facts }, shortfalls: [], lost: error };
    throw error;
  }
  const shortfall: Shortfall = { shortfall: "no ICE servers" };
  return { known: { ...known, facts }, shortfalls: [shortfall] };
}

type Listed = Pick<ListedCredential, "isExpired" | "isDisabled">;

/** The credential among those that are listed; undefined where it's certain that it isn't, or its project isn't there. */
async function find(place: ObjectPlace, known: KnownObject): Promise<Listed | undefined> {
  try {
    return await findListed(place, known);
  } catch (error) {
    // A free plan has no list, so the credential's own key has to tell whether it works.
    if (isCause(error, "PlanLimit")) return { isExpired: false, isDisabled: false };
    throw error;
  }
}

async function findListed(place: ObjectPlace, known: KnownObject): Promise<ListedCredential | undefined> {
  const { type, api } = place;
  const filter = { projectId: projectOf(known.settings), label: textIn(known.settings, "label") };
  try {
    const listed = async (of: CredentialFilter) => {
      const entries = await api.turn.credentials(objectSubject(type, known.settings), of);
      return entries.find(({ username }) => username === factIn(known, "username"));
    };
    // Metered may keep the label in another spelling, under which it lists the credential.
    return (
      (await listed(filter)) ?? (filter.label === undefined ? undefined : await listed({ projectId: filter.projectId }))
    );
  } catch (error) {
    if (isCause(error, "ObjectNotFound") && error.facts.certain) return undefined;
    throw error;
  }
}

/** @param withoutList what a plan that has no list proves */
async function isListed(place: ObjectPlace, known: KnownObject, withoutList: boolean): Promise<boolean> {
  try {
    return (await findListed(place, known)) !== undefined;
  } catch (error) {
    // The plan has no list, but to say so Metered must have accepted the key.
    if (isCause(error, "PlanLimit")) return withoutList;
    throw error;
  }
}

/** Whether Metered no longer accepts the credential's own key, although it isn't too new for that. */
async function isOutOfForce(place: ObjectPlace, known: KnownObject): Promise<boolean> {
  const { createdAt } = known.facts;
  if (typeof createdAt === "number" && serverTime(place, known) - createdAt < SETTLING_SECONDS) return false;
  const subject = objectSubject(place.type, known.settings);
  return (await place.api.turn.iceServers(subject, factIn(known, "apiKey"))) === undefined;
}
