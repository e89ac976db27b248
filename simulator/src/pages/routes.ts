import type { FastifyInstance, FastifyReply } from "fastify";
import { controlPrefix } from "../control/routes";
import type { StoredRoom } from "../rooms/types";
import type { World } from "../world";
import { noRoomPage, roomPage, roomsPage } from "./rooms";
import { switchesPage } from "./switches";

interface ByName {
  readonly Params: { readonly name: string };
}
interface ById {
  readonly Params: { readonly id: string };
}

/** What a browser sees: the links that the API hands out open here. */
export function pageRoutes(world: World) {
  return async (pages: FastifyInstance): Promise<void> => {
    pages.addHook("onRequest", async () => world.expireRooms());
    pages.get("/", (_request, reply) => send(reply, roomsPage(world)));
    pages.get(controlPrefix, (_request, reply) => send(reply, switchesPage(world)));
    pages.get<ByName>("/:name", ({ params: { name } }, reply) =>
      sendRoom(reply, world.store.find("meeting", name) ?? world.store.find("live", name), "People would meet here."),
    );
    pages.get<ById>("/:id/player", ({ params: { id } }, reply) =>
      sendRoom(reply, liveRoom(id), "People would watch the stream here."),
    );
    pages.get<ById>("/livestreaming-rooms/:id/app/:appId/broadcast", ({ params: { id } }, reply) =>
      sendRoom(reply, liveRoom(id), "A broadcast would be started here."),
    );
  };

  function liveRoom(id: string): Readonly<StoredRoom> | undefined {
    return world.store.all.find((room) => room.kind === "live" && room._id === id);
  }

  function sendRoom(reply: FastifyReply, room: Readonly<StoredRoom> | undefined, lead: string): FastifyReply {
    return room === undefined ? send(reply.code(404), noRoomPage()) : send(reply, roomPage(room, world, lead));
  }
}

// No script, no resource from anywhere: what a room holds cannot do anything.
function send(reply: FastifyReply, text: string): FastifyReply {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return reply.type("text/html; charset=utf-8").header("content-security-policy", policy).send(text);
}
