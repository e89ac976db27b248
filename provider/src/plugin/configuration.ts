import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { UNKNOWN } from "../core/kinds";
import type { Bag } from "../core/state";
import { isDefaultProvider, type Reader, readConfiguration } from "../runtime/configuration";
import { resourceName } from "./urn";
import { fromWire, toWire } from "./values";

/**
 * Judges the configuration before anything is done with it. Pulumi does not say here what of it is a secret, so a key that
 * is in the stack's configuration in clear is not refused; in the state it is a secret in any case.
 */
export function checkConfig(request: CheckRequest): CheckResponse {
  const { bag, secrets } = fromWire(request.getNews());
  const urn = request.getUrn();
  const response = new CheckResponse().setInputs(toWire(bag, new Set([...secrets, "secretKey"])));
  for (const problem of problemsOf(bag, urn)) {
    // Without the property, whose value Pulumi would print.
    response.addFailures(new CheckFailure().setReason(problem));
  }
  return response;
}

/** The configuration as `readConfiguration` reads it. */
export function readerOf(request: ConfigureRequest): Reader {
  return reader(fromWire(request.getArgs()).bag, request.getUrn?.() ?? "");
}

function problemsOf(bag: Bag, urn: string): readonly string[] {
  if (Object.values(bag).includes(UNKNOWN)) return [];
  const read = readConfiguration(reader(bag, urn), process.env);
  return "problems" in read ? read.problems : [];
}

function reader(bag: Bag, urn: string): Reader {
  return (key) => {
    const name = key.replace(/^metered:/, "");
    // Tells the configuration that it is an explicit provider's, and its name for messages.
    if (name === "provider") return isExplicit(urn) ? resourceName(urn) : undefined;
    const value = bag[name];
    return value === undefined || value === null ? undefined : String(value);
  };
}

/** Whether a program made the provider. */
function isExplicit(urn: string): boolean {
  return urn !== "" && !isDefaultProvider(resourceName(urn));
}
