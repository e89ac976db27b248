import { globalAgent } from "node:https";
import type { Certificate } from "./certificate";

const PROXY_VARIABLES = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/** What of this process a test changes for the connections that it makes. */
export class ConnectionEnvironment {
  private readonly variables = PROXY_VARIABLES.map((name) => [name, process.env[name]] as const);
  private readonly trusted = globalAgent.options.ca;

  /** No proxy at first, whatever this machine is set to. */
  constructor() {
    for (const name of PROXY_VARIABLES) delete process.env[name];
  }

  trust({ cert }: Certificate): void {
    globalAgent.options.ca = cert;
  }

  /** @param url may carry a login */
  useProxy(url: string, variables: readonly string[] = ["HTTPS_PROXY"]): void {
    for (const name of variables) process.env[name] = url;
  }

  restore(): void {
    globalAgent.options.ca = this.trusted;
    for (const [name, value] of this.variables) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
