import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { htmlNotFound } from "./api/answer";
import { apiRoutes } from "./api/http";
import { controlPrefix } from "./control/local";
import { controlRoutes } from "./control/routes";
import { pageRoutes } from "./pages/routes";
import type { World } from "./world";

/** The HTTP server of a world, not yet listening. It logs nothing: its URLs carry the key. */
export function createServer(world: World): FastifyInstance {
  const server = Fastify({
    logger: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    // A URL that cannot be decoded. Fastify's own words would repeat it, key included.
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      reply.code(400).send({ success: false, message: "Invalid request" });
    },
  });
  server.setNotFoundHandler((request, reply) => {
    const { status, text } = htmlNotFound(request.method, request.url.split("?", 1)[0] ?? "");
    return reply.code(status).type("text/html; charset=utf-8").send(text);
  });
  server.register(apiRoutes(world), { prefix: "/api" });
  server.register(controlRoutes(world), { prefix: controlPrefix });
  server.register(pageRoutes(world));
  return server;
}
