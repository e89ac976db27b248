import { MeteredError } from "../../provider/src/errors";
import { type About, judge } from "../../provider/src/metered/judge";

export type Action = About["call"]["action"];

export const about = (action: Action, name = "standup"): About => ({
  call: { action, subject: { label: "meeting room", name, resource: "MeetingRoom" }, app: "demo" },
  secrets: [],
  missing: /\broom not found/i,
});
export const outcome = (status: number, body: unknown, earlierMayHaveArrived = false) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { last: { status, text, date: undefined, pauseMs: 0 }, earlierMayHaveArrived, attempts: 2, seconds: 7 };
};
/** What is made of a refusal. */
export function judged(action: Action, status: number, body: unknown, earlierMayHaveArrived = false): MeteredError {
  try {
    judge(about(action), "demo.metered.live", outcome(status, body, earlierMayHaveArrived));
  } catch (error) {
    if (error instanceof MeteredError) return error;
  }
  throw new Error(`${status} is no refusal`);
}
