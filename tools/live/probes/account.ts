import { type Answer, describe } from "../account/answer";
import { NoReply } from "../account/wire";
import type { Notebook } from "./notebook";
import { CannotAsk, type Probe, Unusable } from "./probe";

const texts = ["invalid secretKey app not found", "Invalid request. App not found", "Invalid request"] as const;

/** What the app answers to a good key, a wrong one and none; only lists are asked for. */
export const accountProbes: readonly Probe[] = [
  {
    title: "whether the app answers",
    switches: ["app"],
    run: async ({ gate, notes }) => {
      const answer = await gate.send({ operation: "list" });
      if (answer.status === 404 && answer.json === undefined) {
        notes.found("app", "unknown");
        throw new Unusable("Metered has no such app (HTTP 404 with a page). Check METERED_APP_NAME.");
      }
      if (answer.status !== 200 || answer.json === undefined) {
        throw new Unusable(
          `The list of rooms can't be read: ${describe(answer)}. Check METERED_APP_NAME and METERED_SECRET_KEY.`,
        );
      }
      notes.found("app", "known");
      notes.fact("What the list of rooms is", Array.isArray(answer.json) ? "a JSON array" : describe(answer));
    },
  },
  {
    title: "how a wrong key and an absent one are answered",
    switches: ["badKey", "badKeyText"],
    run: async ({ gate, notes }) => {
      const wrong = await gate.send({ operation: "list", key: "wrong" });
      const absent = await gate.send({ operation: "list", key: "none" });
      const status = ([401, 400, 403] as const).find((known) => known === wrong.status);
      if (status === undefined) notes.odd("badKey", describe(wrong));
      else notes.found("badKey", status);
      if (absent.status !== wrong.status) notes.fact("How an absent key is answered", describe(absent));
      noteKeyText(notes, wrong, absent);
    },
  },
];

function noteKeyText(notes: Notebook, wrong: Answer, absent: Answer): void {
  const text = texts.find((known) => known === wrong.message);
  if (text !== undefined && absent.message === wrong.message) notes.found("badKeyText", text);
  else if (/key/i.test(wrong.message) && /key/i.test(absent.message) && wrong.message !== absent.message) {
    notes.found("badKeyText", "plain");
    notes.fact("The words for a wrong key", describe(wrong));
    notes.fact("The words for an absent key", describe(absent));
  } else notes.odd("badKeyText", `wrong key: ${describe(wrong)}; no key: ${describe(absent)}`);
}

/** How the sub-domain of no app answers, where there is one to ask. No key goes there. */
export function strangerProbe(origin: string | undefined): Probe {
  return {
    title: "how a subdomain without an app responds",
    switches: [],
    run: async ({ gate, notes }) => {
      const question = "How a subdomain without an app responds";
      if (origin === undefined)
        throw new CannotAsk("another server was given with --endpoint, which has no subdomains");
      try {
        notes.fact(question, describe(await gate.askStranger(origin)));
      } catch (error) {
        if (!(error instanceof NoReply)) throw error;
        notes.fact(question, error.message);
      }
    },
  };
}
