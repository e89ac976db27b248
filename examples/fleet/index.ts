import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";
import { readTenants } from "./tenant";

// The program of one stack, for one tenant. `rollout.ts` runs it for all tenants.
const name = pulumi.getStack();
const tenant = readTenants()[name];
if (!tenant) throw new pulumi.RunError(`There is no tenant "${name}" in tenants.json.`);

/** The URL of each of the tenant's rooms. */
export const links: Record<string, pulumi.Output<string>> = {};

for (const room of tenant.rooms) {
  const made = new metered.MeetingRoom(room, {
    roomName: `${name}-${room}`,
    privacy: "private",
    maxParticipants: tenant.seats,
  });
  links[room] = made.url;
}
