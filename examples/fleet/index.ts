import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";
import { readTenants } from "./tenant";

// The program of one stack, which is one tenant. `rollout.ts` runs it for all of them.
const name = pulumi.getStack();
const tenant = readTenants()[name];
if (!tenant) throw new pulumi.RunError(`There is no tenant "${name}" in tenants.json.`);

/** Room by room, where the tenant's people meet. */
export const links: Record<string, pulumi.Output<string>> = {};

for (const room of tenant.rooms) {
  const made = new metered.MeetingRoom(room, {
    roomName: `${name}-${room}`,
    privacy: "private",
    maxParticipants: tenant.seats,
  });
  links[room] = made.url;
}
