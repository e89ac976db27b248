import type { Subject } from "../../errors";
import type { MeteredClient } from "../../metered/client";
import { objectSubject } from "../../objects/objectType";
import { isDue } from "../../objects/rotation";
import { wantedObject } from "../../pulumi/objectState";
import { objectTypeOf } from "../../pulumi/types";
import { listed, named, quoted, shownTime } from "../../pulumi/words/sentence";
import { shellWord } from "../../pulumi/words/ways";
import { escaped } from "../../schema/escaped";
import { turnCredential } from "../../turn/credential";
import { turnProject } from "../../turn/project";
import { type FoundObject, isUnlisted, type Objects, readObjects, tellUnlisted } from "../objects";
import { objectsIn, type StackObject } from "../stackState";
import type { Watch } from "../waiting";
import { type Finding, ok, someOf, warn } from "./finding";
import { clearing, importing, type Part, TO_CLEAR, unlocking } from "./part";

/** What the doctor knows of TURN and of tokens. */
export interface TurnFindings {
  /** What interrupted updates and lost responses have left. */
  readonly leftovers: readonly Finding[];
  readonly others: readonly Finding[];
}

export async function turnFindings(client: MeteredClient, part: Part, watch: Watch): Promise<TurnFindings> {
  const objects = await readObjects(client, watch);
  const { found } = objects;
  const { state } = part;
  const managed = objectsIn(state.resources, client.appName);
  const ids = new Set([...state.resources, ...state.leaving].map(({ id }) => id));
  const strays = found.filter(({ id }) => !ids.has(id));
  const begun = pendingObjects(part);
  const declared = [...managed, ...begun].map((each) => ({ type: each.type, settings: settingsOf(each) }));
  const orphans = strays.filter((stray) => declared.some((each) => fits(stray, each)));
  const nowSeconds = Date.now() / 1000 + (client.clockOffset ?? 0);
  return {
    leftovers: [...pendingFindings(begun, managed, objects, part), ...orphans.map((each) => orphanFinding(each, part))],
    others: [
      ...countFinding(found, strays),
      ...unlistedFinding(objects, [...managed, ...begun]),
      ...managed.flatMap((each) => rotationFinding(each, nowSeconds, part)),
    ],
  };
}

/** An operation on an object that the state says is under way. */
interface PendingObject {
  readonly kind: string;
  readonly type: StackObject["type"];
  readonly resource: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

function pendingObjects({ state }: Part): PendingObject[] {
  return state.pending.flatMap(({ kind, resource }) => {
    const type = objectTypeOf(resource.type);
    return type ? [{ kind, type, resource: resource.name, settings: wantedObject(type, resource.inputs) }] : [];
  });
}

function settingsOf(each: StackObject | PendingObject): Readonly<Record<string, unknown>> {
  return "settings" in each ? each.settings : each.known.settings;
}

/** Whether what nobody manages could come from this declaration. Without a label a credential could be anyone's. */
function fits(stray: FoundObject, declared: Pick<PendingObject, "type" | "settings">): boolean {
  const { type, settings } = declared;
  if (stray.type !== type) return false;
  if (type === turnProject) return settings.projectName === stray.name;
  const { label, projectId, expiryInSeconds } = settings;
  const isSame = projectId === stray.projectId && expiryInSeconds === stray.expiryInSeconds;
  return type === turnCredential && label !== undefined && label === stray.name && isSame;
}

/** One finding for all creates, and one for all else: what is to be done is the same for all of them. */
function pendingFindings(
  begun: readonly PendingObject[],
  managed: readonly StackObject[],
  objects: Objects,
  part: Part,
): Finding[] {
  const created = begun.filter(({ kind }) => kind === "creating");
  const others = begun.filter(({ kind }) => kind !== "creating");
  const it = others.length === 1 ? "it" : "them";
  const goOn = `${interruptedWhile(others)}. The next pulumi up checks ${it} and continues.`;
  return [
    ...(created.length > 0 ? [createdFinding(created, managed, objects, part)] : []),
    ...(others.length > 0 ? [warn("Leftovers", goOn, unlocking(part), part.pulumi.shown("up"))] : []),
  ];
}

function interruptedWhile(objects: readonly PendingObject[]): string {
  const toldOf = ({ type, settings, resource }: PendingObject) =>
    `${named(objectSubject(type, settings))} (resource ${quoted(resource)})`;
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  const of = (kind: string) => someOf(objects.filter((each) => each.kind === kind).map(toldOf));
  return `an update was interrupted while ${listed(kinds.map((kind) => `${kind} ${of(kind)}`))}`;
}

function createdFinding(
  created: readonly PendingObject[],
  managed: readonly StackObject[],
  objects: Objects,
  part: Part,
): Finding {
  const story = interruptedWhile(created);
  const open = created.filter((each) => !isInState(each, managed));
  const [they, one] = created.length === 1 ? ["it", "it"] : ["they", "one of them"];
  if (open.length === 0) {
    const are = created.length === 1 ? "it is" : "they are";
    return warn("Leftovers", `${story}; ${are} in the state by now. ${TO_CLEAR}`, clearing(part));
  }
  // Metered keeps no tokens.
  const left = open.filter(({ type }) => type === turnProject || type === turnCredential);
  const isHidden = left.some(({ type, settings }) => isUnlisted(objects, type, settings));
  const them = created.length === 1 ? "it" : "them";
  const look = isHidden
    ? `; ${they} may exist, and Metered has no list that shows ${them}. Look for ${them} in Metered's dashboard before the next pulumi up`
    : `; ${they} may exist. If a line below shows ${one}, import or delete it before the next pulumi up`;
  const message = `${story}${left.length > 0 ? look : ""}.`;
  return warn("Leftovers", message, unlocking(part), part.pulumi.shown("up"), clearing(part));
}

/** A project's name is the app's only one. A credential in the state may be another than the one that was begun. */
function isInState({ type, settings }: PendingObject, managed: readonly StackObject[]): boolean {
  if (type !== turnProject) return false;
  return managed.some((each) => each.type === type && each.known.settings.projectName === settings.projectName);
}

/** Another stack may have it, and `retainOnDelete` leaves the old one of a rotation on purpose. */
function orphanFinding(orphan: FoundObject, part: Part): Finding {
  const { subject, importId, createdAt, expiryInSeconds } = orphan;
  const since = createdAt === undefined ? "" : `, created ${shownTime(createdAt)}`;
  const why =
    orphan.type === turnProject
      ? "An interrupted update may have left it."
      : "It may come from a create whose response was lost, a rotation with retainOnDelete, or another stack.";
  const end = expiryInSeconds === undefined ? "" : " It stops working when it expires.";
  return warn(
    "Leftovers",
    `${withId(subject, `${importId}${since}`)} has the same label and expiry as one in this stack, but isn't managed by it. ${why}${end}`,
    importing(part, `--turn ${shellWord(importId)}`),
    "# or delete it in Metered's dashboard, if nothing uses it",
  );
}

function withId(subject: Subject, id: string): string {
  return `${named(subject)} (id ${escaped(id)})`;
}

/** From so many on, a list says more than a line. */
const MANY = 5;

function countFinding(found: readonly FoundObject[], strays: readonly FoundObject[]): Finding[] {
  if (found.length === 0) return [];
  const projects = found.filter(({ type }) => type === turnProject).length;
  const credentials = found.length - projects;
  const counts = `${plural(projects, "project")} and ${plural(credentials, "credential")}`;
  if (strays.length === 0) return [ok("TURN", `${counts}, all of them in this stack`)];
  const which = strays.map(({ subject, importId }) => withId(subject, importId));
  const shown = strays.length < MANY ? listed(which) : `${strays.length} of them (npx pulumi-metered list shows which)`;
  return [ok("TURN", `${counts}; not managed by this stack: ${shown}`)];
}

/** What can't be looked for is worth a line only where there may be some of it. */
function unlistedFinding(objects: Objects, all: readonly (StackObject | PendingObject)[]): Finding[] {
  if (!all.some((each) => isUnlisted(objects, each.type, settingsOf(each)))) return [];
  const lost = "so any that interrupted updates have left can't be found";
  return [ok("TURN", `${tellUnlisted(objects)}, ${lost}`)];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What is due for a rotation, or over. */
function rotationFinding({ type, resource, known }: StackObject, nowSeconds: number, { pulumi }: Part): Finding[] {
  const { expiresAt: end } = known.facts;
  const what = `${named(objectSubject(type, known.settings))} (resource ${quoted(resource)})`;
  const warning = (text: string) => [warn("Rotation", `${what} ${text}`, pulumi.shown("up"))];
  if (known.isDisabled) return warning("was disabled outside Pulumi. The next pulumi up replaces it:");
  if (typeof end !== "number") return [];
  const isOver = end <= nowSeconds;
  if (isDue(known, known.settings, nowSeconds)) {
    const when = isOver
      ? `expired ${shownTime(end)}`
      : `expires ${shownTime(end)}, which is less than rotateBeforeSeconds away`;
    return warning(`${when}. The next pulumi up replaces it:`);
  }
  if (!isOver) return [];
  return warning(`expired ${shownTime(end)}, as its expireUnixSec says. Set a later one, then:`);
}
