import type { MeteredError } from "../errors";

/** What went wrong with a call, for the middle of a sentence. */
export function problemOf({ facts }: MeteredError): string {
  switch (facts.cause) {
    case "NoConnection":
      return facts.problem;
    case "ServerError":
      return `Metered failed with HTTP ${facts.status}`;
    case "RateLimited":
      return "Metered asked for fewer requests (HTTP 429)";
    case "UnexpectedResponse":
      return "the response could not be read";
    default:
      return "Metered refused";
  }
}
