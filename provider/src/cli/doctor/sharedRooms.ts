import { listed, named, quoted } from "../../pulumi/words/sentence";
import { shellQuoted } from "../../pulumi/words/ways";
import { subjectOf } from "../../rooms/roomType";
import { escaped } from "../../schema/escaped";
import type { Stack } from "../account";
import { roomsIn, type StackRoom } from "../stackState";
import { type Finding, warn } from "./finding";

/** Rooms that two resources of the stack manage: whichever is deleted first deletes the other's room. */
export function sharedRoomFindings({ state, pulumi }: Stack): Finding[] {
  const byId = new Map<string, StackRoom[]>();
  for (const room of roomsIn(state)) {
    if (room.roomId !== undefined) byId.set(room.roomId, [...(byId.get(room.roomId) ?? []), room]);
  }
  return [...byId].flatMap(([roomId, [first, ...others]]) => {
    if (!first || others.length === 0) return [];
    const resources = listed([first, ...others].map(({ resource }) => quoted(resource)));
    const [quantity, advice] =
      others.length === 1
        ? ["both", "Remove one of them from the state, then give it a roomName of its own:"]
        : ["all", "Remove all but one from the state, then give the others a roomName of their own:"];
    const room = `${named(subjectOf(first.type, first.id))} (roomId ${escaped(roomId)})`;
    const message = `resources ${resources} ${quantity} manage ${room}: deleting one deletes the room of the other. ${advice}`;
    const commands = others.map(({ urn }) => `pulumi state delete ${shellQuoted(urn)}${pulumi.flags}`);
    return [warn("Shared room", message, ...commands)];
  });
}
