import dns from "node:dns";

/** What happens to a connection before it is made. */
export type AddressTrouble = "refused" | "not found";

/** The host that these tests play the name server of. */
export const HOST = "localhost";

type Lookup = typeof dns.lookup;

/** Plays the name server and the network of this process: what happens to the next connections to `HOST`, in turn. */
export class Addresses {
  private readonly real: Lookup = dns.lookup;
  private next: AddressTrouble[] = [];
  private always: AddressTrouble | undefined;

  install(): void {
    const answer = (host: string, options: dns.LookupOptions, callback: (...args: unknown[]) => void) => {
      if (host !== HOST) return this.real(host, options as dns.LookupAllOptions, callback);
      const trouble = this.next.shift() ?? this.always;
      if (trouble === "not found") {
        return callback(
          Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND", syscall: "getaddrinfo" }),
        );
      }
      // The simulator listens on 127.0.0.1 alone.
      const address = trouble === "refused" ? "127.0.0.2" : "127.0.0.1";
      if (options.all) callback(null, [{ address, family: 4 }]);
      else callback(null, address, 4);
    };
    dns.lookup = answer as unknown as Lookup;
  }

  uninstall(): void {
    dns.lookup = this.real;
  }

  strike(troubles: readonly AddressTrouble[], always?: AddressTrouble): void {
    this.next = [...troubles];
    this.always = always;
  }
}
