import { type Problem, problem } from "./problems";
import type { RoomKind, Settings } from "./types";
import type { Circumstances } from "./values";

/** Meeting rooms do these only with enableComposition. */
const composed = ["recordComposition", "enableRTMPOut", "enableLiveStreaming"];

export function usesComposition(settings: Settings): boolean {
  return composed.some((key) => settings[key] === true);
}

/** What the document says about settings together. */
export function checkRules(kind: RoomKind, settings: Settings, { switches }: Circumstances): Problem[] {
  const problems: Problem[] = [];
  const { enableComposition, enableRTMPOut, rtmpOutURL, notBeforeUnixSec, expireUnixSec } = settings;
  if (enableRTMPOut === true && rtmpOutURL === undefined) {
    const needed = kind === "meeting" || switches.liveRtmpOutURL === "required";
    if (needed) problems.push(problem("rtmpOutURL", "any.required", "is required"));
  }
  if (kind === "live") return problems;
  if (switches.composition === "required" && enableComposition !== true && usesComposition(settings)) {
    problems.push(problem("enableComposition", "any.only", "must be [true]", enableComposition, { valids: [true] }));
  }
  if (typeof notBeforeUnixSec === "number" && typeof expireUnixSec === "number" && notBeforeUnixSec >= expireUnixSec) {
    const text = "must be less than ref:expireUnixSec";
    problems.push(problem("notBeforeUnixSec", "number.less", text, notBeforeUnixSec, { limit: expireUnixSec }));
  }
  return problems;
}
