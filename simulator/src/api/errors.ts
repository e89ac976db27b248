import type { Problem } from "../rooms/problems";
import type { Switches } from "../switches/table";
import type { Answer } from "./answer";

type Current = Readonly<Switches>;

/** The one body that the document gives for a 400. */
export const invalidRequest: Answer = { status: 400, json: { success: false, message: "Invalid request" } };

export function failure(status: number, message: string, { errorShape }: Current): Answer {
  return { status, json: errorShape === "message only" ? { message } : { success: false, message } };
}

/** The body repeats what was sent, as Joi's error object does: it can hold a stream key. */
export function badSettings(problems: Problem[], body: unknown, { validationError }: Current): Answer {
  if (validationError === "bare") return invalidRequest;
  return { status: 400, json: { error: { details: problems, _original: body } } };
}

export function nameTaken(name: string, switches: Current): Answer {
  if (switches.duplicateName === "400 bare") return invalidRequest;
  const status = switches.duplicateName === "409 exists" ? 409 : 400;
  return failure(status, `room with the name ${name} already exists`, switches);
}

export function badKey(key: unknown, switches: Current): Answer {
  const { badKey: status, badKeyText } = switches;
  if (badKeyText !== "plain") return failure(status, badKeyText, switches);
  return failure(status, key === undefined ? "secretKey is required" : "Invalid secret key", switches);
}

/** Something this server did not expect: the document's 500, with the reason where it has a placeholder. */
export function serverError({ message }: Error): Answer {
  return { status: 500, json: { eventCode: "", message } };
}

export function tooManyRequests(retryAfter: boolean): Answer {
  const headers = retryAfter ? { "retry-after": "1" } : undefined;
  return { status: 429, headers, json: { success: false, message: "Too many requests" } };
}
