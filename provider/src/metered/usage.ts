import type { Caller, Options } from "./caller";
import { type About, isObject, type Json, unexpected } from "./judge";
import { everyPage } from "./pages";

/** What one user of the app has relayed in the current billing period. */
export interface UserUsage {
  /** The username of the credential. */
  readonly username: string;
  /** The credential's name in Metered's dashboard. */
  readonly label?: string;
  /** What it relayed, in GB. */
  readonly usageInGB: number;
}

/** What was relayed in the current billing period. Metered counts an app in GB, a project in bytes. */
export interface UsageApi {
  /** `quotaInGB`, `usageInGB`, `overageInGB`. */
  app(): Promise<Json>;
  /** One entry for each credential that relayed anything, all pages. */
  byUser(): Promise<UserUsage[]>;
  /** `quotaInBytes`, `usageInBytes`, `overageInBytes`. */
  project(projectId: string): Promise<Json>;
  /** Of one credential: `usageInGB`, or `usageInBytes` in a project. */
  user(username: string, projectId?: string): Promise<Json>;
}

/** The endpoints for usage. The options are those of every single call. */
export function usageApi(caller: Caller, options: Options): UsageApi {
  const app = caller.account.appName;
  const about = (projectId?: string): About => ({
    call: {
      ...{ action: "look up", app, what: "the TURN usage" },
      ...(projectId === undefined
        ? {}
        : { subject: { label: "TURN project", name: projectId, resource: "TurnProject" } }),
    },
    secrets: [],
    missing: /\bproject\b.*\b(not found|not exist)/i,
  });
  const ask = (of: About, path: string, query = {}) => caller.ask(of, { method: "GET", path, query }, options);
  const object = async (of: About, path: string, query = {}) => {
    const { body } = await ask(of, path, query);
    if (!isObject(body)) throw unexpected(of.call, "isn't about usage");
    return body;
  };
  const project = (id: string) => `/v2/turn/project/${encodeURIComponent(id)}`;
  return {
    app: () => object(about(), "/v1/turn/current_usage"),
    byUser: async () => {
      const of = about();
      const entries = await everyPage(of, (page) => ask(of, "/v2/turn/current_usage_by_user", { page }));
      return entries.map((entry) => userIn(of, entry));
    },
    project: (id) => object(about(id), `${project(id)}/current_usage`),
    user: (username, id) => {
      const base = id === undefined ? "/v1/turn" : project(id);
      return object(about(id), `${base}/current_usage_for_user`, { username });
    },
  };
}

function userIn({ call }: About, entry: unknown): UserUsage {
  const { username, label, usageInGB } = isObject(entry) ? entry : {};
  if (typeof username !== "string" || typeof usageInGB !== "number") throw unexpected(call, "isn't about usage");
  return { username, usageInGB, ...(typeof label === "string" ? { label } : {}) };
}
