import { deepEqual, equal } from "node:assert/strict";
import { problemsOf } from "./calls";
import { bare, type SwitchPromises } from "./switchPromise";
import { creates, pastExpiry, sendForm } from "./switchSteps";

/** What a create may hold. */
export const settingSwitches = {
  createPrivacy: {
    optional: creates("a create may omit privacy", {}),
    required: creates("a create must contain privacy", {}, "privacy any.required"),
  },
  composition: {
    required: creates(
      "what needs composition is refused without it",
      { enableLiveStreaming: true },
      "enableComposition any.only",
    ),
    auto: [
      "what needs composition turns it on",
      async (api) => equal((await api.create("meeting", { recordComposition: true })).json.enableComposition, true),
    ],
    ignored: [
      "what needs composition is taken without it",
      async (api) => {
        const { status, json } = await api.create("meeting", { recordComposition: true });
        deepEqual([status, json.enableComposition], [200, undefined]);
      },
    ],
  },
  liveRtmpOutURL: {
    required: [
      "a live room with RTMP needs a URL",
      async (api) =>
        deepEqual(problemsOf(await api.create("live", { enableRTMPOut: true })), ["rtmpOutURL any.required"]),
    ],
    optional: [
      "a live room with RTMP needs no URL",
      async (api) => equal((await api.create("live", { enableRTMPOut: true })).status, 200),
    ],
  },
  pastExpiry: {
    rejected: [
      "a past expiry is refused always",
      async (api) => deepEqual(await pastExpiry(api), ["expireUnixSec number.greater", 400]),
    ],
    "rejected on create": [
      "a past expiry is refused on create only",
      async (api) => deepEqual(await pastExpiry(api), ["expireUnixSec number.greater", 200]),
    ],
    accepted: ["a past expiry is accepted", async (api) => deepEqual(await pastExpiry(api), [200])],
  },
  zeros: {
    accepted: creates("0 is accepted as the document's sample sends it", { maxParticipants: 0, notBeforeUnixSec: 0 }),
    rejected: creates("0 is refused", { maxParticipants: 0 }, "maxParticipants number.min"),
  },
  webhookURLs: {
    checked: creates("webhooks are URLs", { meetingLeftWebhook: "string" }, "meetingLeftWebhook string.pattern.base"),
    "any text": creates("webhooks are any text", { meetingLeftWebhook: "string" }),
  },
  unknownKeys: {
    rejected: creates("unknown settings are refused", { enableScreenShare: true }, "enableScreenShare object.unknown"),
    ignored: [
      "unknown settings are dropped",
      async (api) => {
        const { status, json } = await api.create("meeting", { enableScreenShare: true });
        deepEqual([status, json.enableScreenShare], [200, undefined]);
      },
    ],
  },
  formBodies: {
    read: [
      "a form is read, with booleans and integers",
      async (api, sim) => {
        equal((await sendForm(sim, "roomName=a&privacy=private&maxParticipants=4&autoJoin=true")).status, 200);
        const { json } = await api.get("meeting", "a");
        deepEqual([json.privacy, json.maxParticipants, json.autoJoin], ["private", 4, true]);
      },
    ],
    ignored: [
      "a form is no body",
      async (api, sim) => {
        equal((await sendForm(sim, "roomName=a")).status, 200);
        equal((await api.get("meeting", "a")).json.roomName, undefined);
        equal(sim.rooms.length, 1);
      },
    ],
  },
  validationError: {
    details: creates("a bad setting is named", { autoJoin: "yes" }, "autoJoin boolean.base"),
    bare: [
      "a bad setting is not named",
      async (api) => deepEqual((await api.create("meeting", { autoJoin: "yes" })).json, bare),
    ],
  },
  validationDetails: {
    first: creates("the first problem is named", { autoJoin: 1, enableChat: 1 }, "autoJoin boolean.base"),
    all: creates(
      "all problems are named",
      { autoJoin: 1, enableChat: 1 },
      "autoJoin boolean.base",
      "enableChat boolean.base",
    ),
  },
} as const satisfies Partial<SwitchPromises>;
