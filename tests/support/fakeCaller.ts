import { Attempts, realTime } from "../../provider/src/metered/attempts";
import type { Caller } from "../../provider/src/metered/caller";
import type { Request } from "../../provider/src/metered/http";
import type { About, Answer } from "../../provider/src/metered/judge";

/** The moment at which every response is given, in unix milliseconds. */
export const ANSWERED = Date.UTC(2030, 0, 1);

/** What a family of endpoints is built on, without a connection: it notes what is asked, and answers what it is told to. */
export class FakeCaller {
  readonly asked: { readonly about: About; readonly request: Request; readonly attempts: Attempts | undefined }[] = [];
  private readonly answers: (() => Answer)[] = [];

  /** Answers the next request that has no answer yet. */
  answer(body: unknown, status = 200): this {
    this.answers.push(() => ({ status, body, date: ANSWERED }));
    return this;
  }

  fail(error: Error): this {
    this.answers.push(() => {
      throw error;
    });
    return this;
  }

  get caller(): Caller {
    const ask: Caller["ask"] = async (about, request, _options, attempts) => {
      this.asked.push({ about, request, attempts });
      const answer = this.answers.shift();
      if (!answer) throw new Error(`nothing was to be asked: ${request.method} ${request.path}`);
      return answer();
    };
    const attempts = () => new Attempts(0, realTime);
    return { account: { appName: "demo" }, attempts, ask } as unknown as Caller;
  }

  /** The requests by themselves. */
  get requests(): Request[] {
    return this.asked.map(({ request }) => request);
  }
}
