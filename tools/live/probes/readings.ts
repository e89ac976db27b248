import { type Answer, describe } from "../account/answer";
import { fieldNames } from "../account/fieldNames";
import type { Probe } from "./probe";
import { mustHavePlan } from "./turnCredentials";

/** Usage, as the pages of Metered's documents list it; the daily one states a limit of 4 requests a minute. */
const usagePaths = ["/v1/turn/current_usage", "/v1/turn/current_usage_by_date", "/v2/turn/current_usage_by_user"];

/** Nothing is changed here: of the account's own, names of fields are looked at, and no value. */
export const meetingProbe: Probe = {
  title: "what the lists of recordings and of active sessions are",
  switches: [],
  run: async (lab) => {
    const { services, notes } = lab;
    const { name } = await lab.plain();
    notes.fact("Recordings of a room without any", formOf(await services.recordings(name)));
    notes.fact("Recordings of a missing room", formOf(await services.recordings(lab.nameOf("missing"))));
    notes.fact("The active sessions of all rooms", formOf(await services.sessions()));
  },
};

export const usageProbe: Probe = {
  title: "what TURN usage is answered with",
  switches: [],
  needs: "turn",
  run: async (lab) => {
    mustHavePlan(lab);
    for (const path of usagePaths) lab.notes.fact(`GET ${path}`, formOf(await lab.turn.usage(path)));
    const today = new Date(lab.gate.now()).toISOString().slice(0, 10);
    const daily = await lab.turn.usage("/v2/turn/usage_daily_by_user", { startDate: today, endDate: today });
    lab.notes.fact("GET /v2/turn/usage_daily_by_user", formOf(daily));
  },
};

/** The status, and the names in it. */
function formOf(answer: Answer): string {
  if (answer.status > 299 || answer.json === undefined) return describe(answer);
  const form = Array.isArray(answer.json) ? "a list" : "an object";
  return `HTTP ${answer.status}, ${form} of ${fieldNames(answer).sort().join(", ") || "nothing"}`;
}
