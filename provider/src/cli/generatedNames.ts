import { tokenOf } from "../pulumi/types";
import { generatedNameOf, partsOf, urnOf } from "../pulumi/urn";
import type { RoomType } from "../rooms/roomType";
import type { StackState } from "./stackState";

/** What a generated name looks like: words, digits of the URN, and a number if the name was taken. */
const GENERATED = /^([a-z0-9][a-z0-9-]*)-[0-9a-f]{8}(?:-\d+)?$/;

/** Whether some stack may have generated a room's name, this one or another one of the app. */
export function looksGenerated(roomName: string): boolean {
  return GENERATED.test(roomName);
}

/** Whether a room of this stack, at the top level and named as the room's name begins, would get this name. */
export function isGeneratedBy(state: StackState, type: RoomType, roomName: string): boolean {
  const [, resource = ""] = GENERATED.exec(roomName) ?? [];
  const { stack, project } = partsOf((state.resources[0] ?? state.pending[0]?.resource)?.urn ?? "");
  const generated = generatedNameOf(urnOf({ stack, project, type: tokenOf(type), name: resource }), type);
  return roomName === generated || roomName.startsWith(`${generated}-`);
}
