import { CheckFailure, type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { RoomType } from "../../rooms/roomType";
import type { Reader } from "../configuration";
import { argumentProblem } from "../lookupArguments";
import { Lookups } from "../lookups";
import { lookUpObjects, OBJECT_LOOKUPS } from "../objectLookups";
import type { Errand } from "../process";
import { type Bag, stringIn } from "../state";
import { packageTokenOf, ROOM_TYPES } from "../types";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import { worded } from "./failures";
import type { Run } from "./resources";
import { fromWire, toWire } from "./values";

/** The lookup functions. */
export class Invokes {
  private readonly lookups: Lookups;

  constructor(
    private readonly run: Run,
    private readonly configuration: Reader,
  ) {
    this.lookups = new Lookups((account) => run.process.clientFor(account));
  }

  /** @param changes how many changes were made to rooms before: what was found before them may not be true any more */
  async invoke(request: InvokeRequest, changes: number): Promise<InvokeResponse> {
    try {
      return await this.answer(request, changes);
    } catch (error) {
      throw worded(error, this.viewpoint);
    }
  }

  private get viewpoint(): Viewpoint {
    return { face: "plugin", account: this.run.process.account };
  }

  private async answer(request: InvokeRequest, changes: number): Promise<InvokeResponse> {
    const { log, cancelled: signal } = this.run;
    // Pulumi doesn't say for which resource it asks, so the line goes to the stack.
    const tell: Errand["tell"] = (note) => log.info(sayNote(note, this.viewpoint), "");
    const options = { tell, limits: { signal } };
    const from = { configuration: this.configuration, after: [String(changes)], options };
    const { bag } = fromWire(request.getArgs());
    const token = request.getTok();
    const problem = argumentProblem(token.split(":").at(-1) ?? "", bag);
    if (problem !== undefined) throw new Error(problem);
    if (token === packageTokenOf({ name: "getMeetingRooms" })) {
      const [namePrefix, privacy] = [stringIn(bag, "namePrefix"), stringIn(bag, "privacy")];
      const filter = { namePrefix, privacy, includeArchived: bag.includeArchived === true };
      return found(await this.lookups.meetingRooms(filter, from));
    }
    const lookup = OBJECT_LOOKUPS.find((each) => packageTokenOf(each) === token);
    if (lookup) return found(await lookUpObjects(this.lookups, lookup, bag, from), new Set(lookup.secrets));
    const type = ROOM_TYPES.find(({ name }) => packageTokenOf({ name: `get${name}` }) === token);
    if (!type) throw new Error(`pulumi-resource-metered has no function ${token}`);
    const name = stringIn(bag, "roomName");
    return name === undefined ? nameless(type) : found(await this.lookups.room(type, name, from));
  }
}

function found(result: Bag, secrets: ReadonlySet<string> = new Set()): InvokeResponse {
  return new InvokeResponse().setReturn(toWire(result, secrets));
}

function nameless({ name }: RoomType): InvokeResponse {
  const failure = new CheckFailure().setProperty("roomName").setReason(`get${name} needs a roomName, as a string`);
  return new InvokeResponse().setFailuresList([failure]);
}
