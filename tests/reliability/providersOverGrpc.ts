import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/core/errors";
import { LostUpdate, NotAsDeclared } from "../../provider/src/core/initFailures";
import type { AddressTrouble } from "../support/addresses";
import { codeOf, type RoomsClient, type WireError } from "../support/providerClient";
import type { Face, ProviderHost } from "../support/providerHost";
import type { Configured, Provider, Providers } from "./providers";

/** The built code in Pulumi's own dynamic-provider process, or in the plugin, as the engine speaks to it. */
export class ProvidersOverGrpc implements Providers {
  constructor(private readonly host: ProviderHost) {}

  get face(): Face {
    return this.host.face;
  }

  now(): number {
    return this.host.now();
  }

  skip(ms: number): Promise<void> {
    return this.host.skip(ms);
  }

  async run<T>(configured: Configured, _notes: string[], work: (provider: Provider) => Promise<T>): Promise<T> {
    await this.begin(configured);
    return work(this.provider(configured));
  }

  /** A new process, which serves any rooms. */
  begin(configured: Configured): Promise<void> {
    return this.host.begin(settingsOf(configured));
  }

  provider({ type, name }: Configured): Provider {
    return overWire(this.host.rooms(codeOf(type), name));
  }

  strike(next: readonly AddressTrouble[], always?: AddressTrouble): Promise<void> {
    return this.host.strike(next, always);
  }
}

function settingsOf({ account, adoptExisting }: Configured): Record<string, string> {
  return {
    appName: account.appName,
    secretKey: account.secretKey,
    endpoint: account.origin,
    timeoutSeconds: String(account.timeoutMs / 1000),
    retrySeconds: String(account.patienceMs / 1000),
    maxConcurrentRequests: String(account.maxConcurrentRequests),
    adoptExisting: String(adoptExisting),
  };
}

function overWire(client: RoomsClient): Provider {
  const told = <T>(call: Promise<T>) =>
    call.catch((error: WireError) => {
      throw asTold(error);
    });
  return {
    check: (olds, news) => told(client.check(olds, news)),
    diff: async (id, olds, news) => {
      const { changes, ...found } = await told(client.diff(id, olds, news));
      return changes === "unknown" ? found : { ...found, changes: changes === "some" };
    },
    create: (inputs) => told(client.create(inputs)),
    read: (id, olds) => told(client.read(id, olds)),
    ...(client.import && { import: (id: string) => told(client.import?.(id) ?? assert.fail()) }),
    update: (id, olds, news) => told(client.update(id, olds, news)),
    delete: (id, olds) => told(client.delete(id, olds)),
  };
}

/** What a reader must be able to tell apart from the text alone, which is all that crosses the wire. First match. */
const CAUSES: readonly (readonly [cause: string, says: RegExp])[] = [
  ["AppChanged", /belongs to the Metered app ".*nothing was touched/],
  ["BadKey", /it does not accept the secret key/],
  ["UnknownApp", /Metered knows no app/],
  ["CannotTell", /^Cannot tell whether/],
  ["CannotDelete", /^Cannot delete .*no way to delete one|^Cannot replace .*extended outside Pulumi/],
  ["RoomReplacedOutside", /^Cannot update .*somebody made another room/],
  ["NameUsedTwice", /another resource of this program has the room of that name/],
  ["NameTaken", /a room of that name exists|the name exists in the app/],
  ["RoomNotFound", /it does not exist in the Metered app/],
  ["RateLimited", /too many requests/],
  ["ServerError", /^Metered failed to/],
  ["LiveStreamingOff", /Most likely Live Streaming is not switched on/],
  ["InvalidSetting", /Correct the setting in the program/],
  ["PerhapsTaken", /^Metered refused to .* Most likely it is the name/],
  ["RequestRefused", /^Metered refused to/],
  ["NoConnection", /, after (one try|\d+ tries)\./],
  ["UnreadableReply", /: the reply /],
  ["BadConfiguration", /metered:/],
];

class Told extends MeteredError {
  constructor(message: string) {
    super(message, /may have been (created|done) all the same/.test(message));
    this.name = CAUSES.find(([, says]) => says.test(message))?.[0] ?? "no cause that a reader could tell";
  }
}

function asTold({ message, initFailure }: WireError): MeteredError {
  if (!initFailure) return new Told(message);
  const { id, properties, reasons } = initFailure;
  const cause = new Told(reasons.join(" "));
  return cause.mayHaveHappened
    ? new LostUpdate(id, properties, cause)
    : new NotAsDeclared(id, properties, [...reasons]);
}
