import type { FastifyRequest } from "fastify";

/** The one path that is not Metered's. */
export const controlPrefix = "/__simulator";

const loopbackHosts = ["127.0.0.1", "localhost", "[::1]"];

/** A page of some other site, another port of this machine included, must not reach in through a browser. */
export function isLocal({ hostname, host, headers: { origin } }: FastifyRequest, allowed: readonly string[]): boolean {
  return [...loopbackHosts, ...allowed].includes(hostname) && (origin === undefined || origin === `http://${host}`);
}
