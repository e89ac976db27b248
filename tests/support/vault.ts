import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let url: Promise<string> | undefined;

/**
 * A key server that speaks as much of HashiCorp Vault as Pulumi asks of one, once per process. With a passphrase
 * instead, every run of the CLI spends most of its time on deriving a key from it.
 */
export function vault(): Promise<string> {
  url ??= new Promise((resolve) => {
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const part of request.setEncoding("utf8")) body += part;
      const { plaintext, ciphertext } = JSON.parse(body) as { plaintext?: string; ciphertext?: string };
      const data = ciphertext
        ? { plaintext: ciphertext.replace("vault:v1:", "") }
        : { ciphertext: `vault:v1:${plaintext}` };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data }));
    });
    // One that Pulumi holds open must not be closed just when it is asked again.
    server.keepAliveTimeout = 0;
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).unref();
  });
  return url;
}
