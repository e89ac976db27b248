import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { ObjectType } from "../../provider/src/objects/objectType";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { withoutMarks } from "./marks";

/** Where the packages are that are tested: the repository's, or those of a project that they were installed into. */
export const modules = join(process.env.INSTALLED_IN ?? join(__dirname, "..", ".."), "node_modules");
/** Pulumi's SDK, whose protocol this is. */
export const sdk = join(modules, "@pulumi", "pulumi");

/** The SDK's own copies, since its messages and services take nothing of others. */
const requireOfSdk = createRequire(join(sdk, "package.json"));
const grpc: typeof Grpc = requireOfSdk("@grpc/grpc-js");
const { Struct: SdkStruct }: typeof import("google-protobuf/google/protobuf/struct_pb") = requireOfSdk(
  "google-protobuf/google/protobuf/struct_pb",
);

export type Bag = Record<string, unknown>;

/** The kinds of resources, by the names under which their code is found. */
export type RoomCode = "meetingRoom" | "liveStreamingRoom" | "turnProject" | "turnCredential" | "accessToken";

/** An error as the engine would get it. */
export interface WireError {
  readonly message: string;
  /** Set for an init failure: the resource is kept in state. */
  readonly initFailure?: { readonly id: string; readonly properties: Bag; readonly reasons: string[] };
}

interface Message {
  [setter: `set${string}`]: (value: unknown) => void;
}

type Call = (request: Message, callback: (error: Grpc.ServiceError | null, reply: Reply) => void) => void;
interface Reply {
  getId(): string;
  getInputs(): Struct | undefined;
  getProperties(): Struct | undefined;
  getChanges(): number;
  getReplacesList(): string[];
  getDeletebeforereplace(): boolean;
  getFailuresList(): { getProperty(): string; getReason(): string }[];
}

/* eslint-disable-next-line -- the SDK's protocol stubs have no usable types for dynamic access */
const messages: Record<string, new () => Message> = require(join(sdk, "proto", "provider_pb.js"));
const services: Record<string, Grpc.ServiceClientConstructor> = require(join(sdk, "proto", "provider_grpc_pb.js"));

/** The line of code in the state of every resource of a kind. */
export function textOf(code: RoomCode): string {
  return `exports.handler=()=>require("pulumi-metered/runtime").${code}`;
}

export function codeOf({ name }: RoomType | ObjectType): RoomCode {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<typeof name>;
}

/** A process that serves rooms of one kind, as the engine speaks to it. */
export interface RoomsClient
  extends Pick<ProviderClient, "configure" | "check" | "create" | "read" | "update" | "delete" | "close"> {
  /** What the engine asks of an import, of which it knows no more than the id. Dynamic resources have none. */
  import?(id: string): Promise<{ id: string; props: Bag; inputs: Bag }>;
  diff(
    id: string,
    olds: Bag,
    news: Bag,
    oldInputs?: Bag,
  ): Promise<{ changes: string; replaces: string[]; deleteBeforeReplace?: boolean }>;
}

/** A dynamic-provider process, spoken to as the engine does, in Pulumi's wire format. */
export class ProviderClient {
  private readonly client: Grpc.Client & Record<string, unknown>;

  constructor(
    port: number,
    private readonly text: string,
  ) {
    const Client = services.ResourceProviderClient;
    assert.ok(Client);
    this.client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure()) as never;
  }

  /** Hands over the stack's configuration: settings by their names without `metered:`. */
  async configure(config: Readonly<Record<string, string>>): Promise<void> {
    const settings = Object.entries(config).map(([key, value]) => [`metered:${key}`, value]);
    await this.call("configure", message("ConfigureRequest", { Args: struct(Object.fromEntries(settings)) }));
  }

  async check(olds: Bag, news: Bag): Promise<{ inputs: Bag; failures: { property: string; reason: string }[] }> {
    const reply = await this.call("check", message("CheckRequest", { Olds: struct(olds), News: this.bag(news) }));
    const failures = reply.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() }));
    return { inputs: withoutMarks(plain(reply.getInputs())), failures };
  }

  /** `changes`: what the engine is told; "unknown" lets it compare the inputs itself. */
  async diff(id: string, olds: Bag, news: Bag, oldInputs?: Bag) {
    const request = { Id: id, Olds: this.bag(olds), News: this.bag(news), ...this.inputs("OldInputs", oldInputs) };
    const reply = await this.call("diff", message("DiffRequest", request));
    return {
      changes: ["unknown", "none", "some"][reply.getChanges()] ?? "",
      replaces: reply.getReplacesList(),
      deleteBeforeReplace: reply.getDeletebeforereplace(),
    };
  }

  async create(inputs: Bag): Promise<{ id: string; outs: Bag }> {
    const reply = await this.call("create", message("CreateRequest", { Properties: this.bag(inputs) }));
    return { id: reply.getId(), outs: plain(reply.getProperties()) };
  }

  async read(
    id: string,
    olds: Bag = {},
    oldInputs?: Bag,
  ): Promise<{ id: string; props: Bag; inputs: Bag | undefined }> {
    const request = { Id: id, Properties: this.bag(olds), ...this.inputs("Inputs", oldInputs) };
    const reply = await this.call("read", message("ReadRequest", request));
    const inputs = reply.getInputs();
    return { id: reply.getId(), props: plain(reply.getProperties()), inputs: inputs && plain(inputs) };
  }

  async update(id: string, olds: Bag, news: Bag, oldInputs?: Bag): Promise<{ outs: Bag }> {
    const request = { Id: id, Olds: this.bag(olds), News: this.bag(news), ...this.inputs("OldInputs", oldInputs) };
    return { outs: plain((await this.call("update", message("UpdateRequest", request))).getProperties()) };
  }

  async delete(id: string, olds: Bag): Promise<void> {
    await this.call("delete", message("DeleteRequest", { Id: id, Properties: this.bag(olds) }));
  }

  /** Hangs up. Calls that are under way fail. */
  close(): void {
    this.client.close();
  }

  /** Where nothing else is said, the values are of a dynamic resource. */
  private bag(values: Bag): Struct {
    const { __provider: text, ...others } = { __provider: this.text, ...values };
    return struct(text === undefined ? others : { ...others, __provider: text });
  }

  private inputs(name: "OldInputs" | "Inputs", values: Bag | undefined): Bag {
    return values === undefined ? {} : { [name]: this.bag(values) };
  }

  private call(method: string, request: Message): Promise<Reply> {
    const call = this.client[method] as Call;
    return new Promise((resolve, reject) => {
      call.call(this.client, request, (error, reply) => (error ? reject(wireError(error)) : resolve(reply)));
    });
  }
}

function message(name: string, values: Bag): Message {
  const Message = messages[name];
  assert.ok(Message, name);
  const built = new Message();
  for (const [key, value] of Object.entries(values)) built[`set${key}`]?.(value);
  return built;
}

function struct(values: Bag): Struct {
  return SdkStruct.fromJavaScript(values as never);
}

function plain(values: Struct | undefined): Bag {
  return (values?.toJavaScript() ?? {}) as Bag;
}

/** The engine finds an init failure packed into the details of the status. */
export function wireError(error: Grpc.ServiceError): WireError & Error {
  const packed = error.metadata.get("grpc-status-details-bin")[0];
  const plainError = new Error(error.details);
  if (!packed) return plainError;
  const {
    Status,
  }: { Status: { deserializeBinary(bytes: Uint8Array): { getDetailsList(): { getValue_asU8(): Uint8Array }[] } } } =
    require(join(sdk, "proto", "status_pb.js"));
  const detail = Status.deserializeBinary(packed as Buffer).getDetailsList()[0];
  const Failed = messages.ErrorResourceInitFailed as unknown as {
    deserializeBinary(bytes: Uint8Array): Reply & { getReasonsList(): string[] };
  };
  assert.ok(detail);
  const failed = Failed.deserializeBinary(detail.getValue_asU8());
  const initFailure = {
    id: failed.getId(),
    properties: plain(failed.getProperties()),
    reasons: failed.getReasonsList(),
  };
  return Object.assign(plainError, { initFailure });
}
