import type { Simulator } from "metered-simulator";
import { type Json, type Reply, send } from "./calls";

/** Calls of the TURN routes, which have two versions and three kinds of keys. */
export class TurnCalls {
  constructor(private readonly sim: Pick<Simulator, "url" | "secretKey">) {}

  /** Without a query of its own, the secretKey is the query. */
  send(method: string, path: string, body?: unknown, query: Record<string, string> = this.key()): Promise<Reply> {
    return send(method, `${this.sim.url}/api${path}?${new URLSearchParams(query)}`, body);
  }

  /** The secretKey, and what else is asked for. */
  key(more: Record<string, string> = {}): Record<string, string> {
    return { secretKey: this.sim.secretKey, ...more };
  }

  async create(body?: object, project?: string): Promise<Json> {
    const path = project === undefined ? "/v1/turn/credential" : `/v2/turn/project/${project}/credential`;
    return (await this.send("POST", path, body)).json;
  }

  async list(more: Record<string, string> = {}, project?: string): Promise<Json[]> {
    const path = project === undefined ? "/v2/turn/credentials" : `/v2/turn/project/${project}/credentials`;
    return (await this.send("GET", path, undefined, this.key(more))).json.data as Json[];
  }

  async project(body: object): Promise<Json> {
    return (await this.send("POST", "/v2/turn/project", body)).json;
  }
}
