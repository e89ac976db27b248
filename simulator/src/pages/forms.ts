import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Answer } from "../api/answer";
import { createRoom } from "../api/rooms/operations";
import { asId } from "../control/bodies";
import { ControlError, statusOf } from "../control/mistakes";
import { parseFault } from "../faults/parse";
import { Dashboard, NoSuchRoomError } from "../rooms/dashboard";
import type { RoomKind, StoredRoom } from "../rooms/types";
import type { World } from "../world";
import { faultFrom } from "./faults";
import { problemPage, type Section } from "./layout";
import { broadcastPathOf, pagesPrefix, pathOf, paths } from "./paths";
import { holdsName } from "./room";
import { sendPage } from "./send";
import { changesFrom } from "./settings";
import { profilesOf } from "./switches";

/** Carries a form out; returns where the browser goes next. */
type Action = (form: URLSearchParams, id: string) => string | Promise<string>;

/** What the pages' forms do. */
export function formRoutes(pages: FastifyInstance, world: World): void {
  readForms(pages);
  pages.setErrorHandler((error: Error & { statusCode?: number }, { url }, reply) =>
    sendPage(reply.code(statusOf(error)), problemPage(world, "That did not work", error.message, sectionOf(url))),
  );
  const actions = { ...serverActions(world), ...roomActions(world) };
  for (const [path, act] of Object.entries(actions)) {
    pages.post<{ Params: { readonly id?: string } }>(path, async (request, reply: FastifyReply) => {
      const next = await act(formOf(request), request.params.id ?? "");
      await world.saved();
      return reply.redirect(next, 303);
    });
  }
}

function sectionOf(url: string): Section {
  if (url.startsWith(paths.faults)) return "faults";
  return url.startsWith(paths.requests) ? "requests" : url.startsWith(`${pagesPrefix}/rooms`) ? "rooms" : "switches";
}

function serverActions({ board, faults, requests }: World): Record<string, Action> {
  return {
    "/switches": (form) => {
      board.set(Object.fromEntries(form));
      return `${paths.switches}#${[...form.keys()][0] ?? ""}`;
    },
    "/profile": (form) => {
      const profile = profilesOf(board).find(({ name }) => name === form.get("profile"));
      if (profile === undefined) throw new ControlError("There is no such profile.");
      board.turnTo(profile);
      return paths.switches;
    },
    "/faults": (form) => {
      faults.inject(parseFault(faultFrom(form)));
      return paths.faults;
    },
    "/faults/preset": (form) => {
      faults.inject(parseFault(faultFrom(form)));
      return paths.faults;
    },
    "/faults/remove": (form) => {
      if (!faults.remove(asId(form.get("id") ?? ""))) throw new ControlError("This fault has been removed already.");
      return paths.faults;
    },
    "/faults/clear": () => {
      faults.clear();
      return paths.faults;
    },
    "/requests/clear": () => {
      requests.clear();
      return paths.requests;
    },
  };
}

function roomActions(world: World): Record<string, Action> {
  const dashboard = new Dashboard(world.store, world.clock);
  const onAir = (broadcasting: boolean) => (_form: URLSearchParams, id: string) => {
    const room = named(world, id);
    if (room.kind !== "live") throw new ControlError("Only a live room can broadcast.");
    dashboard.setBroadcasting(room.roomName, broadcasting);
    return broadcastPathOf(room, world.appId);
  };
  return {
    "/rooms": (form) => pathOf(create(world, form)),
    "/rooms/:id/archive": (_form, id) => {
      const { kind, roomName } = named(world, id);
      return pathOf(dashboard.archive(kind, roomName));
    },
    "/rooms/:id/recreate": (_form, id) => {
      const { kind, roomName } = named(world, id);
      return pathOf(dashboard.recreate(kind, roomName));
    },
    "/rooms/:id/settings": (form, id) => {
      const room = named(world, id);
      return pathOf(dashboard.edit(room.kind, room.roomName, changesFrom(form, room)));
    },
    "/rooms/:id/on-air": onAir(true),
    "/rooms/:id/off-air": onAir(false),
  };
}

function named(world: World, id: string): Readonly<StoredRoom> {
  const room = world.store.findById(id);
  if (room === undefined) throw new NoSuchRoomError("There is no such room.");
  if (!holdsName(room, world)) throw new ControlError("Another room has this name now.");
  return room;
}

// By the API's own rules, so that a taken or unusable name is refused as the switches say.
function create(world: World, form: URLSearchParams): Readonly<StoredRoom> {
  const kind: RoomKind = form.get("kind") === "live" ? "live" : "meeting";
  const roomName = form.get("roomName") ?? "";
  const privacy = kind === "meeting" ? { privacy: form.get("privacy") ?? "public" } : {};
  const answer = createRoom(world, kind, { ...(roomName === "" ? {} : { roomName }), ...privacy });
  const room = world.store.all.at(-1);
  if (answer.status !== 200 || room === undefined) throw new ControlError(`The room was rejected: ${wordsOf(answer)}`);
  return room;
}

function wordsOf({ json }: Answer): string {
  const { message, error } = json as { message?: string; error?: { details: { message: string }[] } };
  return error?.details.map((detail) => detail.message).join("; ") ?? message ?? "";
}

function readForms(pages: FastifyInstance): void {
  pages.removeAllContentTypeParsers();
  pages.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, text, done) => {
    done(null, new URLSearchParams(String(text)));
  });
}

function formOf({ body }: FastifyRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}
