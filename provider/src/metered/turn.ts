import { isCause, type Subject } from "../errors";
import {
  type Body,
  type CredentialFilter,
  type IceServer,
  isWhole,
  type ListedCredential,
  type ProjectReply,
  type TurnApi,
} from "../turn/api";
import { Attempts } from "./attempts";
import type { Caller, Options } from "./caller";
import type { Request } from "./http";
import { type About, type Answer, isObject, type Json, NO_CONTENT, unexpected } from "./judge";
import { everyPage } from "./pages";
import { freeTexts } from "./redact";
import { confirmDelete } from "./rooms";

const PROJECTS = "/v2/turn/project";

/** The words of Metered on a credential or a project that doesn't exist, at whatever status. */
const MISSING = /\b(credential|project)\b.*\b(not found|not exist)/i;

/** The endpoints for TURN credentials and projects. The options are those of every single call. */
export function turnApi(caller: Caller, options: Options): TurnApi {
  const { appName: app } = caller.account;
  const about = (action: About["call"]["action"], subject: Subject | undefined, what?: string): About => ({
    call: subject ? { action, subject, app } : { action: action === "read" ? "list" : action, app, what },
    secrets: [],
    missing: MISSING,
  });
  const ask = (of: About, request: Request, attempts?: Attempts) => caller.ask(of, request, options, attempts);
  return {
    tries: () => caller.attempts(options.limits),
    createCredential: async (subject, projectId, body) => {
      const of = about("create", subject);
      const answer = await ask(of, { method: "POST", path: credentialPath(projectId), body });
      const made = credentialIn(answer.body, answer.date);
      return made && isWhole(made) ? made : refuse(of, "isn't a TURN credential");
    },
    credentials: (subject, filter) => {
      const of = about("read", subject, "the TURN credentials");
      return listCredentials(ask, { ...of, isList: filter.projectId === undefined }, filter);
    },
    deleteCredential: async (subject, projectId, username) => {
      const of = { ...about("delete", subject), secrets: [username] };
      const answer = await ask(of, { method: "DELETE", path: credentialPath(projectId), body: { username } });
      confirmDelete(of, answer);
    },
    iceServers: async (subject, apiKey, region, tries) => {
      const of = { ...about(subject ? "read" : "look up", subject, "the ICE servers"), secrets: [apiKey] };
      const query = { apiKey, ...(region === undefined ? {} : { region }) };
      const request: Request = { method: "GET", path: "/v1/turn/credentials", query, keyless: true };
      try {
        return iceServersIn(of, await ask(of, request, tries instanceof Attempts ? tries : undefined));
      } catch (error) {
        // The request holds no other key.
        if (isCause(error, "InvalidSecretKey")) return undefined;
        throw error;
      }
    },
    createProject: async (subject, body) => {
      const of = { ...about("create", subject), secrets: secretsIn(body) };
      const { body: reply } = await ask(of, { method: "POST", path: PROJECTS, body });
      return projectIn(reply) ?? refuse(of, "isn't a TURN project");
    },
    projects: async (subject) => {
      const of = { ...about("read", subject, "the TURN projects"), isList: true };
      const { body } = await ask(of, { method: "GET", path: `${PROJECTS}s` });
      if (!Array.isArray(body)) return refuse(of, "isn't a list of TURN projects");
      return body.map((entry) => projectIn(entry) ?? refuse(of, "lists something that isn't a TURN project"));
    },
    updateProject: async (subject, projectId, body) => {
      const of = { ...about("update", subject), secrets: secretsIn(body) };
      const { status, body: reply } = await ask(of, {
        method: "PUT",
        path: `${PROJECTS}/${encodeURIComponent(projectId)}`,
        body,
      });
      if (status === NO_CONTENT) return undefined;
      if (!isObject(reply) || reply.success === false) return refuse(of, "isn't a TURN project");
      return projectIn(reply);
    },
    deleteProject: async (subject, projectId) => {
      const of = about("delete", subject);
      confirmDelete(of, await ask(of, { method: "DELETE", path: `${PROJECTS}/${encodeURIComponent(projectId)}` }));
    },
  };
}

type Ask = (of: About, request: Request) => Promise<Answer>;

async function listCredentials(ask: Ask, of: About, filter: CredentialFilter): Promise<ListedCredential[]> {
  const { projectId, label, all } = filter;
  const ofProject = projectId && `${PROJECTS}/${encodeURIComponent(projectId)}/credentials`;
  const query = { ...(all ? { all: "true" } : {}), ...(label === undefined ? {} : { label }) };
  const entries = await everyPage(of, (page) =>
    ask(of, { method: "GET", path: ofProject ?? "/v2/turn/credentials", query: { ...query, page } }),
  );
  const replies = entries.map((entry) => {
    return credentialIn(entry, undefined) ?? refuse(of, "lists something that isn't a TURN credential");
  });
  // What moves from one page to the next while they are read is listed twice.
  return [...new Map(replies.map((reply) => [reply.username, reply])).values()];
}

function credentialPath(projectId: string | undefined): string {
  return projectId === undefined ? "/v1/turn/credential" : `${PROJECTS}/${encodeURIComponent(projectId)}/credential`;
}

/** A body that is a credential. Label and expiry may be absent from the response to a create. */
function credentialIn(body: unknown, answeredAt: number | undefined): ListedCredential | undefined {
  if (!isObject(body)) return undefined;
  const { username, password, apiKey, label, expiryInSeconds, expired, disabled } = body;
  if (!isText(username)) return undefined;
  return {
    ...{ username, answeredAt },
    password: isText(password) ? password : undefined,
    apiKey: isText(apiKey) ? apiKey : undefined,
    label: typeof label === "string" ? label : undefined,
    // 0, as other APIs have it, would mean that it never expires.
    expiryInSeconds: typeof expiryInSeconds === "number" && expiryInSeconds > 0 ? expiryInSeconds : undefined,
    isExpired: expired === true,
    isDisabled: disabled === true,
    createdAt: createdIn(body),
  };
}

function projectIn(body: unknown): ProjectReply | undefined {
  if (!isObject(body)) return undefined;
  const { _id: projectId, projectName, apiKey } = body;
  if (!isText(projectId) || !isText(projectName)) return undefined;
  return { projectId, projectName, apiKey: isText(apiKey) ? apiKey : undefined, createdAt: createdIn(body), body };
}

/** `created`, or the time within an `_id`, which MongoDB makes of it; in unix seconds. */
function createdIn({ created, _id: id }: Json): number | undefined {
  const milliseconds = typeof created === "string" ? Date.parse(created) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return Math.floor(milliseconds / 1000);
  return typeof id === "string" && /^[0-9a-f]{24}$/i.test(id) ? Number.parseInt(id.slice(0, 8), 16) : undefined;
}

/** With one URL each, whatever the response does: it means the same to a browser, and has one type in every language. */
function iceServersIn(of: About, { body }: Answer): IceServer[] {
  const servers = (Array.isArray(body) ? body : []).flatMap((entry): IceServer[] => {
    const { urls, username, credential } = isObject(entry) ? entry : {};
    const login = { ...(isText(username) ? { username } : {}), ...(isText(credential) ? { credential } : {}) };
    return (Array.isArray(urls) ? urls : [urls]).filter(isText).map((url) => ({ urls: url, ...login }));
  });
  return servers.length > 0 ? servers : refuse(of, "isn't a list of ICE servers");
}

function refuse({ call }: About, problem: string): never {
  throw unexpected(call, problem);
}

/** What no message may repeat: an address may hide a token. */
function secretsIn({ webhookUrl, notificationEmails }: Body): string[] {
  return freeTexts([webhookUrl, notificationEmails]);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
