import type { FastifyInstance } from "fastify";
import type { Fault } from "../faults/table";
import { Dashboard } from "../rooms/dashboard";
import type { RoomKind } from "../rooms/types";
import type { World } from "../world";
import {
  asBroadcasting,
  asClock,
  asId,
  asNewRecording,
  asNewRoom,
  asRoomName,
  asSettingChanges,
  asUsage,
} from "./bodies";
import { isLocal } from "./local";
import { ControlError, NotThereError, statusOf } from "./mistakes";

interface Named {
  readonly Params: { readonly kind: RoomKind; readonly name: string };
}
interface ById {
  readonly Params: { readonly id: string };
}

/** Everything that a test in another process can do to the server: JSON in, JSON out, no key. */
export function controlRoutes(world: World) {
  return async (control: FastifyInstance): Promise<void> => {
    // For whoever waits until the server is up, a container's health check included: it tells nothing.
    control.get("/health", () => ({ status: "ok" }));
    control.register(guardedRoutes(world));
  };
}

function guardedRoutes(world: World) {
  return async (control: FastifyInstance): Promise<void> => {
    readJson(control);
    control.addHook("onRequest", async (request, reply) => {
      if (!isLocal(request, world.allowedHosts)) {
        return reply.code(403).send({ error: "Control routes respond only to local programs." });
      }
    });
    control.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
      reply.code(statusOf(error)).send({ error: error.message }),
    );
    serverRoutes(control, world);
    faultRoutes(control, world);
    roomRoutes(control, world);
    meetingRoutes(control, world);
  };
}

function serverRoutes(control: FastifyInstance, { board, requests, clock }: World): void {
  control.get("/requests", () => requests.entries);
  control.delete("/requests", () => {
    requests.clear();
    return [];
  });
  control.get("/switches", () => board.current);
  control.put("/switches", ({ body }) => {
    board.set(body);
    return board.current;
  });
  control.get("/clock", () => ({ now: clock.now() }));
  control.put("/clock", ({ body }) => {
    clock.set(asClock(body));
    return { now: clock.now() };
  });
}

function faultRoutes(control: FastifyInstance, { faults }: World): void {
  control.get("/faults", () => faults.list);
  control.post("/faults", ({ body }) => faults.inject(body as Fault));
  control.delete("/faults", () => {
    faults.clear();
    return faults.list;
  });
  control.delete<ById>("/faults/:id", ({ params: { id } }) => {
    if (!faults.remove(asId(id))) throw new NotThereError(`There is no fault ${id}.`);
    return faults.list;
  });
}

function roomRoutes(control: FastifyInstance, world: World): void {
  const { store, clock } = world;
  const dashboard = new Dashboard(store, clock);
  control.addHook("onRequest", async () => world.expireRooms());
  control.get("/rooms", () => store.all);
  control.post("/rooms", async ({ body }) => {
    const { kind, roomName, settings } = asNewRoom(body);
    return saved(world, dashboard.add(kind, roomName, settings));
  });
  control.patch<Named>("/rooms/:kind/:name", ({ params: { kind, name }, body }) =>
    saved(world, dashboard.edit(kind, name, asSettingChanges(body))),
  );
  control.post<Named>("/rooms/:kind/:name/archive", ({ params: { kind, name } }) =>
    saved(world, dashboard.archive(kind, name)),
  );
  control.post<Named>("/rooms/:kind/:name/recreate", ({ params: { kind, name } }) =>
    saved(world, dashboard.recreate(kind, name)),
  );
  control.put<Named>("/rooms/live/:name/broadcasting", ({ params: { name }, body }) =>
    saved(world, dashboard.setBroadcasting(name, asBroadcasting(body))),
  );
}

function meetingRoutes(control: FastifyInstance, world: World): void {
  const { meetings, turn } = world;
  control.get("/recordings", () => meetings.recordings);
  control.post("/recordings", ({ body }) => {
    const { roomName, ...recording } = asNewRecording(body);
    return saved(world, meetings.record(roomName, recording));
  });
  control.get("/sessions", () => meetings.sessions);
  control.post("/sessions", ({ body }) => meetings.start(asRoomName(body)));
  control.delete("/sessions", ({ body }) => {
    meetings.end(asRoomName(body));
    return meetings.sessions;
  });
  control.get("/turn/credentials", () => turn.credentials);
  control.get("/turn/projects", () => turn.projects);
  control.get("/turn/usage", () => turn.usage);
  control.post("/turn/usage", ({ body }) => {
    const { username, bytes, date } = asUsage(body);
    return saved(world, turn.addUsage(username, bytes, date));
  });
}

async function saved<T>(world: World, result: T): Promise<T> {
  await world.saved();
  return result;
}

// Whatever type it is declared as: `curl -d` says that it sends a form.
function readJson(control: FastifyInstance): void {
  control.removeAllContentTypeParsers();
  control.addContentTypeParser("*", { parseAs: "string" }, (_request, text, done) => {
    try {
      done(null, text === "" ? undefined : JSON.parse(String(text)));
    } catch {
      done(new ControlError("The body is not JSON."));
    }
  });
}
