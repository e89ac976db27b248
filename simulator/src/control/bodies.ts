import type { SettingChanges } from "../rooms/dashboard";
import { type RoomKind, roomKinds, type Settings } from "../rooms/types";
import { ControlError } from "./mistakes";

interface NewRoom {
  readonly kind: RoomKind;
  readonly roomName: string;
  readonly settings: Settings;
}

export function asNewRoom(body: unknown): NewRoom {
  const { kind, roomName, settings = {} } = asObject(body);
  const known = roomKinds.find((candidate) => candidate === kind);
  if (known === undefined || typeof roomName !== "string" || roomName === "") {
    throw new ControlError('A room is { "kind": "meeting" | "live", "roomName": "…", "settings": { … } }.');
  }
  const given = asSettingChanges(settings);
  return { kind: known, roomName, settings: given as Settings };
}

export function asSettingChanges(body: unknown): SettingChanges {
  const changes = asObject(body);
  const allowed = ["string", "number", "boolean"];
  const wrong = Object.keys(changes).find((key) => changes[key] !== null && !allowed.includes(typeof changes[key]));
  if (wrong !== undefined) throw new ControlError(`Setting ${wrong} must be a text, a number, a boolean or null.`);
  return changes as SettingChanges;
}

export function asBroadcasting(body: unknown): boolean {
  const { broadcasting } = asObject(body);
  if (typeof broadcasting !== "boolean") throw new ControlError('Send { "broadcasting": true } or false.');
  return broadcasting;
}

export function asClock(body: unknown): number {
  const { now } = asObject(body);
  // Beyond these JavaScript has no dates.
  if (!Number.isInteger(now) || Math.abs(Number(now)) > 8.64e15) {
    throw new ControlError('Send { "now": MILLISECONDS } since 1970.');
  }
  return Number(now);
}

function asObject(body: unknown): Record<string, unknown> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ControlError("Send a JSON object.");
  }
  return body as Record<string, unknown>;
}
