import { setMaxListeners } from "node:events";
import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  type CheckRequest,
  type ConfigureRequest,
  ConfigureResponse,
  type CreateRequest,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  GetSchemaResponse,
  type InvokeRequest,
  ProviderHandshakeResponse,
  type ReadRequest,
  type UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Reader } from "../configuration";
import { ProviderProcess } from "../process";
import { checkConfig, configured } from "./configuration";
import { EngineLog } from "./engineLog";
import { failed } from "./failures";
import { Invokes } from "./invokes";
import { Empty } from "./sdk";
import { serving } from "./serving";

/** Pulumi's provider protocol for the package `metered`. What it lacks, gRPC answers as unimplemented. */
export function service(engineAddress: string | undefined): UntypedServiceImplementation {
  const log = new EngineLog();
  let changes = 0;
  /** Everything that a run is served with. A process that is attached to serves one run after another. */
  const begin = (process: ProviderProcess, reader: Reader) => {
    const cancellation = new AbortController();
    // Every call under way may wait for it.
    setMaxListeners(0, cancellation.signal);
    const run = { process, log, cancelled: cancellation.signal };
    return { cancellation, serving: serving(run), invokes: new Invokes(run, reader) };
  };
  const unconfigured: Reader = () => undefined;
  let run = begin(new ProviderProcess(unconfigured), unconfigured);
  log.connect(engineAddress);

  const unary = <Request, Response>(answer: (request: Request) => Response | Promise<Response>) =>
    (async (call, callback) => {
      try {
        const response = await answer(call.request);
        await log.arrived();
        callback(null, response);
      } catch (error) {
        await log.arrived();
        callback(failed(error));
      }
    }) as handleUnaryCall<Request, Response>;
  const changing = async <Response>(work: Promise<Response>) => {
    try {
      return await work;
    } finally {
      changes++;
    }
  };

  return {
    // An engine that asks here doesn't listen to what the configuration answers of the same.
    handshake: unary(() =>
      new ProviderHandshakeResponse().setAcceptSecrets(true).setSupportsAutonamingConfiguration(true),
    ),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version())),
    attach: unary((request: PluginAttach) => {
      log.connect(request.getAddress());
      return new Empty();
    }),
    getSchema: unary(() => new GetSchemaResponse().setSchema(schema())),
    checkConfig: unary((request: CheckRequest) => checkConfig(request)),
    // Another app is told of by every room itself; nothing of the rest concerns what there is.
    diffConfig: unary(() => new DiffResponse()),
    configure: unary((request: ConfigureRequest) => {
      const { process, reader } = configured(request);
      run = begin(process, reader);
      return new ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    }),
    check: unary((request: CheckRequest) => run.serving(request).check(request)),
    diff: unary((request: DiffRequest) => run.serving(request).diff(request)),
    read: unary((request: ReadRequest) => run.serving(request).read(request)),
    create: unary((request: CreateRequest) => changing(run.serving(request).create(request))),
    update: unary((request: UpdateRequest) => changing(run.serving(request).update(request))),
    delete: unary(async (request: DeleteRequest) => {
      await changing(run.serving(request).delete(request));
      return new Empty();
    }),
    invoke: unary((request: InvokeRequest) => run.invokes.invoke(request, changes)),
    cancel: unary(() => {
      run.cancellation.abort();
      return new Empty();
    }),
  };
}

// With the paths spelled out, so that a bundler finds the files, too.
function version(): string {
  return (require("../../../package.json") as { version: string }).version;
}

function schema(): string {
  return JSON.stringify({ ...(require("../../../schema.json") as object), version: version() });
}
