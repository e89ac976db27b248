import { newId } from "../../identifiers";
import { randomName, sameName, spelled } from "../../rooms/names";
import { type RoomKind, roomKinds, type StoredRoom } from "../../rooms/types";
import { checkBody } from "../../rooms/validation";
import type { World } from "../../world";
import { type Answer, ok } from "../answer";
import { badSettings, failure, invalidRequest, nameTaken } from "../errors";
import { listEntry, roomReply } from "./replies";

export function createRoom(world: World, kind: RoomKind, body: unknown = {}): Answer {
  const { switches, clock, store } = world;
  const now = clock.now();
  const checked = checkBody(kind, body, { switches, operation: "create", now });
  if ("problems" in checked) return badSettings(checked.problems, body, switches);
  const { roomName: asked, settings } = checked.accepted;
  if (asked !== undefined && isTaken(world, kind, asked)) return nameTaken(asked, switches);
  const roomName = asked === undefined ? freeName(world, kind) : spelled(asked, switches.nameCase);
  const created = new Date(now).toISOString();
  const state = { archived: false, currentlyBroadcasting: false };
  return ok(roomReply(store.add({ kind, _id: newId(now), roomName, created, ...state, settings }), world));
}

export function getRoom(world: World, kind: RoomKind, name: string): Answer {
  const room = world.store.find(kind, name, world.switches.nameCase);
  const visible = room !== undefined && (!room.archived || world.switches.getAfterDelete === "archived");
  return visible ? ok(roomReply(room, world)) : missingRoom(world, kind);
}

export function listRooms(world: World): Answer {
  const rooms = world.store.all.filter(
    (room) => room.kind === "meeting" && (!room.archived || world.switches.listArchived === "yes"),
  );
  return ok(rooms.map((room) => listEntry(room, world)));
}

export function updateRoom(world: World, kind: RoomKind, name: string, body: unknown = {}): Answer {
  const { switches, clock, store } = world;
  const room = findInUse(world, kind, name);
  const at = { switches, operation: "update", now: clock.now() } as const;
  const checked = checkBody(kind, body, at, room?.settings);
  if ("problems" in checked) return badSettings(checked.problems, body, switches);
  if (room === undefined) return missingRoom(world, kind);
  const { roomName: asked, settings } = checked.accepted;
  if (asked !== undefined && switches.putRoomName === "renames" && !sameName(room.roomName, asked, switches.nameCase)) {
    if (isTaken(world, kind, asked)) return nameTaken(asked, switches);
    store.change(room, { roomName: spelled(asked, switches.nameCase) });
  }
  return ok(roomReply(store.change(room, { settings }), world));
}

export function deleteRoom(world: World, kind: RoomKind, name: string): Answer {
  const { switches, store } = world;
  const archived = ok({ success: true, message: "Room successfully archived" });
  const room = findInUse(world, kind, name);
  if (room !== undefined) {
    store.change(room, { archived: true });
    return archived;
  }
  if (switches.repeatDelete === 200) return archived;
  return failure(switches.repeatDelete, switches.missingRoomMessage, switches);
}

function missingRoom({ switches }: World, kind: RoomKind): Answer {
  if (kind === "live" && switches.missingLiveRoom === "400 bare") return invalidRequest;
  return failure(switches.missingRoomStatus, switches.missingRoomMessage, switches);
}

function findInUse({ store, switches }: World, kind: RoomKind, name: string): Readonly<StoredRoom> | undefined {
  const room = store.find(kind, name, switches.nameCase);
  return room?.archived === false ? room : undefined;
}

function isTaken({ store, switches }: World, kind: RoomKind, asked: string): boolean {
  const name = spelled(asked, switches.nameCase);
  const kinds = switches.nameScope === "shared" ? roomKinds : [kind];
  const named = kinds.flatMap((each) => store.named(each, name, switches.nameCase));
  return named.some(({ archived }) => !archived || switches.nameReuse === "reserved");
}

function freeName(world: World, kind: RoomKind): string {
  let name: string;
  do name = randomName();
  while (isTaken(world, kind, name));
  return name;
}
