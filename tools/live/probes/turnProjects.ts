import { describe } from "../account/answer";
import type { Body } from "../account/requests";
import type { Lab } from "./lab";
import { CannotAsk, type Probe } from "./probe";
import { entryOf, hasList, mustHavePlan, mustMakeCredentials, usernameIn } from "./turnCredentials";

const actions = { notify: "lower case", NOTIFY: "upper case", NOTIFY_ONLY: "upper case" } as const;

/** TURN projects: one, with a credential in it, and deleted again with it. */
export const turnProjectProbes: readonly Probe[] = [
  {
    title: "what a TURN project looks like, and what an update of it keeps",
    switches: ["turnQuotaAction", "projectApiKey", "turnAppList"],
    needs: "turn",
    run: async (lab) => {
      mustHavePlan(lab);
      const projectName = lab.nameOf("project");
      const { body, ...created } = await lab.turn.createProject({
        ...{ projectName, quotaInBytes: 1_048_576, quotaExceededAction: "notify" },
      });
      const id = body._id;
      if (typeof id !== "string") throw new CannotAsk(`no project can be created: ${describe({ ...created, body })}`);
      const spelled = Object.entries(actions).find(([action]) => action === body.quotaExceededAction)?.[1];
      if (spelled === undefined) lab.notes.odd("turnQuotaAction", "it is shown in another way, or not at all");
      else lab.notes.found("turnQuotaAction", spelled);
      try {
        await noteList(lab, id, body);
        await noteUpdates(lab, id, body);
        await noteCredentials(lab, id, body);
      } finally {
        lab.notes.fact("How the delete of a TURN project is answered", describe(await lab.turn.deleteProject(id)));
      }
      lab.notes.fact("How a second delete of it is answered", describe(await lab.turn.deleteProject(id)));
    },
  },
];

async function noteList({ turn, notes }: Lab, id: string, created: Body): Promise<void> {
  const { answer, own } = await turn.listProjects();
  const entry = own.find(({ _id }) => _id === id);
  if (entry === undefined) return notes.odd("projectApiKey", `the list does not show it: ${describe(answer)}`);
  if (entry.apiKey !== undefined) notes.found("projectApiKey", "always");
  else if (created.apiKey !== undefined) notes.found("projectApiKey", "on create");
  else notes.odd("projectApiKey", "no reply shows it");
  notes.fact("Fields of a new TURN project", Object.keys(created).sort().join(", "));
  notes.fact("Fields of a TURN project in the list", Object.keys(entry).sort().join(", "));
}

async function noteUpdates({ turn, notes, prefix }: Lab, id: string, created: Body): Promise<void> {
  const { body, ...updated } = await turn.updateProject(id, { notificationEmails: [] });
  const keeps = body.quotaInBytes === created.quotaInBytes ? "kept" : "not kept";
  notes.fact(
    "What an update of a TURN project does with what it omits",
    updated.status < 300 ? keeps : describe({ ...updated, body }),
  );
  const insecure = await turn.updateProject(id, { webhookUrl: "http://example.com" });
  notes.fact("How a webhookUrl without https is answered", describe(insecure));
  const low = await turn.updateProject(id, { quotaInBytes: 1 });
  notes.fact("How a quotaInBytes of 1 is answered", describe(low));
  const same = await turn.createProject({ projectName: `${prefix}project` });
  notes.fact("How a second project of the same name is answered", describe(same));
  if (typeof same.body._id === "string") await turn.deleteProject(same.body._id);
}

async function noteCredentials(lab: Lab, project: string, { apiKey }: Body): Promise<void> {
  const { turn, notes } = lab;
  mustMakeCredentials(lab);
  const created = await turn.createCredential({ label: lab.nameOf("project"), expiryInSeconds: 900 }, { project });
  const username = usernameIn(created);
  notes.fact("ICE servers for a project's credential", describe(await turn.iceServers(String(created.body.apiKey))));
  if (typeof apiKey === "string") {
    const listed = await turn.listCredentials({ project, key: { projectApiKey: apiKey } });
    notes.fact("How a list by the project's own key is answered", describe(listed));
  }
  if (!hasList(lab)) notes.untold("turnAppList", "the account's plan has no list of TURN credentials");
  else {
    const entry = await entryOf(lab, "project", username);
    notes.found("turnAppList", entry === undefined ? "app only" : "with projects");
  }
  const deleted = await turn.deleteCredential(username, { project });
  notes.fact("How the delete of a project's credential is answered", describe(deleted));
}
