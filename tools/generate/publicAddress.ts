/**
 * Everything that needs a public address, in one place. Empty until the repository has one: then the schema leaves it out.
 * docs/releasing.md says what to set before the first release.
 */
interface PublicAddress {
  /** Of the site with the documentation. */
  readonly homepage: string;
  /** Of the source code. */
  readonly repository: string;
  /** Of a picture for Pulumi's registry. */
  readonly logoUrl: string;
  /** Where Pulumi downloads the plugin: `github://api.github.com/OWNER/REPOSITORY`, or a folder of archives. */
  readonly pluginDownloadURL: string;
}

const publicAddress: PublicAddress = { homepage: "", repository: "", logoUrl: "", pluginDownloadURL: "" };

/** Who publishes the package, as Pulumi's registry shows it. */
export const PUBLISHER = "pulumi-metered";

/** What is set of the address. */
export function knownAddress(): Partial<PublicAddress> {
  return Object.fromEntries(Object.entries(publicAddress).filter(([, url]) => url !== ""));
}
