/** The life of a TURN project. Metered lists projects, and shows none alone. */
import { isCause, MeteredError } from "../errors";
import {
  callOf,
  type DoneObject,
  type KnownObject,
  type Lifecycle,
  refuseOtherApp,
  type WantedObject,
} from "../objects/known";
import { objectSubject, sentFields } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import { serverTime } from "../objects/rotation";
import type { AnyValue } from "../schema/field";
import type { ProjectReply } from "./api";
import { changesFor, declarableSettings, liveProjectSettings, shortfallsOf } from "./projectSettings";

/** `created` and `Date` tell whole seconds. */
const SLACK_SECONDS = 2;

export const projectLifecycle: Lifecycle = { create, read, update, remove, lookUp };

/** One POST. */
async function create(place: ObjectPlace, wanted: WantedObject): Promise<DoneObject> {
  const begunAt = place.now();
  place.underWay.add(wanted);
  try {
    return await post(place, wanted);
  } catch (error) {
    if (isCause(error, "NameTaken")) throw await taken(place, wanted);
    if (!(error instanceof MeteredError) || !error.mayHaveHappened) throw error;
    return await again(place, wanted, begunAt, error);
  } finally {
    place.underWay.delete(wanted);
  }
}

async function post(place: ObjectPlace, wanted: WantedObject): Promise<DoneObject> {
  const { type, api } = place;
  const body = sentOf(type, wanted);
  const project = await api.turn.createProject(objectSubject(type, wanted), body);
  place.handedOut.add(project.projectId);
  return done(place, project, wanted, body);
}

/**
 * After a lost response: a project of this name and these settings that was created since, and has no credentials yet, is
 * ours. Its key was in the response and is in no other, so it makes way for one whose response arrives.
 */
async function again(
  place: ObjectPlace,
  wanted: WantedObject,
  begunAt: number,
  lost: MeteredError,
): Promise<DoneObject> {
  const { type, api } = place;
  const subject = objectSubject(type, wanted);
  const named = await allOfName(place, wanted).catch(() => []);
  const since = serverTime({ now: () => begunAt, api }) - SLACK_SECONDS;
  if (named.length === 0) throw lost;
  const found = named.find(({ projectId }) => !place.handedOut.has(projectId));
  if (!found) throw await taken(place, wanted);
  const isNew = (found.createdAt ?? 0) >= Math.floor(since) && isAsSent(place, wanted, found);
  if (!isNew) throw await taken(place, wanted);
  // A twin whose own response is still to come may have created it.
  if ([...place.underWay].some((other) => other !== wanted && other.projectName === wanted.projectName)) throw lost;
  const credentials = await api.turn.credentials(subject, { projectId: found.projectId }).catch(() => {
    throw lost;
  });
  if (credentials.length > 0) throw await taken(place, wanted);
  await api.turn.deleteProject(subject, found.projectId);
  return post(place, wanted);
}

function isAsSent({ type }: ObjectPlace, wanted: WantedObject, found: ProjectReply): boolean {
  return shortfallsOf(type, sentOf(type, wanted), found).length === 0;
}

function sentOf(type: ObjectPlace["type"], wanted: WantedObject): WantedObject {
  const known = new Set(sentFields(type).map(([name]) => name));
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => known.has(name)));
}

async function taken(place: ObjectPlace, wanted: WantedObject): Promise<MeteredError> {
  const found = await byName(place, wanted).catch(() => undefined);
  const how = found ? "exists" : "unseen";
  return new MeteredError({ cause: "NameTaken", how, since: found?.createdAt, ...callOf(place, "create", wanted) });
}

async function byName(place: ObjectPlace, wanted: WantedObject): Promise<ProjectReply | undefined> {
  return (await allOfName(place, wanted))[0];
}

async function allOfName({ type, api }: ObjectPlace, wanted: WantedObject): Promise<ProjectReply[]> {
  const projects = await api.turn.projects(objectSubject(type, wanted));
  return projects.filter(({ projectName }) => projectName === wanted.projectName);
}

async function find({ type, api }: ObjectPlace, known: KnownObject): Promise<ProjectReply | undefined> {
  const projects = await api.turn.projects(objectSubject(type, known.settings));
  return projects.find(({ projectId }) => projectId === known.id);
}

async function read(place: ObjectPlace, known: KnownObject): Promise<KnownObject | undefined> {
  refuseOtherApp(place, known, "read");
  const project = await find(place, known);
  return project && { ...known, settings: liveProjectSettings(place.type, known.settings, project) };
}

/** A look at the list, then a PUT if anything differs. */
async function update(place: ObjectPlace, known: KnownObject, wanted: WantedObject): Promise<DoneObject> {
  refuseOtherApp(place, known, "update");
  const { type, api } = place;
  const project = await find(place, known);
  if (!project)
    throw new MeteredError({ cause: "ObjectNotFound", certain: true, ...callOf(place, "update", known.settings) });
  const { body, kept } = changesFor(type, known.settings, wanted, project);
  const subject = objectSubject(type, wanted);
  if (kept.length > 0) place.tell({ note: "value kept", subject, settings: kept });
  const next = { ...known, settings: wanted };
  if (Object.keys(body).length === 0) return { known: next, shortfalls: [] };
  try {
    const shown = (await api.turn.updateProject(subject, known.id, body)) ?? (await find(place, known));
    return { known: next, shortfalls: shown ? shortfallsOf(type, body, shown) : [] };
  } catch (error) {
    if (!(error instanceof MeteredError) || !error.mayHaveHappened) throw error;
    // What was sent may have been taken or not: the next run looks.
    const doubtful = Object.keys(body).map((name) => [name, null] as const);
    const settings: Record<string, AnyValue | null> = { ...wanted, ...Object.fromEntries(doubtful) };
    return { known: { ...known, settings }, shortfalls: [], lost: error };
  }
}

/** Its credentials go with it, so it must have none, or the program must say that they may. */
async function remove(place: ObjectPlace, known: KnownObject): Promise<void> {
  refuseOtherApp(place, known, "delete");
  const { type, api } = place;
  if (!(await find(place, known))) return;
  const subject = objectSubject(type, known.settings);
  if (known.settings.forceDestroy !== true) {
    const credentials = await api.turn.credentials(subject, { projectId: known.id });
    if (credentials.length > 0) {
      const call = callOf(place, "delete", known.settings);
      throw new MeteredError({ cause: "CannotDelete", how: "in use", credentials: credentials.length, ...call });
    }
  }
  try {
    await api.turn.deleteProject(subject, known.id);
  } catch (error) {
    // Whatever the response was, the list tells whether the project is there.
    if (!isCause(error, "ObjectNotFound", "UnexpectedResponse") || (await find(place, known))) throw error;
  }
}

async function lookUp(place: ObjectPlace, id: string): Promise<KnownObject> {
  const { type, api } = place;
  const subject = { ...objectSubject(type, {}), name: id };
  const project = (await api.turn.projects(subject)).find(({ projectId }) => projectId === id);
  if (!project) {
    throw new MeteredError({ cause: "ObjectNotFound", certain: true, action: "look up", subject, app: api.appName });
  }
  return knownFrom(place, project, declarableSettings(type, project));
}

function done(place: ObjectPlace, project: ProjectReply, wanted: WantedObject, sent: WantedObject): DoneObject {
  const shortfalls = shortfallsOf(place.type, sent, project);
  return { known: knownFrom(place, project, wanted), shortfalls };
}

function knownFrom({ api }: ObjectPlace, project: ProjectReply, settings: WantedObject): KnownObject {
  const { projectId, apiKey, body } = project;
  return {
    id: projectId,
    appName: api.appName,
    settings,
    facts: {
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(typeof body.created === "string" ? { created: body.created } : {}),
    },
    clockOffset: 0,
    isDisabled: false,
    origin: "ours",
  };
}
