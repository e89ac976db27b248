/** A create whose response was lost, of an object that can't be told from others of its kind. */
import type { FactsOf } from "../../errors";
import { cant, capitalised, named, nounOf, quoted, shownTime, type Words } from "./sentence";
import type { Ways } from "./ways";

/** The next run would create one more, so what to look for comes first. */
export function possiblyCreated(facts: FactsOf<"PossiblyCreated">, ways: Ways): Words {
  const { action, app, subject, since, candidates, problem, expiryInSeconds, projectId } = facts;
  const noun = nounOf(subject);
  const what = subject ? capitalised(named(subject)) : `The ${noun}`;
  const where = projectId === undefined ? `app ${quoted(app)}` : `project ${projectId} of app ${quoted(app)}`;
  const lasting = expiryInSeconds === undefined ? "without an expiry" : `with an expiry of ${expiryInSeconds} seconds`;
  const seen = candidates === 0 ? "" : ` Metered lists ${candidates} that could be it.`;
  return {
    story:
      `${cant(facts)} in ${where}: the response was lost (${problem}). ` +
      `${what} may have been created. It can't be told apart from similar ones.${seen}`,
    fix: [
      {
        goal: "Look for it in Metered's dashboard",
        how: `a ${noun} of that name, ${lasting}, created at about ${shownTime(since)}`,
      },
      { goal: "If it's there, and no stack manages it", how: `delete it, then ${ways.rerun(action)}` },
      { goal: "If it isn't there", how: ways.rerun(action) },
    ],
  };
}
