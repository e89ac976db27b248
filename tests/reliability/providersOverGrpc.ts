import assert from "node:assert/strict";
import type { AddressTrouble } from "../support/addresses";
import { codeOf, type RoomsClient, type WireError } from "../support/providerClient";
import type { Face, ProviderHost } from "../support/providerHost";
import type { Configured, Provider, Providers } from "./providers";
import { Told } from "./told";

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
    diff: async (id, olds, news, oldInputs) => {
      const { changes, ...found } = await told(client.diff(id, olds, news, oldInputs));
      return changes === "unknown" ? found : { ...found, changes: changes === "some" };
    },
    create: (inputs) => told(client.create(inputs)),
    read: (id, olds, oldInputs) => told(client.read(id, olds, oldInputs)),
    ...(client.import && { import: (id: string) => told(client.import?.(id) ?? assert.fail()) }),
    update: (id, olds, news, oldInputs) => told(client.update(id, olds, news, oldInputs)),
    delete: (id, olds) => told(client.delete(id, olds)),
  };
}

/** The text is all that crosses the wire. */
function asTold({ message, initFailure }: WireError): Told {
  return new Told(message, initFailure);
}
