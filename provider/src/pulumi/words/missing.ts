/** An object that is gone, that may be gone, or that stays. */
import type { FactsOf } from "../../errors";
import {
  cant,
  cantInApp,
  isLive,
  NOTHING_CHANGED,
  named,
  nounOf,
  quoted,
  refusal,
  shownTime,
  unchanged,
  type Way,
  type Words,
} from "./sentence";
import type { Ways } from "./ways";

export function roomNotFound(facts: FactsOf<"RoomNotFound" | "ObjectNotFound">, ways: Ways): Words {
  const { action, app, subject, certain } = facts;
  const isOver = facts.cause === "RoomNotFound" && facts.isOver;
  const noun = nounOf(subject);
  if (isOver) {
    return {
      story: `${cantInApp(facts)}: it expired and was deleted, because deleteOnExp is true. ${NOTHING_CHANGED}`,
      fix: `For a new ${noun}, set a later expireUnixSec, then run pulumi up.`,
    };
  }
  const why = certain
    ? `app ${quoted(app)} has no such ${noun}`
    : `Metered shows no such ${noun} in app ${quoted(app)}`;
  const isInState = action === "update" || action === "delete";
  return {
    story: `${cant(facts)}: ${why}. ${NOTHING_CHANGED}`,
    fix: isInState
      ? "If it was deleted outside Pulumi, run pulumi refresh, then pulumi up, which creates it again."
      : `Correct the name, or create the ${noun} first, then ${ways.rerun(action)}.`,
  };
}

export function roomStatusUnknown(facts: FactsOf<"RoomStatusUnknown">, ways: Ways): Words {
  const { action, app, subject } = facts;
  const noun = nounOf(subject);
  const other = facts.isLive ? "that Live Streaming is off for the app" : "that something else is wrong with the app";
  return {
    story:
      `Can't tell whether ${subject ? named(subject) : `the ${noun}`} exists in app ${quoted(app)}: ` +
      `${refusal(facts.said)}, which may mean that the ${noun} is missing, or ${other}. ${unchanged(facts)}`,
    fix: [
      ...(facts.isLive ? [switchOn(ways, action)] : []),
      { goal: "If the dashboard shows it", how: ways.rerun(action) },
      action === "look up"
        ? { goal: "If it's missing", how: `correct the name, or create the ${noun} first` }
        : { goal: "If it's gone", how: ways.forget() },
    ],
  };
}

function switchOn(ways: Ways, action: FactsOf<"RoomStatusUnknown">["action"]): Way {
  return { goal: "If Live Streaming is off", how: `switch it on in the dashboard, then ${ways.rerun(action)}` };
}

export function cannotDelete(facts: FactsOf<"CannotDelete">, ways: Ways): Words {
  switch (facts.how) {
    case "still there":
      return stillThere(facts, ways);
    case "in use":
      return inUse(facts);
    case "extended":
      return {
        story:
          `Can't replace ${facts.subject ? named(facts.subject) : "the room"} in app ${quoted(facts.app)}: according to the state, it has expired, ` +
          `but it was extended outside Pulumi${facts.until === undefined ? "" : ` until ${shownTime(facts.until)}`}. ${NOTHING_CHANGED}`,
        fix: "Run pulumi refresh, then pulumi up.",
      };
  }
}

/** A project takes its credentials with it, and Metered can't restore them. */
function inUse(facts: FactsOf<"CannotDelete">): Words {
  const { credentials = 0 } = facts;
  const [has, them] = credentials === 1 ? ["1 credential", "it"] : [`${credentials} credentials`, "them"];
  return {
    story: `${cantInApp(facts)}: it has ${has} that this program doesn't manage, and deleting the project deletes ${them} for good. ${NOTHING_CHANGED}`,
    fix: [
      {
        goal: "Keep the project and stop managing it",
        how: "set the resource option retainOnDelete: true, run pulumi up, then remove the project again",
      },
      { goal: `Delete ${them}, too`, how: "set forceDestroy: true, run pulumi up, then remove the project again" },
    ],
  };
}

/** The option must be in the state before the room is deleted, which takes an update with the room in the program. */
function stillThere(facts: FactsOf<"CannotDelete">, ways: Ways): Words {
  const { action, subject } = facts;
  const kind = subject && isLive(subject) ? "a live-streaming room" : "it";
  return {
    story: `${cantInApp(facts)}: Metered documents no way to delete ${kind}, and it's still there after an attempt. ${NOTHING_CHANGED}`,
    fix: [
      {
        goal: "Keep it on Metered and stop managing it",
        how: "set the resource option retainOnDelete: true, run pulumi up, then remove the resource again",
      },
      { goal: "Delete it yourself", how: `use Metered's dashboard, then ${ways.rerun(action)}` },
      { goal: "Only remove it from the state", how: ways.forget() },
    ],
  };
}
