import type { Answer } from "../answer";
import type { Guard } from "../call";
import { refuse, texts } from "./refusals";

interface KeyTexts {
  readonly absent: Answer;
  readonly wrong: Answer;
}

/** Each page words a wrong key in its own way; these are its words. */
const documented = {
  usual: { absent: refuse(400, "secretKey is required"), wrong: refuse(400, "invalid secretKey") },
  disable: { absent: refuse(400, "secretKey is required"), wrong: refuse(400, "Invalid request. App not found") },
  enable: { absent: refuse(400, "Please specify secret key"), wrong: refuse(401, "Invalid secret key") },
  // Its page says of a wrong key what it says of a wrong username.
  remove: { absent: refuse(400, texts.noSuchCredential), wrong: refuse(400, texts.noSuchCredential) },
  project: {
    absent: refuse(400, "invalid secretKey app not found"),
    wrong: refuse(400, "invalid secretKey app not found"),
  },
  usageByDate: { absent: refuse(400, "secretKey is required"), wrong: refuse(401, "Invalid secret key") },
} satisfies Record<string, KeyTexts>;

/** The `secretKey` in the query. */
export function byKey(page: keyof typeof documented): Guard {
  return ({ secretKey, switches }, { query }) => {
    if (query.secretKey === secretKey) return undefined;
    if (switches.turnKeyErrors === "authorization failed") return refuse(401, "authorization failed");
    if (switches.turnKeyErrors === "invalid secretkey") return refuse(400, "invalid secretkey");
    return query.secretKey === undefined ? documented[page].absent : documented[page].wrong;
  };
}

/** The `secretKey`, or the key of the project in the path. */
export const byProjectKey: Guard = (world, call) => {
  const { projectApiKey } = call.query;
  if (projectApiKey === undefined) return byKey("project")(world, call);
  const project = world.turn.projects.find(({ apiKey }) => apiKey === projectApiKey);
  return project?._id === call.params.projectId ? undefined : refuse(400, "invalid projectApiKey");
};

/** The project in the path. */
export const projectExists: Guard = ({ turn }, { params: { projectId = "" } }) => {
  if (!/^[0-9a-f]{24}$/i.test(projectId)) return refuse(400, "Invalid projectId");
  return turn.findProject(projectId) === undefined ? refuse(400, texts.noSuchProject) : undefined;
};

export const subscribed: Guard = ({ switches }) =>
  switches.turnPlan === "none" ? refuse(400, "Invalid request. Not subscribed to any turn server plan") : undefined;

export const notFree: Guard = ({ switches }) =>
  switches.turnPlan === "free" ? refuse(400, "api not available under free plan") : undefined;

/** Statistics state a limit: 4 requests a minute. */
export const fourAMinute: Guard = ({ statistics }, { path }) =>
  statistics.refuses(path) ? { ...refuse(429, "Too many requests"), headers: { "retry-after": "60" } } : undefined;
