/** Metered, or the way to it, fails. */
import type { Call, FactsOf } from "../../errors";
import {
  attemptsIn,
  cantInApp,
  capitalised,
  isReading,
  isRoom,
  named,
  nounOf,
  outcome,
  quoted,
  said,
  unchanged,
  type Way,
  type Words,
} from "./sentence";
import type { Ways } from "./ways";

export function rateLimited(facts: FactsOf<"RateLimited">, ways: Ways): Words {
  const attempts = attemptsIn(facts);
  const how = attempts === undefined ? "HTTP 429" : `HTTP 429, ${attempts}`;
  const fewer = ways.set("maxConcurrentRequests", "4");
  const story = `${cantInApp(facts)}: Metered asked for fewer requests (${how}). ${outcome(facts, !facts.isUnchanged)}`;
  const own = facts.isUnchanged ? [] : ifNameTaken(facts, ways);
  const again = ways.rerun(facts.action);
  if (fewer === undefined && own.length === 0) return { story, fix: `${capitalised(again)} later.` };
  return {
    story,
    fix: [
      { goal: "Try later", how: again },
      ...own,
      ...(fewer === undefined ? [] : [{ goal: "Send fewer requests at once (16 by default)", how: fewer }]),
    ],
  };
}

export function serverError(facts: FactsOf<"ServerError">, ways: Ways): Words {
  const details = [facts.said && `Metered said ${said(facts.said)}`, attemptsIn(facts)].filter(Boolean).join(", ");
  const brackets = details === "" ? "" : ` (${details})`;
  return goOn(facts, ways, {
    story: `${cantInApp(facts)}: Metered failed with HTTP ${facts.status}${brackets}.`,
    check: "check Metered's status page",
  });
}

export function unexpectedResponse(facts: FactsOf<"UnexpectedResponse">, ways: Ways): Words {
  return goOn(facts, ways, {
    story: `${cantInApp(facts)}: the response ${facts.problem}.`,
    check: "check HTTPS_PROXY, NO_PROXY, VPN or firewall, which may respond instead of Metered",
  });
}

export function noConnection(facts: FactsOf<"NoConnection">, ways: Ways): Words {
  const attempts = attemptsIn(facts);
  const brackets = attempts === undefined ? "" : ` (${attempts})`;
  if (facts.advice === "cancelled") return cancelled(facts, ways, brackets);
  const story = `Can't reach Metered at ${facts.host}: ${facts.problem}${brackets}.`;
  return goOn(facts, ways, { story, check: connectionCheck(facts, ways), changed: changedIn(facts) });
}

/** The user stopped it, so there is nothing to mend. */
function cancelled(facts: FactsOf<"NoConnection">, ways: Ways, brackets: string): Words {
  if (facts.attempts === 0)
    return { story: `The run was cancelled before any request to Metered. ${unchanged(facts)}` };
  const [story, changed] = [`The run was cancelled during a request to Metered${brackets}.`, changedIn(facts)];
  return facts.mayHaveHappened ? goOn(facts, ways, { story, changed }) : { story: `${story} ${changed}` };
}

function connectionCheck({ advice = "network", host, app }: FactsOf<"NoConnection">, ways: Ways): string {
  switch (advice) {
    case "certificate":
      return "set NODE_EXTRA_CA_CERTS if you use a private certificate authority, check this machine's clock";
    case "proxy login":
      return "add the login to HTTPS_PROXY (http://USER:PASSWORD@HOST:PORT)";
    case "time":
      return ways.moreTime();
    default:
      // Without an endpoint of its own, the host is made from the app's name.
      return `check ${ways.input(host === `${app}.metered.live` ? "appName" : "endpoint")}, your network, VPN or firewall`;
  }
}

/** Its story doesn't name the object, so this does. */
function changedIn(facts: FactsOf<"NoConnection">): string {
  const { mayHaveHappened, subject, app } = facts;
  return outcome(facts, mayHaveHappened, subject && `${capitalised(named(subject))} in app ${quoted(app)}`);
}

interface Failure {
  readonly story: string;
  /** What to look at before the next run. */
  readonly check?: string;
  /** Whether anything changed, where the usual sentence isn't enough. */
  readonly changed?: string;
}

/**
 * The end of a failure that is no refusal: whether anything changed, what to check, and what the next run does. It looks
 * before it acts, so it can always be run. Only a room whose create was lost may be met under its own name.
 */
function goOn(facts: Call & { readonly mayHaveHappened: boolean }, ways: Ways, failure: Failure): Words {
  const { changed = outcome(facts, facts.mayHaveHappened), check } = failure;
  const story = `${failure.story} ${changed}`;
  const again = check === undefined ? ways.rerun(facts.action) : `${check}, then ${ways.rerun(facts.action)}`;
  if (!facts.mayHaveHappened || isReading(facts)) return { story, fix: `${capitalised(again)}.` };
  const own = ifNameTaken(facts, ways);
  if (own.length > 0)
    return { story, fix: [{ goal: "Continue", how: `${again}, which looks for the room first` }, ...own] };
  // One that the state doesn't know can't be looked at.
  if (facts.action === "create") return { story, fix: `${capitalised(again)}.` };
  return {
    story,
    fix: `${capitalised(again)}: it checks the ${nounOf(facts.subject)} first and continues from there.`,
  };
}

/** A create that may have been carried out, of a room that the next run may not recognise as its own. */
function ifNameTaken({ action, subject }: Call, ways: Ways): Way[] {
  if (action !== "create" || !subject || !isRoom(subject)) return [];
  return [{ goal: "If it then says that the name is taken", how: ways.adopt() }];
}
