import { MeteredError } from "../errors";
import type { Note } from "../notes";
import type { Account } from "./account";
import { type Attempts, type Limits, realTime, type Time } from "./attempts";
import { Http, isReply, type Outcome, type Request } from "./http";
import { type About, type Answer, judge, missing } from "./judge";

/** What an operation brings along. */
export interface Options {
  readonly limits?: Limits | undefined;
  /** Told when the operation has lasted for more than two seconds and waits to try again, then every 30 s at most. */
  readonly tell?: ((note: Note) => void) | undefined;
}

/** What every family of endpoints is built on: it sends a request about a call, and answers with a judged response. */
export class Caller {
  private readonly http: Http;
  /**
   * How far the server's clock is ahead of this machine's, in seconds, by the last response; undefined before the first.
   * Responses that were long on the way make it no better than a few seconds.
   */
  clockOffset: number | undefined;

  constructor(
    readonly account: Account,
    private readonly time: Time = realTime,
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
    if (leadsElsewhere(request.path)) throw new MeteredError(missing(about.call, true));
    return this.judge(about, await this.send(about, request, options, attempts));
  }

  /** The first half of `ask`, for an outcome that several calls wait for. */
  async send(
    { call }: About,
    request: Request,
    { limits, tell }: Options = {},
    attempts = this.attempts(limits),
  ): Promise<Outcome> {
    attempts.onWait = tell && ((problem) => tell({ note: "waiting", subject: call.subject, app: call.app, problem }));
    const outcome = await this.http.send(request, attempts);
    const date = isReply(outcome.last) ? outcome.last.date : undefined;
    if (date !== undefined) this.clockOffset = (date - this.time.now()) / 1000;
    return outcome;
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

/** Nothing can be named "", "." or "..": in a URL they lead to another path, however they are written. */
function leadsElsewhere(path: string): boolean {
  return path.split("/").some((part, i) => i > 0 && ["", ".", ".."].includes(part));
}
