import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { NotAsDeclared } from "../core/initFailures";
import { Any, grpc } from "./sdk";
import { toWire } from "./values";

/** What the engine is told of an error: its message. */
export function failed(error: unknown): Partial<ServiceError> {
  if (isStatus(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return { code: grpc.status.UNKNOWN, details: message };
}

/**
 * An error after which the resource is kept in the state all the same, and is come back to with the next `up`: the engine
 * finds it packed into the details of the status.
 */
export function initFailure(error: unknown, secrets: ReadonlySet<string>): unknown {
  if (!(error instanceof NotAsDeclared)) return error;
  const failure = new ErrorResourceInitFailed()
    .setId(error.id)
    .setProperties(toWire(error.properties, secrets))
    .setReasonsList(error.reasons);
  const details = new Any();
  details.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const code = grpc.status.UNKNOWN;
  const status = new Status().setCode(code).setMessage(error.message).setDetailsList([details]);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code, details: error.message, metadata };
}

function isStatus(error: unknown): error is Partial<ServiceError> {
  return typeof error === "object" && error !== null && "code" in error && "details" in error;
}
