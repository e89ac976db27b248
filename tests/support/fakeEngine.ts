import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** What of the engine a plugin speaks to: it hears the lines for the user. */
export class FakeEngine {
  /** `info`, `warning` …, the resource's URN, and the line. */
  readonly heard: { readonly severity: string; readonly urn: string; readonly line: string }[] = [];
  private readonly server = new grpc.Server();

  private constructor() {
    const log: grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, callback) => {
      const severity = ["debug", "info", "warning", "error"][request.getSeverity()] ?? "";
      this.heard.push({ severity, urn: request.getUrn(), line: request.getMessage() });
      callback(null, new Empty());
    };
    this.server.addService(EngineService, { log });
  }

  static async start(): Promise<FakeEngine & { readonly address: string }> {
    const engine = new FakeEngine();
    const port = await new Promise<number>((resolve, reject) => {
      engine.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return Object.assign(engine, { address: `127.0.0.1:${port}` });
  }

  close(): void {
    this.server.forceShutdown();
  }
}
