import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a tenant has ordered. */
interface Tenant {
  readonly seats: number;
  readonly rooms: readonly string[];
}

/** All tenants, by name. The name of a tenant is also the name of its stack. */
export function readTenants(): Readonly<Record<string, Tenant>> {
  return JSON.parse(readFileSync(join(__dirname, "tenants.json"), "utf8")) as Record<string, Tenant>;
}
