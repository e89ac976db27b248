import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  PropertyDiff,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { ObjectDifference } from "../../objects/difference";
import type { ObjectType } from "../../objects/objectType";
import type { ObjectPlace } from "../../objects/place";
import { UNKNOWN } from "../../schema/kinds";
import { warningsOf } from "../../schema/rules";
import {
  checkObject,
  compareObject,
  createObject,
  deleteObject,
  importObject,
  learnClock,
  refreshObject,
  updateObject,
} from "../objectOperations";
import { isFirstObjectRead, knownObject, objectSecrets, plannedObject, wantedObject } from "../objectState";
import type { ProviderProcess } from "../process";
import { type Bag, givenIn } from "../state";
import { objectTypeOf } from "../types";
import { partsOf } from "../urn";
import { sayProblem } from "../words/configuration";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import { kindOf } from "./diffs";
import type { EngineLog } from "./engineLog";
import { worded } from "./failures";
import { fromWire, toWire, type Values } from "./values";

/** Whether a URN is of a kind of resource that `Objects` serves. */
export function isObject(urn: string): boolean {
  return objectTypeOf(partsOf(urn).type) !== undefined;
}

/** The resources of a stack that aren't rooms, as Pulumi's engine asks for them. See rooms.ts. */
export class Objects {
  constructor(
    private readonly process: ProviderProcess,
    private readonly log: EngineLog,
    private readonly cancelled: AbortSignal,
  ) {}

  check(request: CheckRequest): CheckResponse {
    const urn = request.getUrn();
    const type = typeIn(urn);
    const [{ bag: olds }, news] = [fromWire(request.getOlds()), fromWire(request.getNews())];
    this.warn(type, news.bag, urn);
    const { inputs, problems } = checkObject({ type, now: () => Date.now() }, olds, news.bag);
    const response = new CheckResponse().setInputs(toWire(inputs, secretsOf(type, news)));
    const wrong = this.process.problems.map((problem) => sayProblem(problem, this.viewpoint(urn)));
    for (const reason of [...wrong, ...problems]) response.addFailures(new CheckFailure().setReason(reason));
    return response;
  }

  diff(request: DiffRequest): Promise<DiffResponse> {
    return this.during(request.getUrn(), 0, async (place) => {
      const [olds, news] = [fromWire(request.getOlds()).bag, fromWire(request.getNews()).bag];
      await learnClock(place, olds);
      const found = compareObject(place, request.getId(), olds, news, fromWire(request.getOldInputs()).bag);
      return diffResponse(olds, news, found);
    });
  }

  create(request: CreateRequest): Promise<CreateResponse> {
    const inputs = fromWire(request.getProperties());
    return this.during(
      request.getUrn(),
      request.getTimeout(),
      async (place) => {
        const { type, api } = place;
        const secrets = secretsOf(type, inputs);
        if (request.getPreview()) {
          const planned = plannedObject(type, api.appName, wantedObject(type, inputs.bag), undefined);
          return new CreateResponse().setProperties(toWire(planned, secrets));
        }
        const { id, outputs } = await createObject(place, inputs.bag);
        return new CreateResponse().setId(id).setProperties(toWire(outputs, secrets));
      },
      inputs,
    );
  }

  read(request: ReadRequest): Promise<ReadResponse> {
    return this.during(request.getUrn(), request.getTimeout?.(), async (place) => {
      const { type } = place;
      const [outputs, inputs] = [fromWire(request.getProperties()), fromWire(request.getInputs())];
      const isFirst = isFirstObjectRead(type, outputs.bag);
      const isDeclared = !isFirst && Object.keys(givenIn(inputs.bag)).length > 0;
      const id = request.getId();
      const state = isFirst ? await importObject(place, id) : await refreshObject(place, id, outputs.bag);
      // Without an id, the engine takes the object out of the state.
      if (!state) return new ReadResponse();
      const secrets = isDeclared ? secretsOf(type, outputs, inputs) : new Set(objectSecrets(type, false));
      return new ReadResponse()
        .setId(state.id)
        .setProperties(toWire(state.outputs, secrets))
        .setInputs(toWire(isFirst || isDeclared ? state.inputs : {}, secrets));
    });
  }

  update(request: UpdateRequest): Promise<UpdateResponse> {
    const news = fromWire(request.getNews());
    return this.during(
      request.getUrn(),
      request.getTimeout(),
      async (place) => {
        const { type, api } = place;
        const [olds, oldInputs] = [fromWire(request.getOlds()).bag, fromWire(request.getOldInputs()).bag];
        const secrets = secretsOf(type, news);
        const id = request.getId();
        if (request.getPreview()) {
          const known = knownObject(type, id, olds, oldInputs);
          const planned = plannedObject(type, api.appName, wantedObject(type, news.bag), known);
          return new UpdateResponse().setProperties(toWire(planned, secrets));
        }
        const { outputs } = await updateObject(place, id, olds, news.bag, oldInputs);
        return new UpdateResponse().setProperties(toWire(outputs, secrets));
      },
      news,
    );
  }

  delete(request: DeleteRequest): Promise<void> {
    return this.during(request.getUrn(), request.getTimeout(), (place) =>
      deleteObject(place, request.getId(), fromWire(request.getProperties()).bag),
    );
  }

  /** Runs one operation, and gives its errors their words. `timeoutSeconds`: the program's `customTimeouts`; 0 for none. */
  private async during<T>(
    urn: string,
    timeoutSeconds: number | undefined,
    work: (place: ObjectPlace) => Promise<T>,
    inputs?: Values,
  ): Promise<T> {
    const type = typeIn(urn);
    const deadline = timeoutSeconds ? Date.now() + timeoutSeconds * 1000 : undefined;
    const from = this.viewpoint(urn);
    try {
      const tell = (note: Parameters<ObjectPlace["tell"]>[0]) => this.log.info(sayNote(note, from), urn);
      return await work(this.process.objectPlace(type, { tell, limits: { deadline, signal: this.cancelled } }));
    } catch (error) {
      throw worded(error, from, secretsOf(type, inputs));
    }
  }

  private viewpoint(urn: string): Viewpoint {
    return { face: "plugin", account: this.process.account, resource: { name: partsOf(urn).name, urn } };
  }

  /** Raises what is only inferred to be wrong as warnings on the object. */
  private warn(type: ObjectType, settings: Bag, urn: string): void {
    for (const { fields, text } of warningsOf(type)) {
      if (settings[fields[0] ?? ""] === undefined || fields.some((field) => settings[field] === UNKNOWN)) continue;
      const warning = text(settings);
      if (warning) this.log.warn(warning, urn);
    }
  }
}

/** Every property that differs, and whether that replaces the object: also outputs whose time is up. */
function diffResponse(olds: Bag, news: Bag, found: ObjectDifference): DiffResponse {
  const { changed, replaces, isDue, isIncomplete } = found;
  const response = new DiffResponse().setDeletebeforereplace(false);
  if (changed.length === 0 && !isDue && !isIncomplete) return response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
  for (const name of new Set([...changed, ...replaces])) {
    const isInput = changed.includes(name);
    const kind = isInput ? kindOf(olds[name], news[name], replaces.includes(name)) : PropertyDiff.Kind.UPDATE_REPLACE;
    response.getDetaileddiffMap().set(name, new PropertyDiff().setInputdiff(isInput).setKind(kind));
  }
  return response
    .setChanges(DiffResponse.DiffChanges.DIFF_SOME)
    .setDiffsList([...new Set([...changed, ...replaces])])
    .setReplacesList([...replaces])
    .setHasdetaileddiff(true);
}

function typeIn(urn: string): ObjectType {
  const type = objectTypeOf(partsOf(urn).type);
  if (!type) throw new Error(`pulumi-resource-metered has no resource ${partsOf(urn).type}`);
  return type;
}

/** What must be a secret in the state: what was one in the program, and what the table says. */
function secretsOf(type: ObjectType, ...given: readonly (Values | undefined)[]): Set<string> {
  return new Set([...objectSecrets(type, true), ...given.flatMap((values) => [...(values?.secrets ?? [])])]);
}
