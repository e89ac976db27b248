import type { ObjectType } from "../../provider/src/objects/objectType";
import { type Bag, registered } from "../../provider/src/pulumi/state";

export const DAY = 86_400;

/** What rotates: a month long, and a week before its end. */
const LASTING = { expiryInSeconds: 30 * DAY, rotateBeforeSeconds: 7 * DAY };

/** What a program declares, a change of it that is made in place, and one that replaces (of a project there is none). */
export function programs(type: ObjectType, own: string): Record<"given" | "updated" | "replaced", Bag> {
  const [{ name }, text] = [type, registered(type)];
  if (name === "TurnProject") {
    const given = { ...text, projectName: own, quotaInBytes: 2_000_000, quotaExceededAction: "notify" };
    const updated = { ...given, quotaInBytes: 3_000_000, notificationEmails: ["ops@example.com"] };
    return { given, updated, replaced: updated };
  }
  const isCredential = name === "TurnCredential";
  const given = { ...text, ...(isCredential ? { label: own } : { globalToken: true, name: own }), ...LASTING };
  const updated = { ...given, ...(isCredential ? { region: "eu" } : { rotateBeforeSeconds: 6 * DAY }) };
  return { given, updated, replaced: { ...given, triggers: ["again"] } };
}
