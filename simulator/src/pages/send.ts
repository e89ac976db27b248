import type { FastifyReply } from "fastify";

// One script, nothing from elsewhere, forms to this server only: what a room holds cannot do anything.
const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};

export function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.headers(headers).type("text/html; charset=utf-8").send(text);
}
