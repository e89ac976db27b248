import type { Switches } from "../switches/table";
import type { RoomStore } from "./store";

/** Carries out what has fallen due since the last request; nothing happens between requests. */
export function expireRooms(store: RoomStore, deleteOnExp: Switches["deleteOnExp"], now: number): void {
  if (deleteOnExp === "ignored") return;
  for (const room of store.due(now)) {
    if (deleteOnExp === "removes") store.remove(room);
    else store.change(room, { archived: true });
  }
}
