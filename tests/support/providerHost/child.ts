/**
 * The process behind a ProviderHost. Its arguments: the script of Pulumi's dynamic-provider process or of the plugin, the
 * folder of a program that depends on pulumi-metered, and the folders of the code that remembers something.
 */
import { globalAgent } from "node:http";
import { sep } from "node:path";
import { Server, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { Addresses } from "../addresses";
import { SkippingTime } from "../skippingTime";
import type { Answer, Request } from "./messages";

/** Whoever waits longer is gRPC itself. The provider's own waits are shorter. */
const LONGEST_WAIT_MS = 60_000;
/** Between two runs of the engine some time passes: what was made in one of them is known to be older in the next. */
const BETWEEN_RUNS_MS = 5000;

// What is left for the script is the address of an engine: none.
const [script = "", folder = "", ...code] = process.argv.splice(2, Number.POSITIVE_INFINITY, "");
const say = (answer: Answer) => void process.send?.(answer);
const time = new SkippingTime((now) => say({ said: "skipped", now }));
const addresses = new Addresses();

type Service = UntypedServiceImplementation;

/** What of Pulumi's service has begun last. */
let begun: Service = {};
let port: Promise<number> | undefined;

process.chdir(folder);
time.rule(LONGEST_WAIT_MS);
addresses.install();
keepOneServer();
process.on("message", (request: Request) => void obey(request));

async function obey(request: Request): Promise<void> {
  if (request.ask === "begin") return say({ said: "began", port: await begin(), now: time.now() });
  if (request.ask === "skip") {
    time.skip(request.ms);
    return say({ said: "passed" });
  }
  if (request.ask === "look") return say({ said: "seen", waits: time.waits, nextAt: time.nextAt });
  if (request.ask === "hold" || request.ask === "next") {
    if (request.ask === "hold") time.hold(request.isHeld);
    else time.next();
    return say({ said: "passed" });
  }
  addresses.strike(request.next, request.always);
  say({ said: "struck" });
}

/** All that a new process would not know is forgotten: the script and our own code are loaded anew. */
async function begin(): Promise<number> {
  time.skip(BETWEEN_RUNS_MS);
  globalAgent.destroy();
  for (const path of Object.keys(require.cache)) {
    if (path === script || code.some((part) => path.startsWith(part + sep))) delete require.cache[path];
  }
  module.children.length = 0;
  for (const event of ["uncaughtException", "unhandledRejection", "exit"]) process.removeAllListeners(event);
  require(script);
  return port ?? 0;
}

/** Of the servers that the script makes, the first one listens, and hands over to the one that began last. */
function keepOneServer(): void {
  const { addService, bindAsync } = Server.prototype;
  Server.prototype.addService = function (definition, service) {
    begun = service;
    const methods = Object.keys(definition).map((name) => [name, callOf(name)]);
    if (!port) addService.call(this, definition, Object.fromEntries(methods) as Service);
  };
  Server.prototype.bindAsync = function (address, credentials, callback) {
    port ??= new Promise((resolve, reject) => {
      bindAsync.call(this, address, credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
    });
    void port.then((bound) => callback(null, bound));
  };
}

function callOf(name: string) {
  return (...call: unknown[]) => (begun[name] as (...call: unknown[]) => void).apply(begun, call);
}
