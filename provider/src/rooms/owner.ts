/** A resource of the program: its URN, or undefined where Pulumi doesn't tell the provider which one it is about. */
export type Owner = string | undefined;
