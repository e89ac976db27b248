import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Delivery, firstHalf } from "../faults/spoil";
import type { Operation } from "../requests";
import type { RoomKind } from "../rooms/types";
import type { World } from "../world";
import type { Answer } from "./answer";
import { type Call, unreadable } from "./call";
import { invalidRequest, serverError } from "./errors";
import { respond } from "./respond";

interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly kind: RoomKind;
  readonly operation: Operation;
}

const live = "/realtimelivestreaming/room";

const routes: readonly Route[] = [
  { method: "POST", url: "/room", kind: "meeting", operation: "create" },
  { method: "GET", url: "/room/:name", kind: "meeting", operation: "get" },
  { method: "GET", url: "/rooms", kind: "meeting", operation: "list" },
  { method: "PUT", url: "/room/:name", kind: "meeting", operation: "update" },
  { method: "DELETE", url: "/room/:name", kind: "meeting", operation: "delete" },
  { method: "POST", url: live, kind: "live", operation: "create" },
  { method: "GET", url: `${live}/:name`, kind: "live", operation: "get" },
  { method: "PUT", url: `${live}/:name`, kind: "live", operation: "update" },
  { method: "DELETE", url: `${live}/:name`, kind: "live", operation: "delete" },
];

/** The REST API, to be registered under `/api`. */
export function apiRoutes(world: World) {
  return async (api: FastifyInstance): Promise<void> => {
    readJson(api);
    // What fastify itself refuses (a body too large) is answered in the API's words, too.
    api.setErrorHandler((error: FastifyError, _request, reply) =>
      send(reply, (error.statusCode ?? 500) < 500 ? invalidRequest : serverError(error), world),
    );
    for (const { method, url, kind, operation } of routes) {
      api.route({
        method,
        url: `/v1${url}`,
        handler: (request, reply) => handle(world, { kind, operation }, request, reply),
      });
    }
    api.all("/*", (request, reply) => handle(world, { kind: "meeting", operation: "unknown" }, request, reply));
  };
}

/** JSON is read whatever the type says; an empty body is no body. */
function readJson(api: FastifyInstance): void {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser("*", { parseAs: "string" }, (_request, text, done) => {
    done(null, parse(String(text)));
  });
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

async function handle(
  world: World,
  route: Pick<Route, "kind" | "operation">,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const call = readCall(world, route, request);
  try {
    await deliver(await respond(world, call), call, reply, world);
  } catch (error) {
    // Waiting ends this way when the server closes: the connection goes with it.
    if ((error as Error).name !== "AbortError") throw error;
    reply.hijack();
  }
}

function readCall(world: World, route: Pick<Route, "kind" | "operation">, request: FastifyRequest): Call {
  const { method, body, url } = request;
  const path = url.split("?", 1)[0] ?? "";
  const { name = "" } = request.params as { name?: string };
  const { secretKey: key } = request.query as { secretKey?: unknown };
  const sent = body === unreadable ? undefined : body;
  const { roomName = undefined } = (sent ?? {}) as { roomName?: unknown };
  const inBody = typeof roomName === "string" ? roomName : undefined;
  const known = route.operation !== "unknown";
  const entry = world.requests.add({
    method,
    path,
    kind: known ? route.kind : undefined,
    operation: route.operation,
    roomName: name === "" ? inBody : name,
    body: sent,
  });
  return { method, path, ...route, name, key, body, entry };
}

async function deliver({ answer, manner }: Delivery, { entry }: Call, reply: FastifyReply, world: World) {
  if (manner === "whole") {
    entry.status = answer.status;
    return send(reply, answer, world);
  }
  reply.hijack();
  const { raw } = reply;
  if (manner === "cut") raw.socket?.destroy();
  if (manner === "cut midway") {
    const text = textOf(answer);
    raw.writeHead(answer.status, { ...headersOf(answer, world), "content-length": Buffer.byteLength(text) });
    raw.write(firstHalf(text), () => raw.socket?.destroy());
  }
}

function send(reply: FastifyReply, answer: Answer, world: World): FastifyReply {
  return reply.code(answer.status).headers(headersOf(answer, world)).send(textOf(answer));
}

function textOf({ text, json }: Answer): string {
  return text ?? JSON.stringify(json);
}

// The date is the server's own clock's, as `created` is.
function headersOf({ text, headers }: Answer, { clock }: World): Record<string, string> {
  const type = text === undefined ? "application/json; charset=utf-8" : "text/html; charset=utf-8";
  return { "content-type": type, date: new Date(clock.now()).toUTCString(), ...headers };
}
