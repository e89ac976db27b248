/**
 * The provider for every language of Pulumi, as a process of its own that the engine starts and speaks to over gRPC.
 */
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { endWithEngine } from "../endWithEngine";
import { grpc } from "./sdk";
import { service } from "./service";

/** The same as Pulumi's own servers take: the outputs of a program are not bounded. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** @param args the engine's address, where lines for the user are sent to */
export function main([engineAddress]: readonly string[]): void {
  const server = new grpc.Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE });
  server.addService(ResourceProviderService, service(engineAddress));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    endWithEngine();
    // The engine reads the first line.
    console.log(String(port));
  });
}
