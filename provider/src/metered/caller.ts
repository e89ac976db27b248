import type { Note } from "../notes";
import type { Account } from "./account";
import type { Attempts, Limits, Time } from "./attempts";
import { Http, type Outcome, type Request } from "./http";
import { type About, type Answer, judge } from "./judge";

/** What an operation brings along. */
export interface Options {
  readonly limits?: Limits | undefined;
  /** Told when the operation has lasted for more than two seconds and waits to try again, then every 30 s at most. */
  readonly tell?: ((note: Note) => void) | undefined;
}

/** What every family of endpoints is built on: it sends a request about a call, and answers with a judged response. */
export class Caller {
  private readonly http: Http;

  constructor(
    readonly account: Account,
    time?: Time,
  ) {
    this.http = new Http(account, time);
  }

  attempts(limits?: Limits): Attempts {
    return this.http.attempts(limits);
  }

  /**
   * @param attempts shared with other calls of the same operation. Its own, if absent
   * @throws MeteredError for everything but a 2xx
   */
  async ask(about: About, request: Request, options?: Options, attempts?: Attempts): Promise<Answer> {
    return this.judge(about, await this.send(about, request, options, attempts));
  }

  /** The first half of `ask`, for an outcome that several calls wait for. */
  send(
    { call }: About,
    request: Request,
    { limits, tell }: Options = {},
    attempts = this.attempts(limits),
  ): Promise<Outcome> {
    attempts.onWait = tell && ((problem) => tell({ note: "waiting", subject: call.subject, app: call.app, problem }));
    return this.http.send(request, attempts);
  }

  /**
   * The second half of `ask`. No message repeats the key, whatever the call says of secrets.
   *
   * @throws MeteredError for everything but a 2xx
   */
  judge(about: About, outcome: Outcome): Answer {
    const secrets = [this.account.secretKey, ...about.secrets];
    return judge({ ...about, secrets }, this.http.host, outcome);
  }
}
