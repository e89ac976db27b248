import { type Answer, describe, isObject } from "../account/answer";
import type { Body } from "../account/requests";
import type { Lab } from "./lab";
import { CannotAsk, type Probe } from "./probe";

/** How long the tokens of this check are valid, in seconds. */
const VALID_S = 120;

/** Access tokens, for rooms of this run that nobody enters. Nothing is stored of them, as far as is documented. */
export const tokenProbes: readonly Probe[] = [
  {
    title: "what an access token says, and how a valid one and an invalid one are answered",
    switches: ["validateReply", "invalidToken"],
    run: async (lab) => {
      const token = await tokenFor(lab, (await lab.plain()).name);
      noteForm(lab, token);
      const valid = await lab.services.validateToken(token);
      if (valid.status === 200 && valid.body.success === true) lab.notes.found("validateReply", "success");
      else if (valid.status === 200 && isObject(valid.body.data)) lab.notes.found("validateReply", "payload");
      else lab.notes.odd("validateReply", describe(valid));
      const forged = await lab.services.validateToken(withAnotherSignature(token));
      const status = ([400, 401, 200] as const).find((known) => known === forged.status);
      if (status === undefined) lab.notes.odd("invalidToken", describe(forged));
      else lab.notes.found("invalidToken", status);
      lab.notes.fact("How validate answers a token with another signature", describe(forged));
    },
  },
  {
    title: "whether a token needs a room, and whether its room must exist",
    switches: ["tokenScope", "tokenRoom"],
    run: async (lab) => {
      await tokenFor(lab, (await lab.plain()).name);
      const missing = await ask(lab, { roomName: lab.nameOf("missing") });
      lab.notes.found("tokenRoom", isIssued(missing) ? "any" : "must exist");
      const free = await ask(lab, {});
      lab.notes.found("tokenScope", isIssued(free) ? "optional" : "required");
    },
  },
  {
    title: "what becomes of a token when it expires",
    switches: [],
    run: async (lab) => {
      const seconds = 2;
      const expireUnixSec = Math.ceil(lab.gate.now() / 1000) + seconds;
      const answer = await ask(lab, { roomName: (await lab.plain()).name, expireUnixSec });
      if (!isIssued(answer)) throw new CannotAsk("no token that expires is issued");
      await lab.gate.pause((seconds + 1) * 1000);
      const late = await lab.services.validateToken(String(answer.body.token));
      lab.notes.fact("How validate answers an expired token", describe(late));
      const past = await ask(lab, { roomName: (await lab.plain()).name, expireUnixSec: 1 });
      lab.notes.fact("Whether a token is issued that has expired already", isIssued(past) ? "yes" : describe(past));
    },
  },
];

async function tokenFor(lab: Lab, roomName: string): Promise<string> {
  const answer = await ask(lab, { roomName });
  if (!isIssued(answer)) throw new CannotAsk(`no token is issued for a room that exists: ${describe(answer)}`);
  return String(answer.body.token);
}

function ask(lab: Lab, body: Body): Promise<Answer> {
  const expireUnixSec = Math.floor(lab.gate.now() / 1000) + VALID_S;
  return lab.services.createToken({ expireUnixSec, ...body });
}

function isIssued(answer: Answer): boolean {
  if (answer.status < 300 && typeof answer.body.token === "string") return true;
  if (answer.status === 400 || answer.status === 404 || answer.status === 422) return false;
  throw new CannotAsk(`the answer says neither yes nor no: ${describe(answer)}`);
}

/** The names in it, and never a value but the algorithm. */
function noteForm({ notes }: Lab, token: string): void {
  const [head, claims] = token.split(".").map(decoded);
  const algorithm = /^[A-Z]{2}\d{3}$/.test(String(head?.alg)) ? head?.alg : "not told";
  const inData = isObject(claims?.data) ? ` with ${Object.keys(claims.data).sort().join(", ")} in data` : "";
  const names = Object.keys(claims ?? {}).sort();
  const form = `${algorithm}, ${names.join(", ")}${inData}`;
  notes.fact("The form of an access token", head === undefined ? "no JWT" : form);
}

function decoded(part: string): Body | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** The same claims, signed by nobody. */
function withAnotherSignature(token: string): string {
  const [head = "", claims = "", signature = ""] = token.split(".");
  return [head, claims, [...signature].reverse().join("")].join(".");
}
