import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Delivery, firstHalf } from "../faults/spoil";
import type { NewRequest } from "../requests";
import type { World } from "../world";
import type { Answer } from "./answer";
import { readBody } from "./bodies";
import { type Call, type Route, unreadable } from "./call";
import { invalidRequest, serverError } from "./errors";
import { respond } from "./respond";
import { routes } from "./routes";

/** The REST API, to be registered under `/api`. */
export function apiRoutes(world: World) {
  return async (api: FastifyInstance): Promise<void> => {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser("*", { parseAs: "string" }, ({ headers }, text, done) => {
      done(null, readBody(String(text), headers["content-type"], world.switches));
    });
    // What fastify itself refuses (a body too large) is answered in the API's words, too.
    api.setErrorHandler((error: FastifyError, _request, reply) =>
      send(reply, (error.statusCode ?? 500) < 500 ? invalidRequest : serverError(error), world),
    );
    for (const route of routes) {
      const { method, url } = route;
      api.route({ method, url, handler: (request, reply) => handle(world, route, request, reply) });
    }
    api.all("/*", (request, reply) => handle(world, undefined, request, reply));
  };
}

async function handle(
  world: World,
  route: Route | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const asked = readRequest(route, request);
  const entry = world.requests.add(asked);
  const { params, query, body } = request as {
    params: Record<string, string>;
    query: Record<string, unknown>;
    body: unknown;
  };
  const call: Call = { method: asked.method, path: asked.path, params, query, body, entry };
  try {
    deliver(await respond(world, route, call), { call, reply, world });
  } catch (error) {
    // Waiting ends this way when the server closes: the connection goes with it.
    if ((error as Error).name !== "AbortError") throw error;
    reply.hijack();
  }
}

/** What the log notes: names from the path, or else from the body. */
function readRequest(route: Route | undefined, { method, url, params, body, query }: FastifyRequest): NewRequest {
  const { name } = params as { name?: string };
  const sent = body === unreadable ? undefined : body;
  const { roomName } = (sent ?? {}) as { roomName?: unknown };
  return {
    method,
    path: url.split("?", 1)[0] ?? "",
    query: query as Record<string, unknown>,
    kind: route?.kind,
    operation: route?.operation ?? "unknown",
    roomName: name ?? (typeof roomName === "string" ? roomName : undefined),
    body: sent,
  };
}

interface Exchange {
  readonly call: Call;
  readonly reply: FastifyReply;
  readonly world: World;
}

function deliver({ answer, manner }: Delivery, { call: { entry }, reply, world }: Exchange): void {
  const text = textOf(answer);
  if (manner === "whole") {
    world.requests.finish(entry, answer.status, text);
    send(reply, answer, world, text);
    return;
  }
  world.requests.finish(entry);
  reply.hijack();
  const { raw } = reply;
  if (manner === "cut") raw.socket?.destroy();
  if (manner === "cut midway") {
    raw.writeHead(answer.status, { ...headersOf(answer, world), "content-length": Buffer.byteLength(text) });
    raw.write(firstHalf(text), () => raw.socket?.destroy());
  }
}

function send(reply: FastifyReply, answer: Answer, world: World, text = textOf(answer)): FastifyReply {
  return reply.code(answer.status).headers(headersOf(answer, world)).send(text);
}

function textOf({ text, json }: Answer): string {
  return text ?? JSON.stringify(json);
}

// The date is the server's own clock's, as `created` is.
function headersOf({ text, headers }: Answer, { clock }: World): Record<string, string> {
  const type = text === undefined ? "application/json; charset=utf-8" : "text/html; charset=utf-8";
  return { "content-type": type, date: new Date(clock.now()).toUTCString(), ...headers };
}
