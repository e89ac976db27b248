import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { ObjectType } from "../../provider/src/objects/objectType";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { type Bag, wireError } from "./providerClient";

/** How Pulumi marks a secret on its wire. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export function secret(value: unknown): object {
  return { [SIGNATURE]: SECRET, value };
}

/** The values without the marks of secrets. */
export function revealed(bag: Bag): Bag {
  return Object.fromEntries(
    Object.entries(bag).map(([name, value]) => [name, isSecret(value) ? (value as { value: unknown }).value : value]),
  );
}

export function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as Bag)[SIGNATURE] === SECRET;
}

/** The URN of a resource, as the engine makes it. */
export function urnOf(type: RoomType["name"] | ObjectType["name"], name: string, parents = ""): string {
  return `urn:pulumi:dev::rooms::${parents}metered:index:${type}::${name}`;
}

/** What the engine proposes for a resource without a name. */
interface Autonaming {
  readonly proposedName: string;
  readonly mode?: keyof typeof messages.CheckRequest.AutonamingOptions.Mode;
}

interface DetailedDiff {
  readonly changes: "unknown" | "none" | "some";
  readonly replaces: string[];
  readonly properties: Record<string, string>;
  readonly deleteBeforeReplace: boolean;
  readonly stables: string[];
}

/** The plugin, spoken to as the engine does. Secrets keep their marks. */
export class PluginClient {
  private readonly client: ResourceProviderClient;

  constructor(port: number) {
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  /** @param provider the name of the provider in the stack; the engine's own are called `default…` */
  async checkConfig(config: Bag, provider = "default_0_1_0"): Promise<{ inputs: Bag; failures: string[] }> {
    const request = new messages.CheckRequest().setUrn(providerUrn(provider)).setNews(struct(config));
    const reply = await this.call<messages.CheckResponse>("checkConfig", request);
    return { inputs: plain(reply.getInputs()), failures: reply.getFailuresList().map((each) => each.getReason()) };
  }

  async configure(config: Bag, provider = "default_0_1_0"): Promise<messages.ConfigureResponse> {
    await this.call("handshake", new messages.ProviderHandshakeRequest().setConfigureWithUrn(true));
    const request = new messages.ConfigureRequest().setArgs(struct(config)).setUrn(providerUrn(provider));
    return this.call("configure", request.setAcceptsecrets(true));
  }

  /** @param autonaming what `pulumi:autonaming` in the stack's configuration comes to for this resource */
  async check(urn: string, olds: Bag, news: Bag, autonaming?: Autonaming) {
    const request = new messages.CheckRequest().setUrn(urn).setOlds(struct(olds)).setNews(struct(news));
    if (autonaming) {
      const { AutonamingOptions } = messages.CheckRequest;
      const { proposedName, mode = "PROPOSE" } = autonaming;
      const options = new AutonamingOptions().setProposedName(proposedName).setMode(AutonamingOptions.Mode[mode]);
      request.setAutonaming(options);
    }
    const reply = await this.call<messages.CheckResponse>("check", request);
    const failures = reply.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() }));
    return { inputs: plain(reply.getInputs()), failures };
  }

  async diff(urn: string, id: string, olds: Bag, news: Bag, oldInputs?: Bag): Promise<DetailedDiff> {
    const request = new messages.DiffRequest().setUrn(urn).setId(id).setOlds(struct(olds)).setNews(struct(news));
    if (oldInputs) request.setOldInputs(struct(oldInputs));
    const reply = await this.call<messages.DiffResponse>("diff", request);
    const kinds = Object.keys(messages.PropertyDiff.Kind);
    const properties: Record<string, string> = {};
    reply.getDetaileddiffMap().forEach((each, name) => {
      properties[name] = kinds[each.getKind()] ?? "";
    });
    return {
      changes: (["unknown", "none", "some"] as const)[reply.getChanges()] ?? "unknown",
      replaces: reply.getReplacesList(),
      properties,
      deleteBeforeReplace: reply.getDeletebeforereplace(),
      stables: reply.getStablesList(),
    };
  }

  async create(urn: string, inputs: Bag, { preview = false, timeout = 0 } = {}): Promise<{ id: string; outs: Bag }> {
    const request = new messages.CreateRequest().setUrn(urn).setProperties(struct(inputs)).setPreview(preview);
    const reply = await this.call<messages.CreateResponse>("create", request.setTimeout(timeout));
    return { id: reply.getId(), outs: plain(reply.getProperties()) };
  }

  /** Of an import the engine sends neither state nor inputs. */
  async read(urn: string, id: string, state?: Bag, inputs?: Bag) {
    const request = new messages.ReadRequest().setUrn(urn).setId(id);
    if (state) request.setProperties(struct(state));
    if (inputs) request.setInputs(struct(inputs));
    const reply = await this.call<messages.ReadResponse>("read", request);
    return { id: reply.getId(), props: plain(reply.getProperties()), inputs: plain(reply.getInputs()) };
  }

  async update(
    urn: string,
    id: string,
    olds: Bag,
    news: Bag,
    { preview = false, oldInputs }: { readonly preview?: boolean; readonly oldInputs?: Bag } = {},
  ): Promise<{ outs: Bag }> {
    const request = new messages.UpdateRequest().setUrn(urn).setId(id).setOlds(struct(olds)).setNews(struct(news));
    if (oldInputs) request.setOldInputs(struct(oldInputs));
    const reply = await this.call<messages.UpdateResponse>("update", request.setPreview(preview));
    return { outs: plain(reply.getProperties()) };
  }

  async delete(urn: string, id: string, olds: Bag): Promise<void> {
    await this.call("delete", new messages.DeleteRequest().setUrn(urn).setId(id).setProperties(struct(olds)));
  }

  async invoke(name: string, args: Bag): Promise<{ result: Bag; failures: string[] }> {
    const request = new messages.InvokeRequest().setTok(`metered:index:${name}`).setArgs(struct(args));
    const reply = await this.call<messages.InvokeResponse>("invoke", request);
    return {
      result: plain(reply.getReturn()),
      failures: reply.getFailuresList().map((f) => `${f.getProperty()}: ${f.getReason()}`),
    };
  }

  async schema(): Promise<string> {
    return (await this.call<messages.GetSchemaResponse>("getSchema", new messages.GetSchemaRequest())).getSchema();
  }

  async cancel(): Promise<void> {
    await this.call("cancel", new Empty());
  }

  /** Hangs up. Calls that are under way fail. */
  close(): void {
    this.client.close();
  }

  private call<Reply>(method: keyof ResourceProviderClient, request: object): Promise<Reply> {
    const call = this.client[method] as unknown as (
      request: object,
      callback: (error: grpc.ServiceError | null, reply: Reply) => void,
    ) => void;
    return new Promise((resolve, reject) => {
      call.call(this.client, request, (error, reply) => (error ? reject(wireError(error)) : resolve(reply)));
    });
  }
}

function providerUrn(name: string): string {
  return `urn:pulumi:dev::rooms::pulumi:providers:metered::${name}`;
}

function struct(values: Bag): Struct {
  return Struct.fromJavaScript(values as Record<string, JavaScriptValue>);
}

function plain(values: Struct | undefined): Bag {
  return (values?.toJavaScript() ?? {}) as Bag;
}
