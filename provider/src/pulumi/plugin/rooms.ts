import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Place } from "../../rooms/place";
import type { RoomType } from "../../rooms/roomType";
import { UNKNOWN } from "../../schema/kinds";
import { warningsOf } from "../../schema/rules";
import {
  checkInputs,
  compareRoom,
  createRoom,
  deleteRoom,
  importRoom,
  refreshLookup,
  refreshRoom,
  updateRoom,
} from "../operations";
import type { ProviderProcess } from "../process";
import { type Bag, givenIn, isFirstRead, knownIn, plannedOutputs, wantedIn } from "../state";
import { partsOf } from "../urn";
import { sayProblem } from "../words/configuration";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import { diffResponse } from "./diffs";
import type { EngineLog } from "./engineLog";
import { worded } from "./failures";
import { nameInputs } from "./naming";
import { roomTypeIn } from "./types";
import { fromWire, secretsOf, secretsShown, toWire, type Values } from "./values";

/**
 * The rooms of a stack, as Pulumi's engine asks for them. Thin, like the dynamic provider: it turns the protocol's
 * messages into property bags, hands over to the same operations, and errors get their words here.
 */
export class Rooms {
  constructor(
    private readonly process: ProviderProcess,
    private readonly log: EngineLog,
    private readonly cancelled: AbortSignal,
  ) {}

  check(request: CheckRequest): CheckResponse {
    const urn = request.getUrn();
    const type = roomTypeIn(urn);
    const [{ bag: olds }, news] = [fromWire(request.getOlds()), fromWire(request.getNews())];
    this.warn(type, news.bag, urn);
    const { claims, problems: wrong } = this.process;
    const named = nameInputs(type, olds, news.bag, urn, request.getAutonaming?.());
    const now = () => Date.now();
    const { inputs, problems } = checkInputs({ type, claims, owner: urn, now }, olds, named);
    const response = new CheckResponse().setInputs(toWire(inputs, secretsOf(type, news)));
    const reasons = [...wrong.map((problem) => sayProblem(problem, this.viewpoint(urn))), ...problems];
    // Pulumi prints the value of the property that a failure names: each reason names its property instead.
    for (const reason of reasons) response.addFailures(new CheckFailure().setReason(reason));
    return response;
  }

  diff(request: DiffRequest): Promise<DiffResponse> {
    return this.during(request.getUrn(), 0, async (place) => {
      const [olds, news] = [fromWire(request.getOlds()), fromWire(request.getNews())];
      const oldInputs = fromWire(request.getOldInputs()).bag;
      const found = compareRoom(place, request.getId(), olds.bag, news.bag, oldInputs);
      return diffResponse(place.type, olds.bag, news.bag, found);
    });
  }

  create(request: CreateRequest): Promise<CreateResponse> {
    const inputs = fromWire(request.getProperties());
    return this.during(request.getUrn(), request.getTimeout(), async (place) => {
      const { type, api } = place;
      const secrets = secretsOf(type, inputs);
      if (request.getPreview()) {
        const planned = plannedOutputs(type, api.appName, wantedIn(type, inputs.bag), undefined);
        return new CreateResponse().setProperties(toWire(planned, secrets));
      }
      const { id, outputs } = await createRoom(place, inputs.bag);
      return new CreateResponse().setId(id).setProperties(toWire(outputs, secrets));
    }, inputs);
  }

  read(request: ReadRequest): Promise<ReadResponse> {
    return this.during(request.getUrn(), request.getTimeout?.(), async (place) => {
      const { type } = place;
      const [outputs, inputs] = [fromWire(request.getProperties()), fromWire(request.getInputs())];
      // An import and a lookup by `get` look alike at first; a lookup that is refreshed declares nothing.
      const isFirst = isFirstRead(type, outputs.bag);
      const isLookup = !isFirst && Object.keys(givenIn(inputs.bag)).length === 0;
      const id = request.getId();
      const state = isFirst
        ? await importRoom(place, id)
        : await (isLookup ? refreshLookup(place, id) : refreshRoom(place, id, outputs.bag, inputs.bag));
      // Without an id, the engine takes the room out of the state.
      if (!state) return new ReadResponse();
      const secrets = isFirst || isLookup ? secretsShown(type) : secretsOf(type, outputs, inputs);
      return new ReadResponse()
        .setId(state.id)
        .setProperties(toWire(state.outputs, secrets))
        .setInputs(toWire(state.inputs, secrets));
    });
  }

  update(request: UpdateRequest): Promise<UpdateResponse> {
    const news = fromWire(request.getNews());
    return this.during(request.getUrn(), request.getTimeout(), async (place) => {
      const { type, api } = place;
      const [olds, oldInputs] = [fromWire(request.getOlds()).bag, fromWire(request.getOldInputs()).bag];
      const secrets = secretsOf(type, news);
      const id = request.getId();
      if (request.getPreview()) {
        const planned = plannedOutputs(type, api.appName, wantedIn(type, news.bag), knownIn(type, id, olds, oldInputs));
        return new UpdateResponse().setProperties(toWire(planned, secrets));
      }
      const { outputs } = await updateRoom(place, id, olds, news.bag, oldInputs);
      return new UpdateResponse().setProperties(toWire(outputs, secrets));
    }, news);
  }

  delete(request: DeleteRequest): Promise<void> {
    return this.during(request.getUrn(), request.getTimeout(), (place) =>
      deleteRoom(place, request.getId(), fromWire(request.getProperties()).bag),
    );
  }

  /**
   * Runs one operation, and gives its errors their words.
   *
   * @param timeoutSeconds the program's `customTimeouts`; 0 for none
   */
  private async during<T>(
    urn: string,
    timeoutSeconds: number | undefined,
    work: (place: Place) => Promise<T>,
    inputs?: Values,
  ): Promise<T> {
    const type = roomTypeIn(urn);
    const deadline = timeoutSeconds ? Date.now() + timeoutSeconds * 1000 : undefined;
    const from = this.viewpoint(urn);
    try {
      const tell = (note: Parameters<Place["tell"]>[0]) => this.log.info(sayNote(note, from), urn);
      return await work(this.process.place(type, { owner: urn, tell, limits: { deadline, signal: this.cancelled } }));
    } catch (error) {
      throw worded(error, from, secretsOf(type, inputs));
    }
  }

  private viewpoint(urn: string): Viewpoint {
    return { face: "plugin", account: this.process.account, resource: { name: partsOf(urn).name, urn } };
  }

  /** Raises what is only inferred to be wrong as warnings on the room. */
  private warn(type: RoomType, settings: Bag, urn: string): void {
    for (const { fields, text } of warningsOf(type)) {
      if (settings[fields[0] ?? ""] === undefined || fields.some((field) => settings[field] === UNKNOWN)) continue;
      const warning = text(settings);
      if (warning) this.log.warn(warning, urn);
    }
  }
}
