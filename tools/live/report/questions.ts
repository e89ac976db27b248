import type { OpenQuestion } from "../probes/notebook";

/** What Metered's documents leave open and this check never looks for, and why not. */
export const neverAsked: readonly OpenQuestion[] = [
  { question: "How many requests a second are too many, and what a 429 says", why: "finding out means going too far" },
  { question: "Which names are reserved", why: "such a name would not begin with the check's own prefix" },
  { question: "What a delete does while a meeting runs", why: "nobody enters the rooms of this check" },
  { question: "What webhooks send, and how often they are tried", why: "nobody enters the rooms of this check" },
  { question: "Whether an archived room can be brought back", why: "there is no documented call to try" },
  { question: "How the dashboard's Broadcaster layout is spelled in the API", why: "it would be a guess" },
  { question: "Starting and stopping a broadcast", why: "it would go on air" },
  { question: "How names are generated", why: "a room whose create is never answered could not be found again" },
  { question: "What a recording looks like, and its download", why: "nobody enters the rooms of this check" },
  { question: "How many entries a page has", why: "it would take more than 50 TURN credentials" },
  { question: "What a TURN project does beyond its quota", why: "no traffic goes through its credentials" },
  { question: "What usage charges are answered with", why: "it is about money" },
];
