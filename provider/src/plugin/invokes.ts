import { CheckFailure, type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { RoomType } from "../core/field";
import { type Bag, textIn } from "../core/state";
import { packageTokenOf } from "../core/token";
import type { Reader } from "../runtime/configuration";
import type { Deployment } from "../runtime/deployment";
import { Lookups } from "../runtime/lookups";
import { ROOM_TYPES } from "./urn";
import { fromWire, toWire } from "./values";

/** The lookup functions. */
export class Invokes {
  private readonly lookups: Lookups;

  constructor(
    deployment: Deployment,
    private readonly configuration: Reader,
  ) {
    this.lookups = new Lookups(() => deployment.client);
  }

  /** @param changes how many changes were made to rooms before: what was found before them may not be true any more */
  async invoke(request: InvokeRequest, changes: number): Promise<InvokeResponse> {
    const from = { configuration: this.configuration, after: [String(changes)] };
    const { bag } = fromWire(request.getArgs());
    const token = request.getTok();
    if (token === packageTokenOf({ name: "getMeetingRooms" })) {
      const [namePrefix, privacy] = [textIn(bag, "namePrefix"), textIn(bag, "privacy")];
      const filter = { namePrefix, privacy, includeArchived: bag.includeArchived === true };
      return found(await this.lookups.meetingRooms(filter, from));
    }
    const type = ROOM_TYPES.find(({ name }) => packageTokenOf({ name: `get${name}` }) === token);
    if (!type) throw new Error(`pulumi-resource-metered has no function ${token}`);
    const name = textIn(bag, "roomName");
    return name === undefined ? nameless(type) : found(await this.lookups.room(type, name, from));
  }
}

function found(result: Bag): InvokeResponse {
  return new InvokeResponse().setReturn(toWire(result));
}

function nameless({ name }: RoomType): InvokeResponse {
  const failure = new CheckFailure().setProperty("roomName").setReason(`get${name} needs a roomName, as a text`);
  return new InvokeResponse().setFailuresList([failure]);
}
