import { type Answer, describe } from "../account/answer";
import type { Body } from "../account/requests";
import type { Lab } from "./lab";
import { CannotAsk, type Probe } from "./probe";

/** How long the credentials of this check are valid, in seconds, should none be deleted. */
const VALID_S = 900;
/** How far a list may lag behind a change, in milliseconds. */
const LAG_MS = 2_000;

/** TURN credentials of the app. No traffic goes through them. */
export const turnCredentialProbes: readonly Probe[] = [
  {
    title: "whether the account has TURN, and how a wrong key is answered there",
    switches: ["turnPlan", "turnKeyErrors"],
    needs: "turn",
    run: async (lab) => {
      const { turn, notes } = lab;
      await noteKeyErrors(lab);
      const answer = await turn.listCredentials({ label: lab.nameOf("turn") });
      if (answer.status === 200) notes.found("turnPlan", "subscribed");
      else if (/not subscribed/i.test(answer.message)) notes.found("turnPlan", "none");
      else if (/free plan/i.test(answer.message)) notes.found("turnPlan", "free");
      else notes.odd("turnPlan", describe(answer));
    },
  },
  {
    title: "whether a TURN credential that is created can be deleted again",
    switches: ["turnLimit", "turnCreateReply"],
    needs: "turn",
    run: async (lab) => {
      const { turn, notes } = lab;
      mustHavePlan(lab);
      const created = await create(lab, "turn");
      if (created.status === 403 && /limit/i.test(created.message)) {
        notes.found("turnLimit", "reached");
        throw new CannotAsk("the account has as many TURN credentials as it can");
      }
      const username = usernameIn(created);
      notes.found("turnLimit", "none");
      noteCreateReply(lab, created);
      const deleted = await turn.deleteCredential(username);
      if (deleted.status > 299) throw new CannotAsk(`the delete fails: ${describe(deleted)}`);
      notes.fact("How the delete of a TURN credential is answered", describe(deleted));
      notes.fact("How a second delete of it is answered", describe(await turn.deleteCredential(username)));
      lab.mayMakeCredentials = true;
    },
  },
  {
    title: "what disabling a TURN credential does",
    switches: ["turnDisabledInList"],
    needs: "turn",
    run: async (lab) => {
      const { turn, notes } = lab;
      const created = await make(lab, "turn");
      const username = usernameIn(created);
      const disabled = await turn.turnOnOrOff("disable", username);
      notes.fact("How the disabling of a TURN credential is answered", describe(disabled));
      if (disabled.status > 299) throw new CannotAsk(`it cannot be disabled: ${describe(disabled)}`);
      notes.fact("How disabling it again is answered", describe(await turn.turnOnOrOff("disable", username)));
      await noteIceServers(lab, "ICE servers for a disabled credential", created);
      if (hasList(lab)) {
        const entry = await entryOf(lab, "turn", username);
        notes.found("turnDisabledInList", entry === undefined ? "hidden" : "listed");
        if (entry !== undefined) notes.fact("Fields of a disabled credential in the list", namesOf(entry));
      } else notes.untold("turnDisabledInList", noList);
      notes.fact("How enabling it is answered", describe(await turn.turnOnOrOff("enable", username)));
      notes.fact("How enabling it again is answered", describe(await turn.turnOnOrOff("enable", username)));
      await noteIceServers(lab, "ICE servers for an enabled credential", created);
      await turn.deleteCredential(username);
      await noteIceServers(lab, "ICE servers for a deleted credential", created);
      notes.fact(
        "How disabling a missing credential is answered",
        describe(await turn.turnOnOrOff("disable", username)),
      );
    },
  },
  {
    title: "what the list shows of a TURN credential, and when it has expired",
    switches: [],
    needs: "turn",
    run: async (lab) => {
      const { turn, notes } = lab;
      if (!hasList(lab)) throw new CannotAsk(noList);
      const created = await make(lab, "turn", { expiryInSeconds: 2 });
      const username = usernameIn(created);
      const entry = await entryOf(lab, "turn", username);
      notes.fact("Fields of a TURN credential in the list", entry === undefined ? "not in the list" : namesOf(entry));
      await lab.gate.pause(4_000);
      const isListed = async (all: boolean) => (await entryOf(lab, "turn", username, all)) !== undefined;
      notes.fact("Whether the list shows an expired credential", (await isListed(false)) ? "yes" : "no");
      notes.fact("Whether the list with all shows an expired credential", (await isListed(true)) ? "yes" : "no");
      await noteIceServers(lab, "ICE servers for an expired credential", created);
      notes.fact(
        "How enabling an expired credential is answered",
        describe(await turn.turnOnOrOff("enable", username)),
      );
      notes.fact(
        "How the delete of an expired credential is answered",
        describe(await turn.deleteCredential(username)),
      );
    },
  },
  {
    title: "which labels and durations a TURN credential may have, and what a delete by label does",
    switches: [],
    needs: "turn",
    run: async (lab) => {
      const { turn, notes } = lab;
      const label = lab.nameOf("by-label");
      const usernames = [usernameIn(await make(lab, "by-label")), usernameIn(await make(lab, "by-label"))];
      notes.fact("Whether two TURN credentials may have one label", "yes");
      const long = await turn.createCredential({ label: lab.nameOf("x".repeat(100)), expiryInSeconds: VALID_S });
      notes.fact("How a label of more than 100 characters is answered", describe(long));
      const zero = await make(lab, "zero", { expiryInSeconds: 0 }, "any");
      notes.fact("How expiryInSeconds 0 is answered", describe(zero));
      const deleted = await turn.deleteByLabel(label);
      const count = Number.isSafeInteger(deleted.body.deleted) ? `${String(deleted.body.deleted)} of 2 deleted` : "";
      notes.fact("What a delete by label does", count || describe(deleted));
      for (const username of usernames) await turn.deleteCredential(username);
    },
  },
  {
    title: "which regions the ICE servers have",
    switches: [],
    needs: "turn",
    run: async (lab) => {
      const { turn, notes } = lab;
      const created = await make(lab, "turn");
      const servers = await noteIceServers(lab, "ICE servers", created);
      if (Array.isArray(servers.json)) notes.fact("How many ICE servers there are", String(servers.json.length));
      const elsewhere = await turn.iceServers(String(created.body.apiKey), "nowhere");
      notes.fact("ICE servers of a region that does not exist", describe(elsewhere));
      notes.fact("ICE servers for no apiKey", describe(await turn.iceServers(undefined)));
      notes.fact("ICE servers for a wrong apiKey", describe(await turn.iceServers("0".repeat(36))));
      await turn.deleteCredential(usernameIn(created));
    },
  },
];

const noList = "the account's plan has no list of TURN credentials";

export function hasList({ notes }: Lab): boolean {
  return notes.value("turnPlan") === "subscribed";
}

/** @throws CannotAsk where the account has no TURN */
export function mustHavePlan({ notes }: Lab): void {
  if (notes.value("turnPlan") === "none") throw new CannotAsk("the account has no TURN plan");
}

/** @throws CannotAsk where the first one could not be created or deleted */
export function mustMakeCredentials(lab: Lab): void {
  mustHavePlan(lab);
  if (!lab.mayMakeCredentials) throw new CannotAsk("no TURN credential could be created and deleted again");
}

/** Creates a credential of this run. @throws CannotAsk where the first one could not be created or deleted */
async function make(lab: Lab, stem: string, body: Body = {}, outcome?: "any"): Promise<Answer> {
  mustMakeCredentials(lab);
  const created = await create(lab, stem, body);
  if (outcome === undefined) usernameIn(created);
  return created;
}

function create(lab: Lab, stem: string, body: Body = {}): Promise<Answer> {
  return lab.turn.createCredential({ label: lab.nameOf(stem), expiryInSeconds: VALID_S, ...body });
}

export function usernameIn(created: Answer): string {
  const { username } = created.body;
  if (created.status > 299 || typeof username !== "string") {
    throw new CannotAsk(`no TURN credential can be created: ${describe(created)}`);
  }
  return username;
}

/** The list's entry of a credential, a little later if it is not there at once. */
export async function entryOf(lab: Lab, stem: string, username: string, all = false): Promise<Body | undefined> {
  const look = async () => {
    const answer = await lab.turn.listCredentials({ label: lab.nameOf(stem), all });
    return lab.turn.own(answer).find((entry) => entry.username === username);
  };
  const found = await look();
  if (found !== undefined) return found;
  await lab.gate.pause(LAG_MS);
  return look();
}

async function noteKeyErrors({ turn, notes, prefix }: Lab): Promise<void> {
  const label = `${prefix}turn`;
  const wrong = await turn.listCredentials({ label, key: "wrong" });
  const absent = await turn.listCredentials({ label, key: "none" });
  const seen = `wrong key: ${describe(wrong)}; no key: ${describe(absent)}`;
  if (wrong.status === 401 && wrong.message === "authorization failed") {
    notes.found("turnKeyErrors", "authorization failed");
  } else if (wrong.status === 400 && wrong.message === "invalid secretkey") {
    notes.found("turnKeyErrors", "invalid secretkey");
  } else if (wrong.status === 400 && wrong.message === "invalid secretKey") {
    notes.found("turnKeyErrors", "documented");
  } else notes.odd("turnKeyErrors", seen);
  notes.fact("How TURN answers a wrong key and none", seen);
}

function noteCreateReply({ notes }: Lab, { body }: Answer): void {
  const shown = ["label", "expiryInSeconds"].filter((name) => Object.hasOwn(body, name));
  if (shown.length === 2) notes.found("turnCreateReply", "whole");
  else if (shown.length === 0) notes.found("turnCreateReply", "sample");
  else notes.odd("turnCreateReply", `of label and expiryInSeconds it shows ${shown.join()}`);
  notes.fact("Fields of a new TURN credential", namesOf(body));
}

async function noteIceServers(lab: Lab, question: string, { body: { apiKey } }: Answer): Promise<Answer> {
  const answer = await lab.turn.iceServers(String(apiKey));
  lab.notes.fact(question, describe(answer));
  return answer;
}

function namesOf(body: Body): string {
  return Object.keys(body).sort().join(", ");
}
