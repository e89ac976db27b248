import assert from "node:assert/strict";
import type { CustomResource, CustomResourceOptions, ResourceTransformation } from "@pulumi/pulumi/resource";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import * as metered from "../../provider/src";
import { registered } from "../support/program";

interface Request {
  getDeletebeforereplace(): boolean;
  getDeletebeforereplacedefined(): boolean;
}

/** Whether a room is registered with the order of its replacements, and which one; undefined for the provider's own. */
async function registeredOrder(
  roomName: string | undefined,
  opts: CustomResourceOptions,
  declare: (opts: CustomResourceOptions) => CustomResource = (options) =>
    new metered.MeetingRoom("lobby", { privacy: "public", ...(roomName ? { roomName } : {}) }, options),
): Promise<boolean | undefined> {
  const requests: Request[] = [];
  await registered("made", () => {
    const monitor = getMonitor() as unknown as { registerResource(request: Request, ...rest: unknown[]): unknown };
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, ...rest) => {
      requests.push(request);
      return register(request, ...rest);
    };
    return declare(opts);
  });
  const [request, ...others] = requests;
  assert.ok(request && others.length === 0);
  return request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined;
}

describe("the order in which Pulumi replaces a room", () => {
  const naming: ResourceTransformation = ({ props, opts }) => ({ props: { ...props, roomName: "given" }, opts });

  it("is the provider's for a given name", async () => {
    assert.equal(await registeredOrder("given", {}), undefined);
  });

  it("is the provider's for a generated name, and for one that a transformation gives", async () => {
    assert.equal(await registeredOrder(undefined, {}), undefined);
    assert.equal(await registeredOrder(undefined, { transformations: [naming] }), undefined);
  });

  it("is the program's where it says one", async () => {
    for (const deleteBeforeReplace of [true, false])
      assert.equal(await registeredOrder(undefined, { deleteBeforeReplace }), deleteBeforeReplace);
  });

  it("deletes a whole set first, whose names the new one has, unless the program says otherwise", async () => {
    const set = (options: CustomResourceOptions) =>
      new metered.MeetingRoomSet("courses", { rooms: { math: { privacy: "public", roomName: "math" } } }, options);
    assert.equal(await registeredOrder(undefined, {}, set), true);
    assert.equal(await registeredOrder(undefined, { deleteBeforeReplace: false }, set), false);
  });
});
