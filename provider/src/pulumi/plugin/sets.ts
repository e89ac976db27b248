import {
  CheckFailure,
  CheckRequest,
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
import type { SetPlace } from "../../rooms/set/setPlace";
import { type SetType, setSubject } from "../../rooms/set/setType";
import type { ProviderProcess } from "../process";
import { paced, STATUS } from "../progress";
import { checkSet, compareSet, createSet, deleteSet, plannedSetOutputs, refreshSet, updateSet } from "../setOperations";
import { namelessIn, warningsOfSet } from "../setProblems";
import { secretsIn, setNameIn } from "../setState";
import { givenIn, KEY } from "../state";
import { packageTokenOf, SET_TYPES } from "../types";
import { generatedNameOf, partsOf } from "../urn";
import { sayProblem } from "../words/configuration";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import type { EngineLog } from "./engineLog";
import { worded } from "./failures";
import { setDiffResponse } from "./setDiffs";
import { fromWire, toWire, type Values } from "./values";

/** Whether a resource is a set, by its URN. */
export function isSet(urn: string): boolean {
  return setTypeIn(urn) !== undefined;
}

function setTypeIn(urn: string): SetType | undefined {
  const { type } = partsOf(urn);
  return SET_TYPES.find((set) => packageTokenOf(set) === type);
}

/** The sets of a stack, as Pulumi's engine asks for them. */
export class Sets {
  constructor(
    private readonly process: ProviderProcess,
    private readonly log: EngineLog,
    private readonly cancelled: AbortSignal,
  ) {}

  check(request: CheckRequest): CheckResponse {
    const urn = request.getUrn();
    const set = typeOf(urn);
    const [{ bag: olds }, news] = [fromWire(request.getOlds()), fromWire(request.getNews())];
    const { claims, problems: wrong } = this.process;
    const named = { ...news.bag, [KEY.generatedName]: generatedNameOf(urn, set) };
    const { inputs, problems } = checkSet({ set, claims, owner: urn, now: () => Date.now() }, olds, named);
    const response = new CheckResponse().setInputs(toWire(inputs, secretsOf(news)));
    const reasons = [...wrong.map((problem) => sayProblem(problem, this.viewpoint(urn))), ...problems];
    const isNamingOff = request.getAutonaming?.()?.getMode() === CheckRequest.AutonamingOptions.Mode.DISABLE;
    if (isNamingOff) reasons.push(...namelessIn(olds, inputs));
    for (const warning of warningsOfSet(set, inputs)) this.log.warn(warning, urn);
    for (const reason of reasons) response.addFailures(new CheckFailure().setReason(reason));
    return response;
  }

  diff(request: DiffRequest): Promise<DiffResponse> {
    return this.during(request.getUrn(), request.getId(), 0, async (place) => {
      const [olds, news] = [fromWire(request.getOlds()).bag, fromWire(request.getNews()).bag];
      return setDiffResponse(secretsIn(place.set, news), compareSet(place, olds, news));
    });
  }

  create(request: CreateRequest): Promise<CreateResponse> {
    const inputs = fromWire(request.getProperties());
    const secrets = secretsOf(inputs);
    return this.during(
      request.getUrn(),
      setNameIn(inputs.bag),
      request.getTimeout(),
      async (place) => {
        if (request.getPreview()) {
          return new CreateResponse().setProperties(toWire(plannedSetOutputs(place, {}, inputs.bag), secrets));
        }
        const { id, outputs } = await createSet(place, inputs.bag);
        return new CreateResponse().setId(id).setProperties(toWire(outputs, secrets));
      },
      secrets,
    );
  }

  read(request: ReadRequest): Promise<ReadResponse> {
    const id = request.getId();
    return this.during(request.getUrn(), id, request.getTimeout?.(), async (place) => {
      const [outputs, inputs] = [fromWire(request.getProperties()), fromWire(request.getInputs())];
      if (Object.keys(givenIn(outputs.bag)).length === 0) throw new Error(nothingToRead(place.set));
      const secrets = secretsOf(outputs, inputs);
      const state = await refreshSet(place, outputs.bag);
      return new ReadResponse()
        .setId(state.id)
        .setProperties(toWire(state.outputs, secrets))
        .setInputs(toWire(state.inputs, secrets));
    });
  }

  update(request: UpdateRequest): Promise<UpdateResponse> {
    const [olds, news] = [fromWire(request.getOlds()).bag, fromWire(request.getNews())];
    const secrets = secretsOf(news);
    return this.during(
      request.getUrn(),
      request.getId(),
      request.getTimeout(),
      async (place) => {
        const outputs = request.getPreview()
          ? plannedSetOutputs(place, olds, news.bag)
          : (await updateSet(place, olds, news.bag)).outputs;
        return new UpdateResponse().setProperties(toWire(outputs, secrets));
      },
      secrets,
    );
  }

  delete(request: DeleteRequest): Promise<void> {
    return this.during(request.getUrn(), request.getId(), request.getTimeout(), (place) =>
      deleteSet(place, fromWire(request.getProperties()).bag),
    );
  }

  /**
   * Runs one operation, and gives its errors their words.
   *
   * @param timeoutSeconds the program's `customTimeouts`; 0 for none
   */
  private async during<T>(
    urn: string,
    name: string,
    timeoutSeconds: number | undefined,
    work: (place: SetPlace) => Promise<T>,
    secrets?: ReadonlySet<string>,
  ): Promise<T> {
    const set = typeOf(urn);
    const deadline = timeoutSeconds ? Date.now() + timeoutSeconds * 1000 : undefined;
    const from = this.viewpoint(urn);
    try {
      const tell = (note: Parameters<Place["tell"]>[0]) => this.log.info(sayNote(note, from), urn);
      const subject = setSubject(set, name);
      const progress = paced(STATUS, (done, total) => {
        this.log.status(sayNote({ note: "set progress", subject, done, total }, from), urn);
      });
      const limits = { deadline, signal: this.cancelled };
      return await work(this.process.setPlace(set, name, { owner: urn, tell, limits, progress }));
    } catch (error) {
      throw worded(error, from, secrets);
    }
  }

  private viewpoint(urn: string): Viewpoint {
    return { face: "plugin", account: this.process.account, resource: { name: partsOf(urn).name, urn } };
  }
}

function typeOf(urn: string): SetType {
  const type = setTypeIn(urn);
  if (!type) throw new Error(`pulumi-resource-metered has no resource ${partsOf(urn).type}`);
  return type;
}

/** The map of secret settings, and whatever the program itself marks. */
function secretsOf(...given: readonly Values[]): ReadonlySet<string> {
  return new Set(["secretSettings", ...given.flatMap(({ secrets }) => [...secrets])]);
}

function nothingToRead({ name, room }: SetType): string {
  return (
    `A ${name} can't be imported or looked up, since Metered knows rooms and no sets. To manage existing rooms as a set, set their ` +
    `roomName in its rooms and metered:adoptExisting to true for one pulumi up. To look rooms up, use ${room.name} or get${room.name}.`
  );
}
