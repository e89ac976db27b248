import { type Call, MeteredError } from "../../provider/src/errors";
import type { Note } from "../../provider/src/notes";
import type { KnownObject } from "../../provider/src/objects/known";
import type { ObjectType } from "../../provider/src/objects/objectType";
import type { ObjectPlace } from "../../provider/src/objects/place";
import type { TokenApi } from "../../provider/src/tokens/api";
import type { CredentialReply, IceServer, ListedCredential, ProjectReply, TurnApi } from "../../provider/src/turn/api";
import { NOW } from "./objects";

type Action = "POST" | "LIST" | "PUT" | "DELETE" | "ICE" | "CREDENTIALS";

export const ICE: readonly IceServer[] = [
  { urls: "turn:standard.relay.metered.ca:80", username: "u", credential: "p" },
];

/** A credential of a project, as a list shows it. */
export function credential(username: string, more: Partial<CredentialReply> = {}): CredentialReply {
  return {
    ...{ username, password: "p", apiKey: `key of ${username}`, label: "app", expiryInSeconds: 3600 },
    ...{ isExpired: false, isDisabled: false, createdAt: NOW, answeredAt: undefined },
    ...more,
  };
}

export function project(projectName: string, body: Record<string, unknown> = {}, createdAt?: number): ProjectReply {
  return { projectId: `id of ${projectName}`, projectName, apiKey: "key", createdAt, body: { projectName, ...body } };
}

/** What every error of a call says of it. */
export const CALL: Call = { action: "read", app: "demo" };

export const errors = {
  lost: () => lostCall("connection lost before the response was complete"),
  plan: () => new MeteredError({ cause: "PlanLimit", said: "upgrade", ...CALL }),
  missing: (certain = true) => new MeteredError({ cause: "ObjectNotFound", certain, ...CALL }),
  unreadable: () =>
    new MeteredError({ cause: "UnexpectedResponse", problem: "isn't JSON", mayHaveHappened: true, ...CALL }),
  taken: () => new MeteredError({ cause: "NameTaken", how: "unseen", ...CALL }),
};

function lostCall(problem: string): MeteredError {
  const spent = { host: "demo.metered.live", attempts: 1, seconds: 0, mayHaveHappened: true };
  return new MeteredError({ cause: "NoConnection", problem, ...spent, ...CALL });
}

/**
 * TURN at Metered, in memory: what the lists show is given, every other call answers as if all went well, and any can be
 * made to do something else (`next`).
 */
export class FakeTurn implements TurnApi {
  /** What was asked, and what with. */
  readonly asked: unknown[][] = [];
  listed: ListedCredential[] = [];
  projectList: ProjectReply[] = [];
  created: CredentialReply = credential("new");
  /** How often it is worth asking for ICE servers again. */
  triesLeft = 0;
  private readonly detours: { readonly action: Action; readonly detour: () => unknown }[] = [];

  /** Has the next call of this kind, not yet spoken for, answer otherwise, or fail. */
  next(action: Action, detour: () => unknown): this {
    this.detours.push({ action, detour });
    return this;
  }

  failNext(action: Action, error: Error): this {
    return this.next(action, () => {
      throw error;
    });
  }

  tries() {
    return { count: 1, again: async () => this.triesLeft-- > 0 };
  }

  readonly createCredential: TurnApi["createCredential"] = (subject, projectId, body) =>
    this.call("POST", [subject.name, projectId, body], () => this.created);
  readonly credentials: TurnApi["credentials"] = (subject, filter) =>
    this.call("CREDENTIALS", [subject?.name, filter], () => this.listed);
  readonly deleteCredential: TurnApi["deleteCredential"] = (subject, projectId, username) =>
    this.call("DELETE", [subject.name, projectId, username], () => undefined);
  readonly iceServers: TurnApi["iceServers"] = (_subject, apiKey, region) =>
    this.call("ICE", [apiKey, region], () => [...ICE]);
  readonly createProject: TurnApi["createProject"] = (subject, body) =>
    this.call("POST", [subject.name, body], () => project(subject.name, body, NOW));
  readonly projects: TurnApi["projects"] = (subject) => this.call("LIST", [subject?.name], () => this.projectList);
  readonly updateProject: TurnApi["updateProject"] = (subject, projectId, body) =>
    this.call("PUT", [subject.name, projectId, body], () => undefined);
  readonly deleteProject: TurnApi["deleteProject"] = (subject, projectId) =>
    this.call("DELETE", [subject.name, projectId], () => undefined);

  /** The kinds of calls, in short. */
  get story(): string {
    return this.asked.map(([action]) => action).join(" ");
  }

  private async call<T>(action: Action, asked: readonly unknown[], work: () => T): Promise<T> {
    this.asked.push([action, ...asked]);
    const index = this.detours.findIndex((each) => each.action === action);
    const [found] = index < 0 ? [] : this.detours.splice(index, 1);
    return found ? ((await found.detour()) as T) : work();
  }
}

/** The place of a process, at a moment that the test chooses. */
export interface FakePlace extends ObjectPlace {
  readonly notes: Note[];
  /** This machine's clock, in unix seconds. */
  at: number;
  /** How far the server's clock is ahead; undefined before the first response. */
  offset: number | undefined;
}

export function fakePlace(type: ObjectType, turn: TurnApi, tokens?: TokenApi): FakePlace {
  const notes: Note[] = [];
  const place: FakePlace = {
    ...{ type, notes, at: NOW, offset: undefined },
    handedOut: new Set(),
    underWay: new Set(),
    api: {
      ...{ appName: "demo", turn, tokens: tokens ?? { create: assertUnasked, isValid: assertUnasked } },
      get clockOffset() {
        return place.offset;
      },
    },
    now: () => place.at * 1000,
    tell: (note) => void notes.push(note),
  };
  return place;
}

function assertUnasked(): never {
  throw new Error("no call was to be made");
}

/** An object of the state. */
export function knownObject(settings: KnownObject["settings"], more: Partial<KnownObject> = {}): KnownObject {
  return {
    ...{ id: "id of calls", appName: "demo", settings, facts: {}, clockOffset: 0, isDisabled: false },
    origin: "ours",
    ...more,
  };
}
