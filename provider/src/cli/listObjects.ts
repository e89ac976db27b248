import { isExpired } from "../objects/rotation";
import { shownTime } from "../pulumi/words/sentence";
import { accessToken } from "../tokens/accessToken";
import { turnCredential } from "../turn/credential";
import { turnProject } from "../turn/project";
import { isUnlisted, type Objects } from "./objects";
import type { StackObject } from "./stackState";
import { table } from "./table";

/** What isn't a room, in the list: this is what `--json` prints. */
export interface ListedObject {
  readonly kind: string;
  /** A project's name, a credential's label, a token's room; `null` for none. */
  readonly name: string | null;
  /** What `import --turn` takes; the username of a credential is a secret. */
  readonly id: string;
  /** Unix seconds, `null` where there is no end, or none that is known. */
  readonly expiresAt: number | null;
  readonly status: "active" | "expired" | "disabled" | "gone" | "unknown";
  /** The resource's name, `null` when it is in no resource of the stack; absent where there is no stack. */
  readonly resource?: string | null;
}

/** The TURN projects and credentials on Metered, those of the stack that aren't there, and the stack's tokens. */
export function listedObjects(
  objects: Objects,
  managed: readonly StackObject[] | undefined,
  nowSeconds: number,
): ListedObject[] {
  const { found } = objects;
  const onMetered = found.map((each): ListedObject => {
    const inStack = managed?.find(({ type, known }) => type === each.type && known.id === each.id);
    const { createdAt, expiryInSeconds } = each;
    const isTold = createdAt !== undefined && expiryInSeconds !== undefined;
    const end = endIn(inStack) ?? (isTold ? createdAt + expiryInSeconds : undefined);
    const status = inStack?.known.isDisabled ? "disabled" : "active";
    return {
      kind: each.type.name,
      name: each.name ?? null,
      id: each.importId,
      expiresAt: end ?? null,
      status,
      ...(managed === undefined ? {} : { resource: inStack?.resource ?? null }),
    };
  });
  const rest = (managed ?? []).filter(({ type, known }) => {
    return !found.some((each) => each.type === type && each.id === known.id);
  });
  return [...onMetered, ...rest.map((each) => onlyInStack(each, objects, nowSeconds))];
}

function onlyInStack(each: StackObject, objects: Objects, nowSeconds: number): ListedObject {
  const { type, resource, known } = each;
  const end = endIn(each);
  const isOver = isExpired(known, nowSeconds) || (end !== undefined && end <= nowSeconds);
  const absent = isUnlisted(objects, type, known.settings) ? "unknown" : "gone";
  // Metered keeps no tokens.
  const status = isOver ? "expired" : type === accessToken ? "active" : absent;
  const { projectName, label, roomName } = known.settings;
  const name = [projectName, label, roomName].find((text) => typeof text === "string");
  return {
    kind: type.name,
    name: name === undefined ? null : String(name),
    id: known.id,
    expiresAt: end ?? null,
    status,
    resource,
  };
}

function endIn(each: StackObject | undefined): number | undefined {
  const end = each?.known.facts.expiresAt;
  return typeof end === "number" ? end : undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  [turnProject.name]: "TURN project",
  [turnCredential.name]: "TURN credential",
  [accessToken.name]: "access token",
};

export function tellObjects(objects: readonly ListedObject[], hasStack: boolean): string[] {
  if (objects.length === 0) return [];
  const headings = ["NAME", "KIND", "ID", "EXPIRES", "STATUS", ...(hasStack ? ["IN THE STACK"] : [])];
  const rows = objects.map(({ name, kind, id, expiresAt, status, resource }) => [
    name ?? "",
    KINDS[kind] ?? kind,
    id,
    expiresAt === null ? "" : shownTime(expiresAt),
    status,
    ...(hasStack ? [resource ?? "no"] : []),
  ]);
  const statuses = new Set(objects.map(({ status }) => status));
  const advice = Object.entries(ADVICE).filter(([status]) => [...statuses].some((each) => each === status));
  return [table(headings, rows), ...advice.map(([, text]) => text)];
}

const ADVICE: Readonly<Record<string, string>> = {
  expired: "expired: pulumi up --refresh creates a new one if the program still defines it.",
  disabled: "disabled: it was switched off outside Pulumi. The next pulumi up replaces it.",
  gone: "gone: it's in the stack but not on Metered. pulumi refresh removes it from the stack.",
  unknown: "unknown: Metered doesn't list such objects for this app, so it may or may not exist.",
};
