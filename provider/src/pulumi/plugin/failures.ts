import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { MeteredError } from "../../errors";
import { SomeRoomsFailed } from "../../rooms/set/failures";
import { KeptInState } from "../operations";
import { sayError } from "../words/errors";
import { sayKept } from "../words/kept";
import { saySomeRoomsFailed } from "../words/sets";
import type { Viewpoint } from "../words/viewpoint";
import { Any, grpc } from "./sdk";
import { toWire } from "./values";

/** What the engine is told of an error: its message. */
export function failed(error: unknown): Partial<ServiceError> {
  if (isStatus(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return { code: grpc.status.UNKNOWN, details: message };
}

/** An error in words. One after which the object is kept in the state goes to the engine in the details of the status. */
export function worded(error: unknown, from: Viewpoint, secrets: ReadonlySet<string> = new Set()): unknown {
  if (error instanceof MeteredError) {
    return { code: grpc.status.UNKNOWN, details: sayError(error.facts, from) };
  }
  if (error instanceof SomeRoomsFailed) {
    return { code: grpc.status.UNKNOWN, details: saySomeRoomsFailed(error, from).join("\n") };
  }
  return error instanceof KeptInState ? initFailure(error, from, secrets) : error;
}

function initFailure(error: KeptInState, from: Viewpoint, secrets: ReadonlySet<string>): Partial<ServiceError> {
  const reasons = sayKept(error, from);
  const failure = new ErrorResourceInitFailed()
    .setId(error.id)
    .setProperties(toWire(error.outputs, secrets))
    .setReasonsList(reasons);
  const details = new Any();
  details.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const code = grpc.status.UNKNOWN;
  const message = reasons.join("\n");
  const status = new Status().setCode(code).setMessage(message).setDetailsList([details]);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code, details: message, metadata };
}

function isStatus(error: unknown): error is Partial<ServiceError> {
  return typeof error === "object" && error !== null && "code" in error && "details" in error;
}
