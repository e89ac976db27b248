import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { RoomType } from "../../rooms/roomType";
import { type Bag, namedBy, stringIn, wantedIn } from "../state";
import { generatedNameOf } from "../urn";

/**
 * The inputs with a name. One that the program doesn't give is generated from the URN or, with `pulumi:autonaming` in the
 * stack's configuration, taken as Pulumi proposes it; it is marked as generated, so that it is kept even if the URN or
 * the proposal changes. An enforced name is kept as well, but never replaced by a numbered one.
 */
export function nameInputs(
  type: RoomType,
  olds: Bag,
  news: Bag,
  urn: string,
  autonaming: CheckRequest.AutonamingOptions | undefined,
): Bag {
  const isGiven = news.roomName !== undefined && news.roomName !== null;
  // With `ignoreChanges` the engine hands the old name in, as if the program gave it.
  const isOld = wantedIn(type, olds).name.isGenerated && news.roomName === olds.roomName;
  if (isGiven && !isOld) return news;
  if (!autonaming) return { ...news, ...namedBy(generatedNameOf(urn, type)) };
  const { DISABLE, ENFORCE } = CheckRequest.AutonamingOptions.Mode;
  const proposed = autonaming.getProposedName();
  if (autonaming.getMode() === DISABLE || proposed === "") return news;
  if (autonaming.getMode() !== ENFORCE) return { ...news, ...namedBy(proposed) };
  return { ...news, roomName: stringIn(olds, "roomName") ?? proposed };
}
