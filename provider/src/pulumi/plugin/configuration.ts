import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import type { ConfigurationProblem } from "../../errors";
import { UNKNOWN } from "../../schema/kinds";
import { isDefaultProvider, type Reader, readConfiguration } from "../configuration";
import { misspelledKey } from "../configurationKeys";
import { accountSource, ProviderProcess } from "../process";
import type { Bag } from "../state";
import { partsOf } from "../urn";
import { sayProblem } from "../words/configuration";
import { fromWire, toWire } from "./values";

/**
 * Judges the configuration before anything is done with it. Pulumi does not say here what of it is a secret, so a key that
 * is in the stack's configuration in plaintext is not refused; in the state it is a secret in any case.
 */
export function checkConfig(request: CheckRequest): CheckResponse {
  const { bag, secrets } = fromWire(request.getNews());
  const response = new CheckResponse().setInputs(toWire(bag, new Set([...secrets, "secretKey"])));
  for (const problem of problemsOf(bag, request.getUrn())) {
    // Without the property, whose value Pulumi would print.
    response.addFailures(new CheckFailure().setReason(problem));
  }
  return response;
}

/** The provider as it is configured from here on: a process that is attached to may serve one run after another. */
export function configured(request: ConfigureRequest): { readonly reader: Reader; readonly process: ProviderProcess } {
  const urn = request.getUrn?.() ?? "";
  const reader = readerOf(fromWire(request.getArgs()).bag, urn);
  return { reader, process: new ProviderProcess(reader, process.env, urn || undefined) };
}

function problemsOf(bag: Bag, urn: string): readonly string[] {
  if (Object.values(bag).includes(UNKNOWN)) return [];
  const reader = readerOf(bag, urn);
  const read = readConfiguration(reader, process.env);
  const misspelled = misspelledKey(Object.keys(bag));
  const problems: ConfigurationProblem[] = [
    ...("problems" in read ? read.problems : []),
    ...(misspelled ? [{ problem: "misspelled key" as const, ...misspelled }] : []),
  ];
  const account = accountSource(reader, urn || undefined);
  return problems.map((problem) => sayProblem(problem, { face: "plugin", account }));
}

/** The configuration as `readConfiguration` reads it. */
function readerOf(bag: Bag, urn: string): Reader {
  return (key) => {
    const name = key.replace(/^metered:/, "");
    // Tells the configuration that it is an explicit provider's, and its name for messages.
    if (name === "provider") return isExplicit(urn) ? partsOf(urn).name : undefined;
    const value = bag[name];
    return value === undefined || value === null ? undefined : String(value);
  };
}

/** Whether a program created the provider. */
function isExplicit(urn: string): boolean {
  return urn !== "" && !isDefaultProvider(partsOf(urn).name);
}
