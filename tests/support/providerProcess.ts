import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

const root = join(__dirname, "..", "..");
const sdk = join(root, "node_modules", "@pulumi", "pulumi");

export type Bag = Record<string, unknown>;

/** An error as the engine would get it. */
export interface WireError {
  readonly message: string;
  /** Set for an init failure: the resource is kept in state. */
  readonly initFailure?: { readonly id: string; readonly properties: Bag; readonly reasons: string[] };
}

interface Message {
  [setter: `set${string}`]: (value: unknown) => void;
}

type Call = (request: Message, callback: (error: grpc.ServiceError | null, reply: Reply) => void) => void;
interface Reply {
  getId(): string;
  getInputs(): Struct | undefined;
  getProperties(): Struct | undefined;
  getChanges(): number;
  getReplacesList(): string[];
  getFailuresList(): { getProperty(): string; getReason(): string }[];
}

/* eslint-disable-next-line -- the SDK's protocol stubs have no usable types for dynamic access */
const messages: Record<string, new () => Message> = require(join(sdk, "proto", "provider_pb.js"));
const services: Record<string, grpc.ServiceClientConstructor> = require(join(sdk, "proto", "provider_grpc_pb.js"));

const textOf = (type: "meetingRoom" | "liveStreamingRoom") =>
  `exports.handler=()=>require("pulumi-metered/runtime").${type}`;

/**
 * Pulumi's own dynamic-provider process, spoken to as the engine does, in its wire format. Its working folder is that of
 * a program which depends on pulumi-metered.
 */
export class ProviderProcess {
  /** All that the process printed. */
  printed = "";

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly client: grpc.Client & Record<string, unknown>,
    private readonly text: string,
  ) {}

  /** @param stdin a pipe is what the engine gives it */
  static async start(
    config: Readonly<Record<string, string>>,
    type: "meetingRoom" | "liveStreamingRoom" = "meetingRoom",
    env: NodeJS.ProcessEnv = {},
    stdin: "pipe" | "ignore" = "pipe",
  ): Promise<ProviderProcess> {
    const folder = mkdtempSync(join(tmpdir(), "metered-provider-"));
    mkdirSync(join(folder, "node_modules", "@pulumi"), { recursive: true });
    symlinkSync(sdk, join(folder, "node_modules", "@pulumi", "pulumi"));
    symlinkSync(join(root, "provider"), join(folder, "node_modules", "pulumi-metered"));
    const { METERED_APP_NAME: _app, METERED_SECRET_KEY: _key, ...inherited } = process.env;
    const child = spawn(process.execPath, [join(sdk, "cmd", "dynamic-provider"), "127.0.0.1:1"], {
      cwd: folder,
      env: { ...inherited, PULUMI_NODEJS_PROJECT: "rooms", PULUMI_NODEJS_STACK: "dev", ...env },
      stdio: [stdin, "pipe", "pipe"],
    });
    const port = await firstLine(child);
    const Client = services.ResourceProviderClient;
    assert.ok(Client);
    const client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const started = new ProviderProcess(folder, child, client as never, textOf(type));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (part: string) => {
        started.printed += part;
      });
    }
    const settings = Object.entries(config).map(([key, value]) => [`metered:${key}`, value]);
    await started.call("configure", message("ConfigureRequest", { Args: struct(Object.fromEntries(settings)) }));
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async check(olds: Bag, news: Bag): Promise<{ inputs: Bag; failures: { property: string; reason: string }[] }> {
    const reply = await this.call("check", message("CheckRequest", { Olds: struct(olds), News: this.bag(news) }));
    const failures = reply.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() }));
    return { inputs: plain(reply.getInputs()), failures };
  }

  /** `changes`: what the engine is told; "unknown" lets it compare the inputs itself. */
  async diff(id: string, olds: Bag, news: Bag): Promise<{ changes: string; replaces: string[] }> {
    const request = message("DiffRequest", { Id: id, Olds: this.bag(olds), News: this.bag(news) });
    const reply = await this.call("diff", request);
    return { changes: ["unknown", "none", "some"][reply.getChanges()] ?? "", replaces: reply.getReplacesList() };
  }

  async create(inputs: Bag): Promise<{ id: string; outs: Bag }> {
    const reply = await this.call("create", message("CreateRequest", { Properties: this.bag(inputs) }));
    return { id: reply.getId(), outs: plain(reply.getProperties()) };
  }

  async read(id: string, olds: Bag = {}): Promise<{ id: string; props: Bag; inputs: Bag | undefined }> {
    const reply = await this.call("read", message("ReadRequest", { Id: id, Properties: this.bag(olds) }));
    const inputs = reply.getInputs();
    return { id: reply.getId(), props: plain(reply.getProperties()), inputs: inputs && plain(inputs) };
  }

  async update(id: string, olds: Bag, news: Bag): Promise<{ outs: Bag }> {
    const request = message("UpdateRequest", { Id: id, Olds: this.bag(olds), News: this.bag(news) });
    return { outs: plain((await this.call("update", request)).getProperties()) };
  }

  async delete(id: string, olds: Bag): Promise<void> {
    await this.call("delete", message("DeleteRequest", { Id: id, Properties: this.bag(olds) }));
  }

  /** What the process sees of an engine that was killed; waits for its own end. */
  async loseEngine(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    this.child.stdin?.destroy();
    await ended;
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.client.close();
    const ended = this.child.exitCode === null && this.child.signalCode === null;
    if (ended) await new Promise((resolve) => this.child.once("close", resolve).kill(signal));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private bag(values: Bag): Struct {
    return struct({ ...values, __provider: values.__provider ?? this.text });
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
  return Struct.fromJavaScript(values as never);
}

function plain(values: Struct | undefined): Bag {
  return (values?.toJavaScript() ?? {}) as Bag;
}

/** The engine finds an init failure packed into the details of the status. */
function wireError(error: grpc.ServiceError): WireError & Error {
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

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (data: Buffer) => resolve(data.toString().trim()));
    child.once("exit", (code) => reject(new Error(`the provider process ended with ${code}`)));
  });
}
