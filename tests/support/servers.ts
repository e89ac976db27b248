import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import type { Certificate } from "./certificate";

/** One request as it reached a server. */
interface Seen {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a server does with a request that it has read to its end. */
export type Answer = (response: ServerResponse, seen: Seen) => void;

export interface TestServer {
  readonly origin: string;
  readonly port: number;
  /** All requests, in the order of their arrival. */
  readonly seen: readonly Seen[];
}

const closers: (() => Promise<void>)[] = [];

/** For `afterEach`: closes whatever was opened, with all its connections. */
export async function closeServers(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

/** An HTTP server (HTTPS with a certificate) that gives the answers in turn, and the last one from then on. */
export async function serve(
  answers: readonly Answer[],
  { certificate, port: wanted = 0 }: { certificate?: Certificate; port?: number } = {},
): Promise<TestServer> {
  const seen: Seen[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text) => {
      body += text;
    });
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://any");
      const { method = "", headers } = request;
      const entry = { method, path: url.pathname, query: url.searchParams, headers, body };
      const answer = answers[Math.min(seen.push(entry), answers.length) - 1];
      answer?.(response, entry);
    });
  };
  const server = certificate ? createSecureServer(certificate, listener) : createServer(listener);
  const port = await listen(server, wanted);
  return { origin: `${certificate ? "https" : "http"}://127.0.0.1:${port}`, port, seen };
}

/** A server that has only a connection to work with. Answers the port. */
export async function serveRaw(onConnection: (socket: Socket) => void): Promise<number> {
  const { createServer: createRawServer } = await import("node:net");
  return listen(createRawServer(onConnection));
}

async function listen(server: Server, port = 0): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    // A client that goes away is what many tests are about.
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  closers.push(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return (server.address() as AddressInfo).port;
}

/** A port at which nobody listens, for now. */
export async function closedPort(): Promise<number> {
  const port = await serveRaw(() => {});
  await closers.pop()?.();
  return port;
}

/** Passes everything that comes on, both ways, to another port of this machine. */
export function passOn(socket: Socket, port: number, reply: (data: Buffer) => Buffer = (data) => data): void {
  const other = connect(port, "127.0.0.1");
  socket.on("data", (data) => other.write(data)).on("close", () => other.destroy());
  other
    .on("data", (data) => socket.write(reply(data)))
    .on("error", () => {})
    .on("close", () => socket.destroy());
}

/** A forward proxy, and everything that its clients said to it in words that it can read. */
export interface TestProxy {
  readonly url: string;
  /** The first line of each request. */
  readonly asked: readonly string[];
  /** All bytes, those inside of tunnels too. */
  readonly heard: () => string;
}

/** @param refusal what it answers instead of opening a tunnel */
export async function serveProxy(refusal?: string): Promise<TestProxy> {
  const asked: string[] = [];
  let heard = "";
  const port = await serveRaw((socket) => {
    socket.on("data", (data) => {
      heard += data.toString("latin1");
    });
    socket.once("data", (data) => {
      const line = data.toString("latin1").split("\r\n", 1)[0] ?? "";
      asked.push(line);
      const target = /^CONNECT [^:]+:(\d+) /.exec(line)?.[1];
      if (refusal !== undefined || target === undefined) return socket.end(refusal ?? "HTTP/1.1 400 Bad\r\n\r\n");
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      passOn(socket, Number(target));
    });
  });
  return { url: `http://127.0.0.1:${port}`, asked, heard: () => heard };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return text(status, JSON.stringify(body), { "content-type": "application/json", ...headers });
}

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => void response.writeHead(status, headers).end(body);
}

export function html(status: number, words = "Something is in the way"): Answer {
  return text(status, `<!DOCTYPE html><html><body><h1>${words}</h1></body></html>`, { "content-type": "text/html" });
}

/** The room that was asked for, with the least that makes it one. */
export const room: Answer = (response, seen) => {
  const inPath = decodeURIComponent(seen.path.replace(/^.*?\/room(\/|$)/, ""));
  const roomName = inPath || (JSON.parse(seen.body) as { roomName: string }).roomName;
  json(200, { _id: "61005784c3c9104421af1534", roomName })(response, seen);
};

/** Closes the connection once the request has come in. */
export const cut: Answer = (response) => void response.socket?.destroy();

/** Begins a reply and closes the connection. */
export const cutMidway: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
  response.write('{"_id":', () => response.socket?.destroy());
};

/** Never replies. */
export const hang: Answer = () => {};
