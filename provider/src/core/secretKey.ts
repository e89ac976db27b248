/** Why a key that stands in the stack's configuration in clear is refused, and the way out. */
export const KEY_IN_CLEAR =
  "metered:secretKey is in the stack's configuration in clear, and would be in the state in clear. " +
  "Run: pulumi config set --secret metered:secretKey (and have a new key made in Metered's dashboard if the file was shared).";
