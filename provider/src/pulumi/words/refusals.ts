/** What Metered says no to. */
import type { FactsOf } from "../../errors";
import {
  andSaid,
  cant,
  cantInApp,
  capitalised,
  isRoom,
  quoted,
  refusal,
  said,
  unchanged,
  type Way,
  type Words,
} from "./sentence";
import type { Ways } from "./ways";

export function invalidSecretKey(facts: FactsOf<"InvalidSecretKey">, ways: Ways): Words {
  return {
    story: `${cantInApp(facts)}: Metered doesn't accept the app's secret key.${andSaid(facts.said)} ${unchanged(facts)}`,
    fix: `Copy the key from Metered's dashboard (Developers): ${ways.setKey()}. Then ${ways.apply()}.`,
  };
}

export function unknownApp(facts: FactsOf<"UnknownApp">, ways: Ways): Words {
  return {
    story: `${cant(facts)}: Metered has no app ${quoted(facts.app)}.${andSaid(facts.said)} ${unchanged(facts)}`,
    fix: `The name is the first part of the app's address, NAME.metered.live: ${ways.setAppName("NAME")}. Then ${ways.apply()}.`,
  };
}

export function invalidSetting(facts: FactsOf<"InvalidSetting">, ways: Ways): Words {
  return {
    story: `${cantInApp(facts)}: Metered rejected an input.${andSaid(facts.said)} ${unchanged(facts)}`,
    fix: `Correct the input in the program, then ${ways.rerun(facts.action)}.`,
  };
}

export function planLimit(facts: FactsOf<"PlanLimit">, ways: Ways): Words {
  const { action } = facts;
  const story = `${cantInApp(facts)}: your Metered plan doesn't allow it.${andSaid(facts.said)} ${unchanged(facts)}`;
  const again = `then ${ways.rerun(action)}`;
  if (action !== "create") {
    return { story, fix: `Upgrade the plan, or remove the input that it doesn't include, ${again}.` };
  }
  return {
    story,
    fix: [
      {
        goal: "Stay within the plan",
        how: `remove what you no longer need, or the input that the plan doesn't include, ${again}`,
      },
      { goal: "Raise the limit", how: `upgrade the plan in Metered's dashboard, ${again}` },
      ...(ways.isOfSet ? [] : [deleteFirst(again)]),
    ],
  };
}

function deleteFirst(again: string): Way {
  const how = `set the resource option deleteBeforeReplace: true, which deletes the old one first, ${again}`;
  return { goal: "Rename or replace at the limit", how };
}

/** A credential's own key, which has nothing to do with the app's secret key. */
function apiKeyWays({ app, action }: FactsOf<"RequestRefused">, ways: Ways): Way[] {
  return [
    {
      goal: "Correct the key",
      how: `set apiKey to that of a TURN credential of app ${quoted(app)} that hasn't expired and wasn't disabled or deleted`,
    },
    { goal: "If the credential is new", how: `wait some minutes until Metered accepts it, then ${ways.rerun(action)}` },
  ];
}

/** A create that is refused without a reason may be about the name. */
const OTHER_NAME =
  "choose another roomName, since a deleted (archived) room or a room of the other kind may have this one";

export function liveStreamingOff(facts: FactsOf<"LiveStreamingOff">, ways: Ways): Words {
  const again = `then ${ways.rerun(facts.action)}`;
  return {
    story: `${cantInApp(facts)}: ${refusal(facts.said)}. Most likely Live Streaming is off for the app. ${unchanged(facts)}`,
    fix: [
      { goal: "Switch Live Streaming on", how: `in Metered's dashboard, ${again}` },
      { goal: "If it's on already", how: `check the inputs, ${again}` },
      { goal: "If the inputs are right", how: OTHER_NAME },
    ],
  };
}

export function requestRefused(facts: FactsOf<"RequestRefused">, ways: Ways): Words {
  const { action, isBare } = facts;
  const reason = isBare || facts.said === "" ? refusal(facts.said) : `Metered said ${said(facts.said)}`;
  const story = `${cantInApp(facts)}: ${reason}. ${unchanged(facts)}`;
  if (facts.about === "apiKey") return { story, fix: apiKeyWays(facts, ways) };
  const hasInputs = action === "create" || action === "update";
  const check = `${hasInputs ? "check the inputs, and " : "check "}the app in Metered's dashboard, then ${ways.rerun(action)}`;
  const isOfRoom = facts.subject !== undefined && isRoom(facts.subject);
  if (!isBare || action !== "create" || !isOfRoom) return { story, fix: `${capitalised(check)}.` };
  return {
    story,
    fix: [
      { goal: "Correct what Metered objects to", how: check },
      { goal: "If everything looks right", how: OTHER_NAME },
    ],
  };
}
