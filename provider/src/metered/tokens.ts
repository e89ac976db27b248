import { isCause, MeteredError, type Subject } from "../errors";
import type { TokenApi } from "../tokens/api";
import type { Caller, Options } from "./caller";
import { type About, isObject, type Json, unexpected } from "./judge";
import { freeTexts } from "./redact";

type Body = Parameters<TokenApi["create"]>[1];

/** The endpoints for access tokens. The options are those of every single call. */
export function tokenApi(caller: Caller, options: Options): TokenApi {
  const { appName: app } = caller.account;
  const about = (subject: Subject, { name, email, meta }: Body): About => ({
    call: { action: "create", subject, app },
    secrets: freeTexts([name, email, meta]),
  });
  return {
    create: async (subject, body) => {
      const of = about(subject, body);
      try {
        const answer = await caller.ask(of, { method: "POST", path: "/v1/token", body, isSafe: true }, options);
        return tokenIn(of, answer.body);
      } catch (error) {
        throw withoutTrace(error);
      }
    },
    isValid: async (token) => {
      const call = { action: "list", app, what: "whether an access token is valid" } as const;
      const request = {
        method: "POST",
        path: "/v1/token/validate",
        body: { token },
        keyless: true,
        isSafe: true,
      } as const;
      try {
        const { body } = await caller.ask({ call, secrets: [token] }, request, options);
        return !isObject(body) || saysValid(body);
      } catch (error) {
        if (isCause(error, "RequestRefused", "InvalidSecretKey", "InvalidSetting")) return false;
        throw error;
      }
    },
  };
}

/** Success, or what the token says. A body of 200 that has no more than a message is a refusal like any other. */
function saysValid({ success, valid, message, error }: Json): boolean {
  if (success === false || valid === false) return false;
  return success === true || valid === true || (message === undefined && error === undefined);
}

function tokenIn({ call }: About, body: unknown): string {
  const token = isObject(body) ? (body.token ?? body.accessToken) : undefined;
  if (typeof token !== "string" || token === "") throw unexpected(call, "has no token");
  return token;
}

/** Metered keeps no tokens, so a token whose response was lost is as if it had never been. */
function withoutTrace(error: unknown): unknown {
  if (!(error instanceof MeteredError) || !("mayHaveHappened" in error.facts)) return error;
  return new MeteredError({ ...error.facts, mayHaveHappened: false });
}
