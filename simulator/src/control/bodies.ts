import type { NewRecording } from "../meetings/types";
import type { SettingChanges } from "../rooms/dashboard";
import { type RoomKind, roomKinds, type Settings } from "../rooms/types";
import { isDate } from "../turn/usage";
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
  if (wrong !== undefined) throw new ControlError(`Setting ${wrong} must be a string, a number, a boolean or null.`);
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

export function asRoomName(body: unknown): string {
  const { roomName } = asObject(body);
  if (typeof roomName !== "string" || roomName === "") throw new ControlError('Send { "roomName": "…" }.');
  return roomName;
}

export function asNewRecording(body: unknown): NewRecording & { readonly roomName: string } {
  const { type, participantUsername, readyAt } = asObject(body);
  const isText = (value: unknown) => value === undefined || typeof value === "string";
  const isTime = readyAt === undefined || Number.isInteger(readyAt);
  if (!isText(type) || !isText(participantUsername) || !isTime) {
    throw new ControlError(
      'A recording is { "roomName": "…", "type": "…", "participantUsername": "…", "readyAt": MILLISECONDS }.',
    );
  }
  return { roomName: asRoomName(body), type, participantUsername, readyAt } as NewRecording & { roomName: string };
}

export function asUsage(body: unknown): { username: string; bytes: number; date?: string } {
  const { username, bytes, date } = asObject(body);
  const isRight = typeof username === "string" && Number.isInteger(bytes) && Number(bytes) >= 0;
  if (!isRight || (date !== undefined && !isDate(date))) {
    throw new ControlError('Usage is { "username": "…", "bytes": 1000000, "date": "YYYY-MM-DD" }.');
  }
  return { username, bytes: Number(bytes), date };
}

export function asId(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new ControlError(`"${text}" is not the id of a fault.`);
  return Number(text);
}

function asObject(body: unknown): Record<string, unknown> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ControlError("Send a JSON object.");
  }
  return body as Record<string, unknown>;
}
