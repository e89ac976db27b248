import type { FastifyReply } from "fastify";

// One script, nothing from elsewhere, forms to this server only: what a room holds cannot do anything.
const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";
const headers = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};

export function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return send(reply, `${policy}; frame-ancestors 'none'`, text);
}

/** A page that changes nothing, so that any other may embed it. */
export function sendEmbeddable(reply: FastifyReply, text: string): FastifyReply {
  return send(reply, policy, text);
}

function send(reply: FastifyReply, contentPolicy: string, text: string): FastifyReply {
  const all = { ...headers, "content-security-policy": contentPolicy };
  return reply.headers(all).type("text/html; charset=utf-8").send(text);
}
