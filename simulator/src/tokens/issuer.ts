import type { Clock } from "../clock";
import type { Settings } from "../rooms/types";
import { type Claims, sign, tokenKeyOf, type Verdict, verify } from "./jwt";

/** A token that was handed out. */
export interface IssuedToken {
  readonly token: string;
  readonly claims: Claims;
  /** In milliseconds, by the server's clock. */
  readonly at: number;
}

const remembered = 1000;

/** Issues access tokens and remembers the newest of them. Metered documents no way to list or revoke them. */
export class TokenIssuer {
  /** The key of the signatures, with which a test can check a token itself. */
  readonly key: string;
  readonly issued: IssuedToken[] = [];

  constructor(
    private readonly app: string,
    secretKey: string,
    private readonly clock: Clock,
  ) {
    this.key = tokenKeyOf(app, secretKey);
  }

  issue(given: Settings): string {
    const at = this.clock.now();
    const claims: Claims = {
      data: { ...given, appName: this.app },
      iat: Math.floor(at / 1000),
      ...(typeof given.notBeforeUnixSec === "number" ? { nbf: given.notBeforeUnixSec } : {}),
      ...(typeof given.expireUnixSec === "number" ? { exp: given.expireUnixSec } : {}),
    };
    const token = sign(claims, this.key);
    if (this.issued.push({ token, claims, at }) > remembered) this.issued.shift();
    return token;
  }

  verify(token: string): Verdict {
    return verify(token, this.key, this.clock.now());
  }
}
