/** The lookups of what isn't a room: from the arguments of a program to the result that it gets. */
import { MeteredError } from "../errors";
import type { Options } from "../metered/caller";
import type { MeteredClient } from "../metered/client";
import { isSensitive } from "../schema/kinds";
import { isWhole } from "../turn/api";
import { turnProject } from "../turn/project";
import { shownIn } from "../turn/projectSettings";
import type { Lookups, Standpoint } from "./lookups";
import { type Bag, stringIn } from "./state";

/** One kind of lookup. */
export interface ObjectLookup {
  /** The function's name in a program. */
  readonly name: string;
  /** The arguments without which it can't be asked. */
  readonly required: readonly string[];
  /** Parts of the result that are secrets. */
  readonly secrets: readonly string[];
  ask(client: MeteredClient, args: Bag, options?: Options): Promise<Bag>;
}

const getIceServers: ObjectLookup = {
  name: "getIceServers",
  required: ["apiKey"],
  secrets: ["iceServers"],
  async ask(client, args, options) {
    const iceServers = await client
      .turn(options)
      .iceServers(undefined, stringIn(args, "apiKey") ?? "", stringIn(args, "region"));
    if (iceServers) return { iceServers };
    const call = { action: "look up", app: client.appName, what: "the ICE servers" } as const;
    throw new MeteredError({
      cause: "RequestRefused",
      said: "Invalid API Key",
      isBare: false,
      about: "apiKey",
      ...call,
    });
  },
};

const getTurnCredentials: ObjectLookup = {
  name: "getTurnCredentials",
  required: [],
  secrets: ["credentials"],
  async ask(client, args, options) {
    const [projectId, label] = [stringIn(args, "projectId"), stringIn(args, "label")];
    const all = args.includeExpired === true;
    const found = await client.turn(options).credentials(undefined, { projectId, label, all });
    // One without its password or its key is of no use to anyone.
    const whole = found.filter(isWhole);
    if (found.length > 0 && whole.length === 0) {
      const problem = "lists no credential with its password and its apiKey";
      const call = { action: "list", what: "the TURN credentials", app: client.appName } as const;
      throw new MeteredError({ cause: "UnexpectedResponse", problem, mayHaveHappened: false, ...call });
    }
    const credentials = whole.map(({ username, password, apiKey, label: name, expiryInSeconds, isExpired }) => ({
      ...{ username, password, apiKey, expired: isExpired },
      ...(name === undefined ? {} : { label: name }),
      ...(expiryInSeconds === undefined ? {} : { expiryInSeconds }),
    }));
    return { appName: client.appName, credentials };
  },
};

const getTurnProjects: ObjectLookup = {
  name: "getTurnProjects",
  required: [],
  secrets: [],
  async ask(client, _args, options) {
    const projects = (await client.turn(options).projects()).map((project) => {
      const shown = Object.entries(shownIn(turnProject, project)).filter(([name, value]) => {
        const field = turnProject.fields[name];
        return value !== null && field !== undefined && !isSensitive(field);
      });
      const { created } = project.body;
      return {
        ...Object.fromEntries(shown),
        id: project.projectId,
        ...(typeof created === "string" ? { created } : {}),
      };
    });
    return { appName: client.appName, projects };
  },
};

const USAGE = ["quotaInGB", "usageInGB", "overageInGB", "quotaInBytes", "usageInBytes", "overageInBytes"];

const getTurnUsage: ObjectLookup = {
  name: "getTurnUsage",
  required: [],
  secrets: [],
  async ask(client, args, options) {
    const usage = client.turnUsage(options);
    const [projectId, username] = [stringIn(args, "projectId"), stringIn(args, "username")];
    const isOfApp = projectId === undefined && username === undefined;
    const total =
      username !== undefined
        ? await usage.user(username, projectId)
        : await (projectId === undefined ? usage.app() : usage.project(projectId));
    const users = isOfApp && args.byUser === true ? { users: await usage.byUser() } : {};
    const numbers = USAGE.filter((name) => typeof total[name] === "number").map((name) => [name, total[name]] as const);
    return { appName: client.appName, ...Object.fromEntries(numbers), ...users };
  },
};

const validateAccessToken: ObjectLookup = {
  name: "validateAccessToken",
  required: ["token"],
  secrets: [],
  ask: async (client, args, options) => ({
    valid: await client.tokens(options).isValid(stringIn(args, "token") ?? ""),
  }),
};

export const OBJECT_LOOKUPS: readonly ObjectLookup[] = [
  getIceServers,
  getTurnCredentials,
  getTurnProjects,
  getTurnUsage,
  validateAccessToken,
];

/** @throws MeteredError, and Error where an argument is missing */
export function lookUpObjects(lookups: Lookups, lookup: ObjectLookup, args: Bag, from: Standpoint): Promise<Bag> {
  const missing = lookup.required.find((name) => stringIn(args, name) === undefined);
  if (missing !== undefined) throw new Error(`${lookup.name} needs ${missing}, as a string`);
  return lookups.ask([lookup.name, args], from, (client) => lookup.ask(client, args, from.options));
}
