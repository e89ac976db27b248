import type { NewCredential } from "../../turn/make";
import type { TurnStore } from "../../turn/store";
import type { StoredCredential } from "../../turn/types";
import type { World } from "../../world";
import { type Answer, ok } from "../answer";
import type { Call } from "../call";
import { invalidRequest } from "../errors";
import { paged } from "./paging";
import { refuse, texts } from "./refusals";

/** Of the app, or of the project in the path. */
export function createCredential({ turn, switches }: World, { body = {}, params }: Call): Answer {
  if (!isObject(body)) return invalidRequest;
  const { expiryInSeconds, label } = body;
  if (expiryInSeconds !== undefined && !isPositiveInteger(expiryInSeconds)) return refuse(400, texts.expiry);
  if (label !== undefined && !isLabel(label)) return refuse(400, texts.label);
  if (switches.turnLimit === "reached") return refuse(403, "Maximum credential limit reached");
  const { projectId } = params;
  const wish: NewCredential = {
    ...(label === undefined ? {} : { label }),
    ...(expiryInSeconds === undefined ? {} : { expiryInSeconds }),
    ...(projectId === undefined ? {} : { project: projectId }),
  };
  const { username, password, apiKey, label: given, expiryInSeconds: lasts } = turn.create(wish);
  const wanted = switches.turnCreateReply === "whole" ? { expiryInSeconds: lasts, label: given } : {};
  return ok({ username, password, ...wanted, apiKey });
}

export function listCredentials(world: World, { query, params: { projectId } }: Call): Answer {
  const { turn, switches } = world;
  const { all, label, page } = query;
  const listed = turn.credentials.filter(
    (credential) =>
      (credential.project === projectId || (projectId === undefined && switches.turnAppList === "with projects")) &&
      (all !== undefined || !turn.isExpired(credential)) &&
      (label === undefined || credential.label === label) &&
      (!credential.disabled || switches.turnDisabledInList === "listed"),
  );
  return paged(
    listed.map((credential) => entryOf(credential, turn)),
    page,
  );
}

/** The username stands in the JSON body. */
export function deleteCredential({ turn }: World, { body, params: { projectId } }: Call): Answer {
  const username = usernameIn(body);
  if (username === undefined) return refuse(400, texts.usernameRequired);
  const credential = turn.find(username);
  if (credential?.project !== projectId || credential === undefined) return refuse(400, texts.noSuchCredential);
  turn.remove(credential);
  return ok({ success: true, message: "credential removed" });
}

/** Deletes those in force; expired and disabled ones stay. */
export function deleteByLabel({ turn }: World, { query, body, params: { projectId } }: Call): Answer {
  const label = projectId === undefined ? query.label : isObject(body) ? body.label : undefined;
  if (label === "" && projectId !== undefined) return refuse(400, texts.emptyLabel);
  if (!isLabel(label)) return refuse(400, texts.label);
  const found = turn.credentials.filter(
    (credential) =>
      credential.project === projectId &&
      credential.label === label &&
      !credential.disabled &&
      !turn.isExpired(credential),
  );
  for (const credential of found) turn.remove(credential);
  return ok({ deleted: found.length });
}

export function disableCredential({ turn }: World, { body }: Call): Answer {
  const username = usernameIn(body);
  if (username === undefined) return refuse(400, texts.usernameMissing);
  const credential = turn.find(username);
  if (credential === undefined || credential.project !== undefined) return refuse(401, "credential not found");
  if (credential.disabled) return refuse(400, "credential is already disabled");
  turn.setDisabled(credential, true);
  return ok({ message: "Turn credential disabled successfully" });
}

export function enableCredential({ turn }: World, { body }: Call): Answer {
  const username = usernameIn(body);
  if (username === undefined) return refuse(400, texts.usernameMissing);
  const credential = turn.find(username);
  if (credential === undefined || credential.project !== undefined) return refuse(401, "Credential not found");
  if (turn.isExpired(credential)) return refuse(400, "Cannot enable this credential");
  if (!credential.disabled) return refuse(400, "Credential is already enabled");
  turn.setDisabled(credential, false);
  return ok({ message: "Credential enabled successfully" });
}

function entryOf(credential: StoredCredential, turn: TurnStore): object {
  const { _id, username, password, apiKey, expiryInSeconds, label, project } = credential;
  const entry = { username, password, apiKey, expiryInSeconds, label, expired: turn.isExpired(credential) };
  return project === undefined ? entry : { _id, ...entry, project };
}

export function isObject(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null && !Array.isArray(body);
}

function usernameIn(body: unknown): string | undefined {
  const username = isObject(body) ? body.username : undefined;
  return typeof username === "string" && username !== "" ? username : undefined;
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isLabel(value: unknown): value is string {
  return typeof value === "string" && value.length < 100;
}
