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
import type { Struct as WireStruct } from "google-protobuf/google/protobuf/struct_pb";
import type { Kind, Last, Operations } from "../kind";
import type { Errand, ProviderProcess } from "../process";
import { STATUS } from "../progress";
import { type Bag, givenIn } from "../state";
import { partsOf } from "../urn";
import { sayProblem } from "../words/configuration";
import { sayNote } from "../words/notes";
import type { Viewpoint } from "../words/viewpoint";
import type { EngineLog } from "./engineLog";
import { worded } from "./failures";
import { fromWire, inputsIn, toWire, type Values } from "./values";

/** What the plugin needs of a kind of resource beside its operations. */
export interface Served<Found> {
  readonly kind: Kind<Found>;
  /** The program's inputs, where more is to be done with them than to take the marks of secrets off. */
  received?(news: WireStruct | undefined): Values;
  /** What is only inferred to be wrong with the program's inputs. */
  warnings(news: Bag): readonly string[];
  /** The inputs with a name: generated from the URN, where the program gives none. */
  named(olds: Bag, news: Bag, request: CheckRequest): Bag;
  /** What the stack's `pulumi:autonaming` forbids of the inputs. */
  refusals?(olds: Bag, inputs: Bag, request: CheckRequest): readonly string[];
  /** What the engine is told of what a comparison finds. */
  diff(olds: Bag, news: Bag, found: Found): DiffResponse;
}

/** What a run is served with. */
export interface Run {
  readonly process: ProviderProcess;
  readonly log: EngineLog;
  readonly cancelled: AbortSignal;
}

/** The part of a request that says for which resource it is. */
interface About {
  getUrn(): string;
  /** The program's `customTimeouts`; 0 for none. */
  getTimeout?(): number;
}

/**
 * The resources of one kind, as Pulumi's engine asks for them. Thin, like the dynamic provider: it turns the protocol's
 * messages into property bags, hands over to the same operations, and errors get their words here.
 */
export class Resources<Found> {
  private readonly kind: Kind<Found>;

  constructor(
    private readonly served: Served<Found>,
    private readonly run: Run,
  ) {
    this.kind = served.kind;
  }

  check(request: CheckRequest): CheckResponse {
    const urn = request.getUrn();
    const { received = fromWire } = this.served;
    const [{ bag: olds }, news] = [fromWire(request.getOlds()), received(request.getNews())];
    const { process, log } = this.run;
    const {
      inputs,
      problems,
      warnings = [],
    } = this.kind.check(process, urn, olds, this.served.named(olds, news.bag, request));
    for (const warning of [...this.served.warnings(news.bag), ...warnings]) log.warn(warning, urn);
    const response = new CheckResponse().setInputs(toWire(inputs, this.secretsOf(news)));
    const wrong = process.problems.map((problem) => sayProblem(problem, this.viewpoint(urn)));
    const refused = this.served.refusals?.(olds, inputs, request) ?? [];
    // Pulumi prints the value of the property that a failure names: each reason names its property instead.
    for (const reason of [...wrong, ...problems, ...refused])
      response.addFailures(new CheckFailure().setReason(reason));
    return response;
  }

  diff(request: DiffRequest): Promise<DiffResponse> {
    return this.during(request, (operations) => {
      const [last, news] = [lastOf(request), fromWire(request.getNews()).bag];
      return this.served.diff(last.outputs, news, operations.compare(last, news));
    });
  }

  create(request: CreateRequest): Promise<CreateResponse> {
    const inputs = fromWire(request.getProperties());
    const secrets = this.secretsOf(inputs);
    const work = async (operations: Operations<Found>) => {
      const response = new CreateResponse();
      if (request.getPreview()) return response.setProperties(toWire(operations.planned(inputs.bag), secrets));
      const { id, outputs } = await operations.create(inputs.bag);
      return response.setId(id).setProperties(toWire(outputs, secrets));
    };
    return this.during(request, work, secrets);
  }

  read(request: ReadRequest): Promise<ReadResponse> {
    return this.during(request, async (operations) => {
      const id = request.getId();
      const [outputs, inputs] = [fromWire(request.getProperties()), fromWire(request.getInputs())];
      // An import and a lookup by `get` look alike at first; a lookup that is refreshed declares nothing. (Pulumi sends no
      // inputs where there are none.)
      const isFirst = this.kind.isFirstRead(outputs.bag);
      const isLookup = !isFirst && Object.keys(givenIn(inputs.bag)).length === 0;
      const last: Last = { id, outputs: outputs.bag, inputs: inputsIn(request.getInputs()) };
      const refresh = isLookup ? operations.refreshLookup : operations.refresh;
      const state = isFirst ? await operations.import(id) : await refresh(last);
      // Without an id, the engine takes the resource out of the state.
      if (!state) return new ReadResponse();
      const secrets = isFirst || isLookup ? new Set(this.kind.secrets(false)) : this.secretsOf(outputs, inputs);
      return new ReadResponse()
        .setId(state.id)
        .setProperties(toWire(state.outputs, secrets))
        .setInputs(toWire(state.inputs, secrets));
    });
  }

  update(request: UpdateRequest): Promise<UpdateResponse> {
    const [last, news] = [lastOf(request), fromWire(request.getNews())];
    const secrets = this.secretsOf(news);
    const work = async (operations: Operations<Found>) => {
      const isPreview = request.getPreview();
      const outputs = isPreview
        ? operations.planned(news.bag, last)
        : (await operations.update(last, news.bag)).outputs;
      return new UpdateResponse().setProperties(toWire(outputs, secrets));
    };
    return this.during(request, work, secrets);
  }

  delete(request: DeleteRequest): Promise<void> {
    const last = { id: request.getId(), outputs: fromWire(request.getProperties()).bag };
    return this.during(request, (operations) => operations.delete(last));
  }

  /** Runs one operation, and gives its errors their words. */
  private async during<T>(
    request: About,
    work: (operations: Operations<Found>) => T | Promise<T>,
    secrets: ReadonlySet<string> = this.secretsOf(),
  ): Promise<T> {
    const urn = request.getUrn();
    const { process, log, cancelled: signal } = this.run;
    const seconds = request.getTimeout?.();
    const deadline = seconds ? Date.now() + seconds * 1000 : undefined;
    const from = this.viewpoint(urn);
    const tell: Errand["tell"] = (note) => log.info(sayNote(note, from), urn);
    const show: Errand["tell"] = (note) => log.status(sayNote(note, from), urn);
    try {
      const errand = { owner: urn, tell, limits: { deadline, signal } };
      return await work(this.kind.operations(process, errand, { pace: STATUS, show }));
    } catch (error) {
      throw worded(error, from, secrets);
    }
  }

  private viewpoint(urn: string): Viewpoint {
    return { face: "plugin", account: this.run.process.account, resource: { name: partsOf(urn).name, urn } };
  }

  /** What must be a secret in the state: what was one in the program, and what the table says. */
  private secretsOf(...given: readonly Values[]): ReadonlySet<string> {
    return new Set([...this.kind.secrets(true), ...given.flatMap(({ secrets }) => [...secrets])]);
  }
}

function lastOf(request: DiffRequest | UpdateRequest): Last {
  const { bag: outputs } = fromWire(request.getOlds());
  return { id: request.getId(), outputs, inputs: inputsIn(request.getOldInputs()) };
}
