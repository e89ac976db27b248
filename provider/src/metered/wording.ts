/** What the words of a refusal are about. */
import { HIDDEN, hide } from "./redact";

/** Whoever says more says nothing else, and patterns would take their time over it. */
const LONGEST_MESSAGE = 10_000;
/** A longer text of a program can't be Metered's own words. */
const SHORTEST_QUOTE = 16;

/** What Metered said, for judging. */
export interface Words {
  readonly words: string;
  /** The same without the object's name. */
  readonly theirs: string;
}

/** What a message says, for judging: without what it may quote of a program, since a room may be called `floor-plan`. */
export function wordsIn(message: string, secrets: readonly string[], name: string | undefined): Words {
  const quotes = secrets.filter(({ length }) => length >= SHORTEST_QUOTE);
  const unquoted = hide(message, quotes);
  // Where nothing else is left, a program happens to use Metered's own words.
  const words = (/\p{L}/u.test(unquoted.replaceAll(HIDDEN, "")) ? unquoted : message).slice(0, LONGEST_MESSAGE);
  return { words, theirs: withoutName(words, name) };
}

/** No more than "Invalid request", which may mean anything. */
export function isBare(words: string): boolean {
  return /^(invalid request\.?)?$/i.test(words.trim());
}

export function namesKey(words: string): boolean {
  return /secret\s?_?key|api\s?key/i.test(words);
}

/** A lack of rights: for want of the right key, unless the plan is the reason. */
export function isAboutKey(words: string): boolean {
  return namesKey(words) || /authori[sz]ation failed|\b(un|not )authori[sz]ed\b/i.test(words);
}

/** "Forbidden" and no reason. */
export function isForbidden(words: string): boolean {
  const denial =
    /^(forbidden|not allowed|(access|permission) denied|invalid credentials|authentication (failed|required))[.!]?$/i;
  return denial.test(words.trim());
}

export function isAboutApp(words: string): boolean {
  return /\bapp(lication)?\b.*\bnot (found|exist)/i.test(words);
}

export function isAboutPlan(words: string): boolean {
  return /\bplan\b|\bsubscri|(?<!rate )\blimit reached|\bupgrade\b/i.test(words);
}

/** A number that may not grow. Among a setting's own words it would say what is right for that. */
export function isAboutLimit(words: string): boolean {
  const [limit, over] = ["(maximum|limit|quota|allowed)", "(reached|exceeded)"];
  return (
    !/\brate limit/i.test(words) &&
    new RegExp(`\\b${limit}\\b.*\\b${over}\\b|\\b${over}\\b.*\\b${limit}\\b`, "i").test(words)
  );
}

function withoutName(words: string, name = ""): string {
  if (name === "") return words;
  const literal = name.replace(/[^\p{L}\p{N}]/gu, "\\$&");
  return words.replace(new RegExp(`(?<![\\w.~-])${literal}(?![\\w~-])`, "gi"), '""');
}
