import { inGroup, type SwitchDefinition } from "./choice";

const tokens = inGroup("Access tokens");
const turn = inGroup("TURN");

/** What the pages about access tokens and TURN leave open. */
export const tokenAndTurnSwitches = {
  tokenScope: tokens("Whether a token needs a roomName or globalToken.", "optional", "required"),
  tokenRoom: tokens("Whether the room of a token must exist.", "any", "must exist"),
  invalidToken: tokens("Status of validate for a token that isn't valid.", 400, 401, 200),
  validateReply: tokens(
    "Body of validate for a valid token: that it succeeded, or what the token says.",
    "success",
    "payload",
  ),
  turnPlan: turn("The account's TURN plan: free plans can't list credentials.", "subscribed", "none", "free"),
  turnKeyErrors: turn(
    "Error for a wrong or missing secretKey: as each page documents it, or one that clients report.",
    "documented",
    "authorization failed",
    "invalid secretkey",
  ),
  turnLimit: turn("Whether the account has reached its limit of TURN credentials.", "none", "reached"),
  turnCreateReply: turn(
    "Whether the response to a create contains label and expiryInSeconds: table and sample differ.",
    "whole",
    "sample",
  ),
  turnDisabledInList: turn("Whether the list contains disabled credentials.", "listed", "hidden"),
  turnAppList: turn("Whether the app's list contains the credentials of projects.", "app only", "with projects"),
  turnQuotaAction: turn("How responses spell quotaExceededAction: the pages differ.", "lower case", "upper case"),
  projectApiKey: turn("Which responses contain a project's apiKey.", "on create", "always"),
} as const satisfies Record<string, SwitchDefinition>;
