import { isCause, type Subject } from "../errors";
import type { MeteredClient } from "../metered/client";
import { fingerprint } from "../objects/fingerprint";
import { type ObjectType, objectSubject } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import type { ResourceState } from "../pulumi/kind";
import { importObject } from "../pulumi/objectOperations";
import { type Bag, stringIn } from "../pulumi/state";
import { listed, quoted } from "../pulumi/words/sentence";
import type { ListedCredential, ProjectReply } from "../turn/api";
import { turnCredential } from "../turn/credential";
import { turnProject } from "../turn/project";
import type { Watch } from "./waiting";

/** A TURN project or credential on Metered. No message of a command holds a username: it's a secret. */
export interface FoundObject {
  readonly type: ObjectType;
  readonly subject: Subject;
  /** Its Pulumi id. */
  readonly id: string;
  /** By what an import finds it. */
  readonly importId: string;
  /** The project's name or the credential's label. */
  readonly name: string | undefined;
  readonly projectId: string | undefined;
  readonly expiryInSeconds: number | undefined;
  /** Unix seconds, where Metered tells. */
  readonly createdAt: number | undefined;
}

/** Why a command can't have an object that was named. */
export interface MissingObject {
  readonly problem: string;
}

/** A list that the account's plan doesn't have: of projects, of the app's credentials, or of those of a project. */
interface Unlisted {
  readonly type: ObjectType;
  readonly projectId?: string;
}

export interface Objects {
  readonly found: readonly FoundObject[];
  /** What is in none of the lists isn't gone if its own list is one of these. */
  readonly unlisted: readonly Unlisted[];
}

/**
 * All TURN projects and all credentials that haven't expired: of the app, and of every project. None where the plan has
 * no TURN, or no list of it.
 */
export async function readObjects(client: MeteredClient, { tell, heard }: Partial<Watch>): Promise<Objects> {
  const turn = client.turn({ tell });
  const unlisted: Unlisted[] = [];
  const [projects, ofApp] = await Promise.all([
    unlessUnplanned(turn.projects(), { type: turnProject }, unlisted),
    unlessUnplanned(turn.credentials(undefined, {}), { type: turnCredential }, unlisted),
  ]);
  heard?.();
  const ofProjects = await Promise.all(
    projects.map(async ({ projectId }) => {
      const list = turn.credentials(undefined, { projectId });
      const entries = await unlessUnplanned(list, { type: turnCredential, projectId }, unlisted);
      return entries.map((entry) => foundCredential(entry, projectId));
    }),
  );
  // The app's list may contain those of projects as well, without the project.
  const found = [...projects.map(foundProject), ...ofProjects.flat(), ...ofApp.map((entry) => foundCredential(entry))];
  const living = found.filter((each) => each !== undefined);
  return { found: living.filter((each, i) => living.findIndex(({ id }) => id === each.id) === i), unlisted };
}

async function unlessUnplanned<T>(list: Promise<T[]>, what: Unlisted, unlisted: Unlisted[]): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    // A project that was deleted since isn't missed by anyone.
    if (isCause(error, "ObjectNotFound") && error.facts.certain) return [];
    if (!isCause(error, "PlanLimit", "ObjectNotFound")) throw error;
    unlisted.push(what);
    return [];
  }
}

/** Whether an object may exist although it isn't found: Metered doesn't show the list that it would be in. */
export function isUnlisted({ unlisted }: Objects, type: ObjectType, settings: Bag): boolean {
  const projectId = type === turnCredential ? stringIn(settings, "projectId") : undefined;
  // Without a list of projects, nobody knows whose credentials to list.
  const isHidden = (each: Unlisted) => each.type === turnProject && projectId !== undefined;
  return unlisted.some((each) => isHidden(each) || (each.type === type && each.projectId === projectId));
}

/** What Metered has no list of, for a reader. */
export function tellUnlisted({ unlisted }: Objects): string {
  const kinds = [...new Set(unlisted.map(({ type }) => type))];
  return `Metered doesn't list ${listed(kinds.map(({ label }) => `${label}s`))} for this app`;
}

function foundProject({ projectId, projectName, createdAt }: ProjectReply): FoundObject {
  return {
    type: turnProject,
    subject: objectSubject(turnProject, { projectName }),
    ...{ id: projectId, importId: projectId, name: projectName, createdAt },
    ...{ projectId: undefined, expiryInSeconds: undefined },
  };
}

function foundCredential(entry: ListedCredential, projectId?: string): FoundObject | undefined {
  const { username, label, expiryInSeconds, createdAt, isExpired } = entry;
  if (isExpired) return undefined;
  const id = fingerprint(username);
  return {
    type: turnCredential,
    subject: objectSubject(turnCredential, { label }),
    ...{ id, importId: projectId === undefined ? id : `${projectId}/${id}`, name: label },
    ...{ projectId, expiryInSeconds, createdAt },
  };
}

/** Those that are meant by a name, a label or an id. Whoever names one wants that one. */
export function selectObjects(all: Objects, names: readonly string[]) {
  const found = new Set<FoundObject>();
  const missing: MissingObject[] = [];
  for (const name of names) {
    const fitting = all.found.filter((each) => isMeant(each, name));
    const [one] = fitting;
    if (one && fitting.length === 1) found.add(one);
    else missing.push({ problem: problemWith(name, fitting, all) });
  }
  return { found: [...found], missing };
}

function isMeant({ id, importId, name }: FoundObject, text: string): boolean {
  return [id, importId, name].includes(text) || id === fingerprint(text);
}

function problemWith(name: string, fitting: readonly FoundObject[], all: Objects): string {
  if (fitting.length === 0 && all.unlisted.length > 0) {
    return `Can't find a TURN project or credential ${quoted(name)}: ${tellUnlisted(all)}.`;
  }
  if (fitting.length === 0) return `There is no TURN project or credential ${quoted(name)}.`;
  const ids = listed(fitting.map(({ importId, subject }) => `${importId} (${subject.label})`));
  return `${quoted(name)} is the name of several: ${ids}. Use the id of one of them.`;
}

/** What Pulumi's state is to hold of an object. Takes a call or two. */
export function stateOfObject(client: MeteredClient, { type, importId }: FoundObject): Promise<ResourceState> {
  return importObject(placeFor(client, type), importId);
}

function placeFor(client: MeteredClient, type: ObjectType): ObjectPlace {
  const api = {
    ...{ appName: client.appName, turn: client.turn(), tokens: client.tokens() },
    get clockOffset() {
      return client.clockOffset;
    },
  };
  return { type, api, handedOut: new Set(), underWay: new Set(), now: () => Date.now(), tell: () => {} };
}
