import { type Answer, BARE_MESSAGE, describe, isBare, isObject } from "../account/answer";
import type { Lab } from "./lab";
import type { Probe } from "./probe";

/** What a room that is not there is answered with. */
export const missingProbes: readonly Probe[] = [
  {
    title: "how a missing meeting room is answered",
    switches: ["missingRoomStatus", "missingRoomMessage", "errorShape"],
    run: async (lab) => {
      const { notes } = lab;
      const answer = await lab.get(lab.nameOf("missing"));
      if (!isObject(answer.json) || answer.room) {
        for (const name of ["missingRoomStatus", "missingRoomMessage", "errorShape"] as const) {
          notes.odd(name, describe(answer));
        }
        return;
      }
      const status = ([404, 400, 200] as const).find((known) => known === answer.status);
      if (status === undefined) notes.odd("missingRoomStatus", describe(answer));
      else notes.found("missingRoomStatus", status);
      const message = (["room not found", BARE_MESSAGE] as const).find((known) => known === answer.message);
      if (message === undefined) notes.odd("missingRoomMessage", describe(answer));
      else notes.found("missingRoomMessage", message);
      notes.found("errorShape", Object.hasOwn(answer.body, "success") ? "with success" : "message only");
      const update = await lab.update(lab.nameOf("missing"), {});
      const same = isSame(update, answer) ? "as a get is" : describe(update);
      notes.fact("How an update of a missing room is answered", same);
    },
  },
  {
    title: "how a missing live room is answered, without making one",
    switches: ["missingLiveRoom", "liveStreaming", "liveDelete"],
    run: async (lab) => {
      const answers = await missingAnswers(lab);
      noteMissing(lab, answers);
      await noteRoute(lab);
    },
  },
];

interface Answers {
  readonly meeting: Answer;
  readonly live: Answer;
}

async function missingAnswers(lab: Lab): Promise<Answers> {
  const name = lab.nameOf("missing");
  return { meeting: await lab.get(name), live: await lab.get(name, "live") };
}

function noteMissing({ notes }: Lab, { meeting, live }: Answers): void {
  if (isBare(live)) {
    notes.untold("missingLiveRoom", "a bare 400 says neither that the room is missing nor why");
    notes.untold("liveStreaming", "a bare 400 may mean that it is off, or only that the room is missing");
  } else if (isSame(live, meeting)) {
    notes.found("missingLiveRoom", "as meeting");
    notes.found("liveStreaming", "on");
  } else notes.odd("missingLiveRoom", describe(live));
}

/** Whether there is a route to delete live rooms: where there is none, that can be seen without a live room. */
async function noteRoute(lab: Lab): Promise<void> {
  const answer = await lab.remove(lab.nameOf("missing"), "live");
  if (answer.status === 404 && answer.json === undefined) lab.notes.found("liveDelete", "absent html 404");
  else if (answer.status === 404 && /^not found\.?$/i.test(answer.message)) {
    lab.notes.found("liveDelete", "absent json 404");
  } else lab.notes.untold("liveDelete", `without a live room, ${describe(answer)} does not say what it would do`);
}

/** For live rooms, once one could be made: then live streaming is on, and the bare answer is about the room. */
export async function noteMissingLive(lab: Lab): Promise<void> {
  const { meeting, live } = await missingAnswers(lab);
  if (!isBare(live)) return;
  if (!isSame(live, meeting)) lab.notes.found("missingLiveRoom", "400 bare");
  else lab.notes.untold("missingLiveRoom", "cannot be told from outside: missing rooms of both kinds get the bare 400");
}

function isSame(one: Answer, other: Answer): boolean {
  return one.status === other.status && one.text === other.text;
}
