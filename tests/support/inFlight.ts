import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** How many requests a server of this process is busy with at the same time, by its own account. */
export class InFlight {
  now = 0;
  most = 0;
  /** How many have come in all. */
  total = 0;
  private readonly port: number;

  constructor(url: string) {
    this.port = Number(new URL(url).port);
    subscribe("http.server.request.start", this.onRequest);
  }

  close(): void {
    unsubscribe("http.server.request.start", this.onRequest);
  }

  private readonly onRequest = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort !== this.port) return;
    this.total++;
    this.most = Math.max(this.most, ++this.now);
    response.once("close", () => this.now--);
  };
}
