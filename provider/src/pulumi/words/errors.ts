/** Turns an error's facts into the sentence that a user reads. The sentences are in the files beside, by family. */
import type { Facts } from "../../errors";
import { sayInvalidConfiguration } from "./configuration";
import { noConnection, rateLimited, serverError, unexpectedResponse } from "./failures";
import { appChanged, foreignRoom, roomReplacedOutside } from "./identity";
import { possiblyCreated } from "./lost";
import { cannotDelete, roomNotFound, roomStatusUnknown } from "./missing";
import { namePossiblyTaken, nameTaken, nameUsedTwice } from "./names";
import { invalidSecretKey, invalidSetting, liveStreamingOff, planLimit, requestRefused, unknownApp } from "./refusals";
import { type Words, written } from "./sentence";
import type { Viewpoint } from "./viewpoint";
import { type Ways, waysFor } from "./ways";

export function sayError(facts: Facts, from: Viewpoint): string {
  if (facts.cause === "InvalidConfiguration") return sayInvalidConfiguration(facts, from);
  return written(wordsFor(facts, waysFor(from)), facts.cause);
}

type Said = Exclude<Facts, { cause: "InvalidConfiguration" }>;

function wordsFor(facts: Said, ways: Ways): Words {
  switch (facts.cause) {
    case "InvalidSecretKey":
      return invalidSecretKey(facts, ways);
    case "UnknownApp":
      return unknownApp(facts, ways);
    case "AppChanged":
      return appChanged(facts, ways);
    case "ForeignRoom":
      return foreignRoom(facts, ways);
    case "NameTaken":
      return nameTaken(facts, ways);
    case "NamePossiblyTaken":
      return namePossiblyTaken(facts, ways);
    case "NameUsedTwice":
      return nameUsedTwice(facts, ways);
    case "RoomNotFound":
    case "ObjectNotFound":
      return roomNotFound(facts, ways);
    case "PossiblyCreated":
      return possiblyCreated(facts, ways);
    case "RoomStatusUnknown":
      return roomStatusUnknown(facts, ways);
    case "RoomReplacedOutside":
      return roomReplacedOutside(facts, ways);
    case "InvalidSetting":
      return invalidSetting(facts, ways);
    case "PlanLimit":
      return planLimit(facts, ways);
    case "LiveStreamingOff":
      return liveStreamingOff(facts, ways);
    case "RequestRefused":
      return requestRefused(facts, ways);
    case "RateLimited":
      return rateLimited(facts, ways);
    case "ServerError":
      return serverError(facts, ways);
    case "NoConnection":
      return noConnection(facts, ways);
    case "UnexpectedResponse":
      return unexpectedResponse(facts, ways);
    case "CannotDelete":
      return cannotDelete(facts, ways);
  }
}
