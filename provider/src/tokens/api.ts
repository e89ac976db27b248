import type { Subject } from "../errors";

/** The endpoints for access tokens. Metered keeps no token: there is nothing to list, to change or to revoke. */
export interface TokenApi {
  /** Repeated like a GET, since it leaves nothing on the server. */
  create(subject: Subject, body: Readonly<Record<string, unknown>>): Promise<string>;
  /** Whether Metered accepts the token at this moment. Needs no secret key. */
  isValid(token: string): Promise<boolean>;
}
