import { checkFields, reported } from "../../rooms/validation";
import { tokenFields } from "../../tokens/fields";
import type { World } from "../../world";
import { type Answer, ok } from "../answer";
import { badSettings, failure, invalidRequest } from "../errors";

export function createToken(world: World, body: unknown = {}): Answer {
  const { switches, clock, store, tokens } = world;
  const at = { switches, operation: "create", now: clock.now() } as const;
  const { given, problems } = checkFields(tokenFields, body, at);
  if (problems.length > 0) return badSettings(reported(problems, at), body, switches);
  const { roomName, globalToken } = given;
  if (switches.tokenScope === "required" && roomName === undefined && globalToken !== true) return invalidRequest;
  if (switches.tokenRoom === "must exist" && typeof roomName === "string") {
    const room = store.find("meeting", roomName, switches.nameCase);
    if (room === undefined || room.archived) return failure(400, "room not found", switches);
  }
  return ok({ token: tokens.issue(given) });
}

/** Needs no key: whoever has a token may ask. */
export function validateToken({ switches, tokens }: World, body: unknown): Answer {
  const { token } = (body ?? {}) as { token?: unknown };
  const verdict = typeof token === "string" ? tokens.verify(token) : { reason: "token is required" };
  if ("reason" in verdict) return failure(switches.invalidToken, verdict.reason, switches);
  if (switches.validateReply === "payload") return ok(verdict.claims);
  return ok({ success: true, message: "Token is valid" });
}
