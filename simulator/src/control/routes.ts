import type { FastifyInstance } from "fastify";
import type { Fault } from "../faults/table";
import { Dashboard } from "../rooms/dashboard";
import type { RoomKind } from "../rooms/types";
import type { World } from "../world";
import { asBroadcasting, asClock, asNewRoom, asSettingChanges } from "./bodies";
import { isLocal } from "./local";
import { ControlError, statusOf } from "./mistakes";

interface Named {
  readonly Params: { readonly kind: RoomKind; readonly name: string };
}

/** Everything that a test in another process can do to the server: JSON in, JSON out, no key. */
export function controlRoutes(world: World) {
  return async (control: FastifyInstance): Promise<void> => {
    readJson(control);
    control.addHook("onRequest", async (request, reply) => {
      if (!isLocal(request)) return reply.code(403).send({ error: "The control routes answer local programs only." });
    });
    control.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
      reply.code(statusOf(error)).send({ error: error.message }),
    );
    serverRoutes(control, world);
    roomRoutes(control, world);
  };
}

function serverRoutes(control: FastifyInstance, { board, faults, requests, clock }: World): void {
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
  control.get("/faults", () => faults.list);
  control.post("/faults", ({ body }) => faults.inject(body as Fault));
  control.delete("/faults", () => {
    faults.clear();
    return faults.list;
  });
  control.get("/clock", () => ({ now: clock.now() }));
  control.put("/clock", ({ body }) => {
    clock.set(asClock(body));
    return { now: clock.now() };
  });
}

function roomRoutes(control: FastifyInstance, world: World): void {
  const { store, clock } = world;
  const dashboard = new Dashboard(store, clock);
  control.addHook("onRequest", async () => world.expireRooms());
  control.get("/rooms", () => store.all);
  control.post("/rooms", async ({ body }) => {
    const { kind, roomName, settings } = asNewRoom(body);
    return saved(dashboard.add(kind, roomName, settings));
  });
  control.patch<Named>("/rooms/:kind/:name", ({ params: { kind, name }, body }) =>
    saved(dashboard.edit(kind, name, asSettingChanges(body))),
  );
  control.post<Named>("/rooms/:kind/:name/archive", ({ params: { kind, name } }) =>
    saved(dashboard.archive(kind, name)),
  );
  control.post<Named>("/rooms/:kind/:name/recreate", ({ params: { kind, name } }) =>
    saved(dashboard.recreate(kind, name)),
  );
  control.put<Named>("/rooms/live/:name/broadcasting", ({ params: { name }, body }) =>
    saved(dashboard.setBroadcasting(name, asBroadcasting(body))),
  );

  async function saved<T>(room: T): Promise<T> {
    await store.saved();
    return room;
  }
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
