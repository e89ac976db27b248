import type { Switches, SwitchName } from "metered-simulator";
import { describe, isBare, problemCount } from "../account/answer";
import type { Body } from "../account/requests";
import { type Lab, taken } from "./lab";
import { CannotAsk, type Probe } from "./probe";

/** What is sent in a create, and which values of a switch its being taken or refused stands for. */
interface Acceptance<N extends SwitchName> {
  readonly title: string;
  readonly name: N;
  /** Beside the name and privacy, with which a room is made without objection. */
  readonly settings: Body;
  readonly taken: Switches[N];
  readonly refused: Switches[N];
}

/** A create whose settings are to Metered's liking or not: the plain room, which was taken, is its twin. */
function acceptance<N extends SwitchName>({ title, name, settings, ...values }: Acceptance<N>): Probe {
  return {
    title,
    switches: [name],
    run: async (lab) => {
      await lab.plain();
      const answer = await lab.create(name.toLowerCase(), settings);
      lab.notes.found(name, taken(answer) ? values.taken : values.refused);
    },
  };
}

/** What a create may hold. The rooms that are made by it are deleted at once. */
export const createProbes: readonly Probe[] = [
  {
    title: "what a new room's reply shows",
    switches: ["replySample"],
    run: async (lab) => {
      const { created, name } = await lab.plain();
      const shows = (field: string) => Object.hasOwn(created.body, field);
      if (shows("recordRoom") && shows("__v") && !shows("enableRecording")) lab.notes.found("replySample", "first");
      else if (shows("enableRecording") && !shows("recordRoom") && !shows("__v")) {
        lab.notes.found("replySample", "second");
      } else {
        const seen = ["recordRoom", "enableRecording", "__v"].filter(shows);
        lab.notes.odd("replySample", `of what tells the examples apart it shows: ${seen.join(", ") || "nothing"}`);
      }
      noteIdentity(lab, created.body, created.headers.date);
      const seen = await lab.get(name);
      lab.notes.fact("Whether a room can be read right after its create", seen.room ? "yes" : describe(seen));
    },
  },
  {
    title: "whether a create may omit privacy",
    switches: ["createPrivacy"],
    run: async (lab) => {
      await lab.plain();
      const answer = await lab.create("noprivacy", { privacy: undefined });
      lab.notes.found("createPrivacy", taken(answer) ? "optional" : "required");
      if (answer.room) lab.notes.fact("The privacy of a room that was made without", shown(answer.body.privacy));
    },
  },
  acceptance({
    title: "whether 0 is taken for a count",
    name: "zeros",
    settings: { maxParticipants: 0 },
    taken: "accepted",
    refused: "rejected",
  }),
  acceptance({
    title: "whether a webhook must be a URL",
    name: "webhookURLs",
    settings: { meetingJoinWebhook: "no address" },
    taken: "any text",
    refused: "checked",
  }),
  acceptance({
    title: "whether unknown settings are refused",
    name: "unknownKeys",
    settings: { pulumiMeteredCheck: true },
    taken: "ignored",
    refused: "rejected",
  }),
  {
    title: "how a bad setting is answered, and whether all problems are named",
    switches: ["validationError", "validationDetails"],
    run: async (lab) => {
      await lab.plain();
      const answer = await lab.create("bad", { autoJoin: "neither", enableChat: "neither" });
      if (taken(answer)) throw new CannotAsk("a text was taken for a boolean");
      const problems = problemCount(answer);
      if (problems !== undefined) {
        lab.notes.found("validationError", "details");
        lab.notes.found("validationDetails", problems > 1 ? "all" : "first");
        return;
      }
      if (isBare(answer)) lab.notes.found("validationError", "bare");
      else lab.notes.odd("validationError", describe(answer));
      lab.notes.untold("validationDetails", "cannot be told from outside: a bad setting is answered without details");
    },
  },
  {
    title: "what happens without enableComposition",
    switches: ["composition"],
    run: async (lab) => {
      await lab.plain();
      const answer = await lab.create("composition", { recordComposition: true });
      if (!taken(answer)) return lab.notes.found("composition", "required");
      if (answer.body.enableComposition === true) return lab.notes.found("composition", "auto");
      if (answer.body.recordComposition === true) return lab.notes.found("composition", "ignored");
      lab.notes.untold("composition", "cannot be told from outside: it is taken, and replies do not show the settings");
    },
  },
  {
    title: "whether an expiry may have passed",
    switches: ["pastExpiry"],
    run: async (lab) => {
      const yesterday = Math.floor(lab.gate.now() / 1000) - 86_400;
      const { name } = await lab.furnished();
      const created = await lab.create("past", { expireUnixSec: yesterday });
      if (taken(created)) lab.notes.found("pastExpiry", "accepted");
      else {
        const updated = await lab.update(name, { expireUnixSec: yesterday });
        lab.notes.found("pastExpiry", taken(updated) ? "rejected on create" : "rejected");
        const zero = await lab.create("never", { expireUnixSec: 0 });
        lab.notes.fact("Whether expireUnixSec may be 0 in a create", taken(zero) ? "yes" : "no");
      }
    },
  },
];

function noteIdentity({ notes }: Lab, { _id, created }: Body, date: string | undefined): void {
  notes.fact("The form of _id", /^[0-9a-f]{24}$/.test(String(_id)) ? "24 hex digits" : "another one");
  const apart = Math.abs(Date.parse(String(created)) - Date.parse(date ?? ""));
  const words = Number.isNaN(apart) ? "one of them is absent" : apart <= 5_000 ? "yes" : `no, ${apart} ms apart`;
  notes.fact("Whether created and the Date header come from one clock", words);
}

function shown(value: unknown): string {
  return value === "public" || value === "private" ? value : "not shown";
}
