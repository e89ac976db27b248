import type { Switches } from "../switches/table";
import type { RoomStore } from "./store";
import type { StoredRoom } from "./types";

/** Carries out what has fallen due since the last request; nothing happens between requests. */
export function expireRooms(store: RoomStore, deleteOnExp: Switches["deleteOnExp"], now: number): void {
  if (deleteOnExp === "ignored") return;
  for (const room of [...store.expiring].filter((candidate) => isDue(candidate, now))) {
    if (deleteOnExp === "removes") store.remove(room);
    else store.change(room, { archived: true });
  }
}

function isDue({ settings: { expireUnixSec } }: Readonly<StoredRoom>, now: number): boolean {
  return typeof expireUnixSec === "number" && expireUnixSec * 1000 <= now;
}
