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
  DiffResponse,
  GetSchemaResponse,
  type InvokeRequest,
  ProviderHandshakeResponse,
  type UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Deployment } from "../runtime/deployment";
import { checkConfig, readerOf } from "./configuration";
import { EngineLog } from "./engineLog";
import { failed } from "./failures";
import { Invokes } from "./invokes";
import { Rooms } from "./rooms";
import { Empty } from "./sdk";

/** Pulumi's provider protocol for the package `metered`. What it lacks, gRPC answers as unimplemented. */
export function service(engineAddress: string | undefined): UntypedServiceImplementation {
  const deployment = new Deployment();
  const log = new EngineLog();
  const cancellation = new AbortController();
  const rooms = new Rooms(deployment, log, cancellation.signal);
  // Every call under way may wait for it.
  setMaxListeners(0, cancellation.signal);
  let invokes = new Invokes(deployment, () => undefined);
  let changes = 0;
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
    handshake: unary(() => new ProviderHandshakeResponse().setAcceptSecrets(true)),
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
      const reader = readerOf(request);
      deployment.configure(reader);
      invokes = new Invokes(deployment, reader);
      return new ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    check: unary(rooms.check.bind(rooms)),
    diff: unary(rooms.diff.bind(rooms)),
    read: unary(rooms.read.bind(rooms)),
    create: unary((request: CreateRequest) => changing(rooms.create(request))),
    update: unary((request: UpdateRequest) => changing(rooms.update(request))),
    delete: unary(async (request: DeleteRequest) => {
      await changing(rooms.delete(request));
      return new Empty();
    }),
    invoke: unary((request: InvokeRequest) => invokes.invoke(request, changes)),
    cancel: unary(() => {
      cancellation.abort();
      return new Empty();
    }),
  };
}

// With the paths spelled out, so that a bundler finds the files, too.
function version(): string {
  return (require("../../package.json") as { version: string }).version;
}

function schema(): string {
  return JSON.stringify({ ...(require("../../schema.json") as object), version: version() });
}
