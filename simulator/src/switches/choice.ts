/** A question that Metered's documentation leaves open, with the answers that this server can play. */
export interface SwitchDefinition {
  readonly values: readonly [string | number, ...(string | number)[]];
  readonly default: string | number;
  readonly doc: string;
  readonly group: SwitchGroup;
}

/** In the order of the page and of the help. */
export const switchGroups = [
  "Missing rooms",
  "Names",
  "Updates",
  "Validation",
  "Responses",
  "Keys and account",
  "Live rooms",
  "Access tokens",
  "TURN",
] as const;
export type SwitchGroup = (typeof switchGroups)[number];

/** Switches of one group. The first value is the default. */
export function inGroup(group: SwitchGroup) {
  return <const V extends readonly [string | number, ...(string | number)[]]>(doc: string, ...values: V) =>
    ({ doc, values, default: values[0], group }) as const;
}
