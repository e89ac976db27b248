import { createHash } from "node:crypto";

const LENGTH = 16;

/** The Pulumi id of what is known by a secret: Pulumi can't encrypt an id. 16 hex digits, always the same. */
export function fingerprint(secret: string): string {
  return createHash("sha256").update(secret).digest("hex").slice(0, LENGTH);
}
