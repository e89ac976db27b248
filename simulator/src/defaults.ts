export const defaults = { app: "demo", secretKey: "simulator-secret" } as const;

interface Address {
  readonly url: string;
  readonly app: string;
  readonly secretKey: string;
}

/** The commands that point a Pulumi stack at a server. */
export function stackCommands({ url, app, secretKey }: Address): string[] {
  // A key that somebody chose is theirs: without a value, pulumi asks for it.
  const shownKey = isPublicKey(secretKey) ? ` ${secretKey}` : "";
  return [
    `pulumi config set metered:endpoint ${url}`,
    `pulumi config set metered:appName ${app}`,
    `pulumi config set --secret metered:secretKey${shownKey}`,
  ];
}

/** The default key stands in the documents and guards nothing. */
export function isPublicKey(key: string): boolean {
  return key === defaults.secretKey;
}
