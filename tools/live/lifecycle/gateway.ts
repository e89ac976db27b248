import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isObject } from "../account/answer";
import type { Gate } from "../account/gate";
import { type Body, requestOf } from "../account/requests";
import { NoReply } from "../account/wire";

/** What of Metered's headers the provider goes by. */
const passedOn = ["content-type", "date", "retry-after"];

/**
 * A server on this machine that passes the engine's requests on through the gate. So they keep its pace and touch no
 * room but the run's own; and the key of the account is in no file, for the engine has one that opens this door only.
 */
export class Gateway {
  /** Instead of the account's. */
  readonly key = randomBytes(24).toString("hex");
  private readonly server: Server;

  private constructor(private readonly gate: Gate) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async open(gate: Gate): Promise<Gateway> {
    const gateway = new Gateway(gate);
    await new Promise<void>((resolve) => gateway.server.listen(0, "127.0.0.1", resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    return closed;
  }

  private async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { pathname, searchParams } = new URL(message.url ?? "", this.url);
      const body = await bodyOf(message);
      const request = requestOf(message.method, pathname.replace(/^\/api\/v1/, ""), body);
      if (searchParams.get("secretKey") !== this.key) return refuse(response, "Invalid secret key");
      if (request === undefined) return refuse(response, "The check makes no such request");
      const { status, text, headers } = await this.gate.send(request);
      for (const name of passedOn) if (headers[name] !== undefined) response.setHeader(name, headers[name]);
      response.writeHead(status).end(text);
    } catch (error) {
      if (error instanceof NoReply) response.socket?.destroy();
      else refuse(response, error instanceof Error ? error.message : String(error));
    }
  }
}

/** Not with a status that the provider would try again after. */
function refuse(response: ServerResponse, message: string): void {
  response.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify({ success: false, message }));
}

async function bodyOf(message: IncomingMessage): Promise<Body> {
  let text = "";
  for await (const part of message.setEncoding("utf8")) text += part;
  const json: unknown = text === "" ? {} : JSON.parse(text);
  return isObject(json) ? json : {};
}
