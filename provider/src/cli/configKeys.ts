import type { Stack } from "./account";
import { upperFirst } from "./identifiers";

/** A setting that may contain a credential. */
interface Sensitive {
  readonly setting: string;
  readonly value: string;
}

/** The same, as the generated module reads it from the stack's configuration. */
export interface SecretSetting extends Sensitive {
  /** Its key in the configuration, in the project's own namespace. */
  readonly key: string;
  /** Whether the configuration holds it already. */
  readonly isSet: boolean;
}

/**
 * Finds keys for secrets in the project's own configuration, and takes none that holds something else. Rooms that have
 * the same value for a setting, such as one webhook for all, share its key: Pulumi takes a second to set each.
 */
export class ConfigKeys {
  private readonly found = new Map<string, SecretSetting>();
  private readonly taken = new Set<string>();
  private readonly counts = new Map<string, number>();

  /** @param all what there will be keys for */
  constructor(
    private readonly stack: Stack | undefined,
    all: readonly Sensitive[],
  ) {
    for (const each of all) this.counts.set(identity(each), (this.counts.get(identity(each)) ?? 0) + 1);
  }

  /** @param variable of the room */
  keyFor(variable: string, secret: Sensitive): SecretSetting {
    const known = this.found.get(identity(secret));
    if (known) return known;
    const isShared = (this.counts.get(identity(secret)) ?? 0) > 1;
    const found = this.free(isShared ? secret.setting : `${variable}${upperFirst(secret.setting)}`, secret);
    this.found.set(identity(secret), found);
    return found;
  }

  private free(base: string, secret: Sensitive): SecretSetting {
    for (let number = 1; ; number++) {
      const key = number === 1 ? base : `${base}${number}`;
      const current = this.stack?.config[`${this.stack.project.name}:${key}`];
      const isSet = current?.secret === true && current.value === secret.value;
      if (this.taken.has(key) || (current !== undefined && !isSet)) continue;
      this.taken.add(key);
      return { ...secret, key, isSet };
    }
  }
}

function identity({ setting, value }: Sensitive): string {
  return `${setting}\n${value}`;
}
