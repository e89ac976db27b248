import type { FastifyInstance, FastifyReply } from "fastify";
import { controlPrefix, isLocal } from "../control/local";
import type { StoredRoom } from "../rooms/types";
import type { World } from "../world";
import { faultsPage } from "./faults";
import { formRoutes } from "./forms";
import { joinPage } from "./join";
import { problemPage } from "./layout";
import { pagesPrefix, paths } from "./paths";
import { requestsPage } from "./requests";
import { type Place, roomPage } from "./room";
import { roomsPage } from "./rooms";
import { script } from "./script";
import { sendEmbeddable, sendPage } from "./send";
import { icon, style } from "./style";
import { switchesPage } from "./switches";
import { tokensPage } from "./tokens";
import { credentialsPage, projectsPage } from "./turn";

interface ByName {
  readonly Params: { readonly name: string };
}
interface ById {
  readonly Params: { readonly id: string };
}

/** What a browser sees: the links that the API hands out open here, and the pages of the simulator itself. */
export function pageRoutes(world: World) {
  return async (pages: FastifyInstance): Promise<void> => {
    pages.addHook("onRequest", async () => world.expireRooms());
    linkRoutes(pages, world);
    pages.get(controlPrefix, (_request, reply) => reply.redirect(paths.switches));
    pages.register(ownPages(world), { prefix: pagesPrefix });
  };
}

function linkRoutes(pages: FastifyInstance, world: World): void {
  const { store } = world;
  pages.get("/", ({ url }, reply) => sendPage(reply, roomsPage(world, queryOf(url))));
  pages.get<ByName>("/:name", ({ params: { name }, url }, reply) => {
    const { nameCase } = world.switches;
    const meeting = store.find("meeting", name, nameCase);
    const token = queryOf(url).get("token");
    if (meeting && token !== null) return sendEmbeddable(reply, joinPage(meeting, token, world));
    return sendRoom(reply, world, meeting ?? store.find("live", name, nameCase));
  });
  pages.get<ById>("/recordings/:id/file", ({ params: { id } }, reply) => {
    const found = world.meetings.find(id);
    if (found === undefined) return reply.code(404).type("text/plain").send("There is no such recording.\n");
    return reply.type("video/webm").header("content-disposition", "attachment").send(Buffer.alloc(0));
  });
  for (const [path, place] of [
    ["/:id/player", "player"],
    ["/livestreaming-rooms/:id/app/:appId/broadcast", "broadcast"],
  ] as const) {
    pages.get<ById>(path, ({ params: { id } }, reply) => {
      const room = store.findById(id);
      sendRoom(reply, world, room?.kind === "live" ? room : undefined, place);
    });
  }
}

/** They show and change everything: a page of another site must not come near them. */
function ownPages(world: World) {
  return async (own: FastifyInstance): Promise<void> => {
    own.addHook("onRequest", async (request, reply) => {
      if (!isLocal(request, world.allowedHosts))
        return reply.code(403).type("text/plain").send("These pages are for this machine only.\n");
    });
    own.get("/style.css", (_request, reply) => reply.type("text/css; charset=utf-8").send(style));
    own.get("/script.js", (_request, reply) => reply.type("text/javascript; charset=utf-8").send(script));
    own.get("/tokens", (_request, reply) => sendPage(reply, tokensPage(world)));
    own.get("/credentials", (_request, reply) => sendPage(reply, credentialsPage(world)));
    own.get("/projects", (_request, reply) => sendPage(reply, projectsPage(world)));
    own.get("/icon.svg", (_request, reply) => reply.type("image/svg+xml").send(icon));
    own.get("/requests", ({ url }, reply) => sendPage(reply, requestsPage(world, queryOf(url))));
    own.get("/faults", (_request, reply) => sendPage(reply, faultsPage(world)));
    own.get("/switches", (_request, reply) => sendPage(reply, switchesPage(world)));
    own.get<ById>("/rooms/:id", ({ params: { id } }, reply) => sendRoom(reply, world, world.store.findById(id)));
    formRoutes(own, world);
  };
}

function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.split("?", 2)[1]);
}

function sendRoom(
  reply: FastifyReply,
  world: World,
  room: Readonly<StoredRoom> | undefined,
  place: Place = room?.kind === "live" ? "player" : "meeting",
): FastifyReply {
  if (room !== undefined) return sendPage(reply, roomPage(room, world, place));
  return sendPage(reply.code(404), problemPage(world, "No such room", "No room has this address."));
}
