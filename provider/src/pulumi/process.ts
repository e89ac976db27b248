import { type ConfigurationProblem, MeteredError } from "../errors";
import type { Account } from "../metered/account";
import { type Limits, realTime, type Time } from "../metered/attempts";
import { MeteredClient } from "../metered/client";
import type { Note } from "../notes";
import type { ObjectType } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import { Claims } from "../rooms/claims";
import type { Owner } from "../rooms/owner";
import type { Place } from "../rooms/place";
import type { RoomType } from "../rooms/roomType";
import type { SetPlace } from "../rooms/set/setPlace";
import type { SetType } from "../rooms/set/setType";
import { type Configuration, explicitProvider, type Reader, readConfiguration } from "./configuration";
import type { AccountSource } from "./words/viewpoint";

/** For whom an operation is. */
export interface Errand {
  readonly owner?: Owner;
  /** Tells the user something that is no error. */
  readonly tell: (note: Note) => void;
  readonly limits?: Limits;
}

/** What all resources of a provider process share, once it is configured: one account, one client, the claims of the run. */
export class ProviderProcess {
  readonly claims: Claims;
  private readonly configured: Configuration | { readonly problems: readonly ConfigurationProblem[] };
  private readonly source: AccountSource;
  /** Usernames of the TURN credentials that this process has created. */
  private readonly handedOut = new Set<string>();
  private readonly underWay: ObjectPlace["underWay"] = new Set();
  private made: MeteredClient | undefined;

  /**
   * Only reads the configuration: what is wrong with it is told to whoever needs it.
   *
   * @param urn of the explicit provider that the configuration is from, where the face knows it
   */
  constructor(
    config: Reader,
    env: NodeJS.ProcessEnv = process.env,
    urn?: string,
    private readonly time: Time = realTime,
  ) {
    this.configured = readConfiguration(config, env);
    this.source = accountSource(config, urn, env);
    this.claims = new Claims(time);
  }

  /** What is wrong with the configuration. */
  get problems(): readonly ConfigurationProblem[] {
    return "problems" in this.configured ? this.configured.problems : [];
  }

  /** Where the account comes from, for whoever writes a sentence. */
  get account(): AccountSource {
    return this.source;
  }

  /** @throws MeteredError `InvalidConfiguration` */
  get client(): MeteredClient {
    this.made ??= new MeteredClient(this.valid.account, this.time);
    return this.made;
  }

  /** The same client where the account is the same, so that rooms and lookups have one pace. */
  clientFor(account: Account): MeteredClient {
    return JSON.stringify(this.valid.account) === JSON.stringify(account) ? this.client : new MeteredClient(account);
  }

  /** @throws MeteredError `InvalidConfiguration` */
  place(type: RoomType, { owner, tell, limits = {} }: Errand): Place {
    const { adoptExisting } = this.valid;
    const api = this.client.rooms(type, { limits, tell });
    return { type, api, claims: this.claims, owner, adoptExisting, now: () => this.time.now(), tell };
  }

  /** @throws MeteredError `InvalidConfiguration` */
  objectPlace(type: ObjectType, { tell, limits = {} }: Errand): ObjectPlace {
    const { client } = this;
    const { appName } = this.valid.account;
    const [turn, tokens] = [client.turn({ limits, tell }), client.tokens({ limits, tell })];
    const api = {
      ...{ appName, turn, tokens },
      get clockOffset() {
        return client.clockOffset;
      },
    };
    const { handedOut, underWay } = this;
    return { type, api, handedOut, underWay, now: () => this.time.now(), tell };
  }

  /**
   * @param setName the set's Pulumi id
   * @throws MeteredError `InvalidConfiguration`
   */
  setPlace(set: SetType, setName: string, errand: Errand & Pick<SetPlace, "progress">): SetPlace {
    const { limits = {}, tell, progress } = errand;
    const list = set.room.name === "MeetingRoom" ? () => this.client.meetingRooms({ limits, tell }) : undefined;
    // A few more than the requests that may be under way, so that none waits for its turn to be asked for.
    const width = 2 * this.valid.account.maxConcurrentRequests;
    return { ...this.place(set.room, errand), set, setName, list, width, signal: limits.signal, progress };
  }

  private get valid(): Configuration {
    if (!("problems" in this.configured)) return this.configured;
    throw new MeteredError({ cause: "InvalidConfiguration", problems: this.configured.problems });
  }
}

/** Where the account of a configuration comes from. */
export function accountSource(config: Reader, urn?: string, env: NodeJS.ProcessEnv = process.env): AccountSource {
  const name = explicitProvider(config);
  if (name !== undefined) return { kind: "provider", name, urn };
  const isOfStack = config("metered:appName") !== undefined || config("metered:secretKey") !== undefined;
  const isOfEnvironment = Boolean(env.METERED_APP_NAME || env.METERED_SECRET_KEY);
  // Where nothing says so yet, the stack's configuration is the place for it.
  return { kind: isOfEnvironment && !isOfStack ? "environment" : "stack" };
}
