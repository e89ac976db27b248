import { inGroup, type SwitchDefinition } from "./choice";

const responses = inGroup("Responses");
const account = inGroup("Keys and account");
const live = inGroup("Live rooms");

/** What responses look like, and the account behind them. */
export const responseSwitches = {
  errorShape: responses(
    "Whether error bodies contain `success: false` next to the message.",
    "with success",
    "message only",
  ),
  listEntries: responses(
    "Whether the list shows whole rooms or only `_id`, `roomName` and `created`.",
    "whole",
    "summary",
  ),
  optionalInReplies: responses(
    "Whether meeting rooms show settings that no documented example shows (expiry, webhooks, RTMP, …).",
    "echoed",
    "omitted",
  ),
  replySample: responses(
    "Fields and defaults of a meeting room's response: the two documented examples differ.",
    "first",
    "second",
  ),
  links: responses(
    "Host of viewerURL and broadcastManager: this server, so that they open, or Metered's, as documented.",
    "simulator",
    "documented",
  ),
  badKey: account("Status for a wrong or missing secretKey.", 401, 400, 403),
  badKeyText: account(
    "Message for a wrong or missing secretKey: 'plain' says which of the two it is.",
    "plain",
    "invalid secretKey app not found",
    "Invalid request. App not found",
    "Invalid request",
  ),
  app: account("Whether the subdomain belongs to an app; unknown returns an HTML page with 404.", "known", "unknown"),
  liveStreaming: live("Whether the account has live streaming; off returns 400 'Invalid request'.", "on", "off"),
  liveOptionalInReplies: live(
    "Whether live rooms show their settings: the examples show displayMessage only.",
    "omitted",
    "echoed",
  ),
  liveRtmpOutURL: live(
    "Whether a live room with enableRTMPOut needs rtmpOutURL: its table says no, the meeting room's yes.",
    "required",
    "optional",
  ),
  liveDelete: live(
    "Delete of a live room: no such route is documented.",
    "absent html 404",
    "absent json 404",
    "archives",
  ),
} as const satisfies Record<string, SwitchDefinition>;
