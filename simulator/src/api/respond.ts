import { type Delivery, spoil } from "../faults/spoil";
import { commits } from "../faults/table";
import type { World } from "../world";
import { type Answer, ok } from "./answer";
import { type Call, carryOut, type Route } from "./call";

/** The whole way of a request: latency, the fault that waits for it, and what it asks for. */
export async function respond(world: World, route: Route | undefined, call: Call): Promise<Delivery> {
  const fault = world.faults.next(call.entry);
  if (fault !== undefined) call.entry.fault = fault.fault;
  await world.wait(world.latencyMs);
  if (fault === undefined) return { answer: await carryOut(world, route, call), manner: "whole" };
  const delays = fault.fault === "delay";
  const ms = delays ? (fault.ms ?? 0) : 0;
  if (!commits(fault)) await world.wait(ms);
  const answer = commits(fault) || delays ? await carryOut(world, route, call) : imagined(call);
  if (commits(fault)) await world.wait(ms);
  return spoil(fault, answer);
}

// For faults that corrupt a response without carrying the request out: there must be something to corrupt.
function imagined({ entry }: Call): Answer {
  const { kind, operation, roomName = "imagined", at } = entry;
  if (operation === "delete") return ok({ success: true, message: "Room successfully archived" });
  if (kind === "token") return ok({ token: "imagined" });
  const created = new Date(at).toISOString();
  const room = { _id: "abcdef0123456789abcdef01", roomName, archived: false, lang: "en", created, __v: 0 };
  return ok(operation === "list" ? [room] : room);
}
