import { isCause, type Subject } from "../errors";
import type { MeteredClient } from "../metered/client";
import { fingerprint } from "../objects/fingerprint";
import { type ObjectType, objectSubject } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import type { ResourceState } from "../pulumi/kind";
import { importObject } from "../pulumi/objectOperations";
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

/**
 * All TURN projects and all credentials that haven't expired: of the app, and of every project. None where the plan has
 * no TURN, or no list of it.
 */
export async function readObjects(client: MeteredClient, { tell, heard }: Partial<Watch>): Promise<FoundObject[]> {
  const turn = client.turn({ tell });
  const [projects, ofApp] = await Promise.all([
    unlessUnplanned(turn.projects()),
    unlessUnplanned(turn.credentials(undefined, {})),
  ]);
  heard?.();
  const ofProjects = await Promise.all(
    projects.map(async ({ projectId }) => {
      const entries = await unlessUnplanned(turn.credentials(undefined, { projectId }));
      return entries.map((entry) => foundCredential(entry, projectId));
    }),
  );
  // The app's list may contain those of projects as well, without the project.
  const found = [...projects.map(foundProject), ...ofProjects.flat(), ...ofApp.map((entry) => foundCredential(entry))];
  const living = found.filter((each) => each !== undefined);
  return living.filter((each, i) => living.findIndex(({ id }) => id === each.id) === i);
}

async function unlessUnplanned<T>(list: Promise<T[]>): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    // A project that was deleted since isn't missed by anyone.
    if (isCause(error, "PlanLimit", "ObjectNotFound")) return [];
    throw error;
  }
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
export function selectObjects(all: readonly FoundObject[], names: readonly string[]) {
  const found = new Set<FoundObject>();
  const missing: MissingObject[] = [];
  for (const name of names) {
    const fitting = all.filter((each) => isMeant(each, name));
    const [one] = fitting;
    if (one && fitting.length === 1) found.add(one);
    else missing.push({ problem: problemWith(name, fitting) });
  }
  return { found: [...found], missing };
}

function isMeant({ id, importId, name }: FoundObject, text: string): boolean {
  return [id, importId, name].includes(text) || id === fingerprint(text);
}

function problemWith(name: string, fitting: readonly FoundObject[]): string {
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
