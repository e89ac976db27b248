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
import { check } from "../core/check";
import { diff } from "../core/diff";
import { NameTaken } from "../core/errors";
import type { RoomType } from "../core/field";
import { INTERNAL } from "../core/internal";
import { UNKNOWN } from "../core/kinds";
import { type Context, create, deleteRoom, importRoom, read, update } from "../core/lifecycle";
import { plannedOutputs } from "../core/outputs";
import { warningsOf } from "../core/rules";
import { type Bag, nameOf, roomIdIn } from "../core/state";
import type { Deployment } from "../runtime/deployment";
import { diffResponse } from "./diffs";
import type { EngineLog } from "./engineLog";
import { initFailure } from "./failures";
import { Replacements } from "./replacements";
import { autoNameOf, roomTypeOf } from "./urn";
import { fromWire, outputsIn, secretsOf, toWire, type Values } from "./values";

/**
 * The rooms of a stack, as Pulumi's engine asks for them. Thin, like the dynamic provider: it brings configuration,
 * client and clock together and hands over to the same lifecycle.
 */
export class Rooms {
  private readonly replacements = new Replacements();

  constructor(
    private readonly deployment: Deployment,
    private readonly log: EngineLog,
    private readonly cancelled: AbortSignal,
  ) {}

  check(request: CheckRequest): CheckResponse {
    const urn = request.getUrn();
    const type = roomTypeOf(urn);
    const [{ bag: olds }, news] = [fromWire(request.getOlds()), fromWire(request.getNews())];
    this.replacements.checked(urn, Object.keys(olds).length > 0);
    this.warn(type, news.bag, urn);
    const { inputs, failures } = check(type, olds, named(type, olds, news.bag, urn), Date.now() / 1000);
    this.deployment.session.checked(olds, inputs);
    const problems = this.deployment.problems.map((reason) => ({ property: "", reason }));
    const response = new CheckResponse().setInputs(toWire(inputs, secretsOf(type, news)));
    for (const { property, reason } of [...problems, ...failures]) {
      response.addFailures(new CheckFailure().setProperty(property).setReason(reason));
    }
    return response;
  }

  diff(request: DiffRequest): DiffResponse {
    const { type, api, session, now } = this.context(request.getUrn());
    const [olds, { bag: news }] = [outputsIn(type, fromWire(request.getOlds())), fromWire(request.getNews())];
    const id = nameOf(request.getId(), olds);
    this.replacements.compared(request.getUrn(), roomIdIn(olds));
    const found = diff(type, id, olds, news, api.appName, now() / 1000);
    session.compared(olds, news, found);
    return diffResponse(type, id, olds, news, found);
  }

  async create(request: CreateRequest): Promise<CreateResponse> {
    const urn = request.getUrn();
    const context = this.context(urn, request.getTimeout());
    const inputs = fromWire(request.getProperties());
    const secrets = secretsOf(context.type, inputs);
    if (request.getPreview()) {
      const planned = plannedOutputs(context.type, context.api.appName, {}, inputs.bag);
      return new CreateResponse().setProperties(toWire(planned, secrets));
    }
    const { id, outs } = await kept(create(context, inputs.bag, this.replacements.predecessor(urn)), secrets);
    return new CreateResponse().setId(id).setProperties(toWire(outs, secrets));
  }

  async read(request: ReadRequest): Promise<ReadResponse> {
    const context = this.context(request.getUrn(), request.getTimeout?.());
    const [state, inputs] = [request.getProperties(), request.getInputs()].map((struct) => struct && fromWire(struct));
    const { id, props, inputs: declared } = await this.readRoom(context, request.getId(), state, inputs);
    const secrets = secretsOf(context.type, ...[state, inputs].filter((values) => values !== undefined));
    const response = new ReadResponse();
    // Without an id, the engine takes the room out of the state.
    if (id === "") return response;
    return response
      .setId(id)
      .setProperties(toWire(props, secrets))
      .setInputs(toWire(declared ?? {}, secrets));
  }

  async update(request: UpdateRequest): Promise<UpdateResponse> {
    const context = this.context(request.getUrn(), request.getTimeout());
    const { type, api } = context;
    const [olds, news] = [outputsIn(type, fromWire(request.getOlds())), fromWire(request.getNews())];
    const secrets = secretsOf(type, news);
    if (request.getPreview()) {
      return new UpdateResponse().setProperties(toWire(plannedOutputs(type, api.appName, olds, news.bag), secrets));
    }
    const { outs } = await kept(update(context, nameOf(request.getId(), olds), olds, news.bag), secrets);
    return new UpdateResponse().setProperties(toWire(outs, secrets));
  }

  async delete(request: DeleteRequest): Promise<void> {
    const urn = request.getUrn();
    const context = this.context(urn, request.getTimeout());
    const olds = outputsIn(context.type, fromWire(request.getProperties()));
    await deleteRoom(context, nameOf(request.getId(), olds), olds);
    this.replacements.deleted(urn);
  }

  /** Of an import the engine sends nothing but the name; of a lookup by `get` at least that nothing is declared. */
  private readRoom(context: Context, id: string, state: Values | undefined, inputs: Values | undefined) {
    if (!state && !inputs) return importRoom(context, id);
    const olds = state ? outputsIn(context.type, state) : {};
    return read(context, nameOf(id, olds), olds);
  }

  /** @param timeoutSeconds the program's `customTimeouts`; 0 for none */
  private context(urn: string, timeoutSeconds = 0): Context {
    const deadline = timeoutSeconds > 0 ? Date.now() + timeoutSeconds * 1000 : undefined;
    const limits = { deadline, signal: this.cancelled };
    return this.deployment.context(roomTypeOf(urn), (line) => this.log.info(line, urn), limits);
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

/** The inputs with a name; one that is made is marked, so that it is kept even if the URN changes. */
function named(type: RoomType, olds: Bag, news: Bag, urn: string): Bag {
  const isGiven = news.roomName !== undefined && news.roomName !== null;
  // With `ignoreChanges` the engine hands the old name in, as if the program gave it.
  const isMade = olds[INTERNAL.isAutoNamed] === true && news.roomName === olds.roomName;
  return isGiven && !isMade ? news : { ...news, roomName: autoNameOf(urn, type), [INTERNAL.isAutoNamed]: true };
}

/** Some errors leave a room in the state. */
async function kept<T>(work: Promise<T>, secrets: ReadonlySet<string>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NameTaken) error.message += MAY_BE_REPLACED;
    throw initFailure(error, secrets);
  }
}

/** Of a forced replacement the provider hears nothing, and Pulumi makes the new one first. */
const MAY_BE_REPLACED =
  " If the room of that name is this one, to be replaced (pulumi up --replace, or a tainted room), " +
  "give it the resource option deleteBeforeReplace: true.";
