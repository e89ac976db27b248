import fc from "fast-check";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field, Settings, Value } from "../../provider/src/schema/field";
import { leastInputs, NOW } from "./rooms";

const webUrl = fc.webUrl({ withQueryParameters: true, withFragments: true, size: "small" });

function none(): never {
  throw new Error("no room has such a setting");
}

const OF_NO_ROOM = {
  ...{ httpsUrl: none, label: none, objectId: none, duration: none, quota: none, emails: none, texts: none },
};

const valueOfKind: Readonly<Record<Field["kind"], (field: Field) => fc.Arbitrary<Value>>> = {
  roomName: () => fc.stringMatching(/^[A-Za-z0-9._~-]{1,70}$/).filter((name) => !/^\.\.?$/.test(name)),
  boolean: () => fc.boolean(),
  count: () => fc.oneof(fc.nat({ max: 1000 }), fc.maxSafeNat()),
  unixSeconds: () => fc.integer({ min: NOW + 1, max: 99_999_999_999 }),
  choice: ({ values = [] }) => fc.constantFrom(...values),
  url: () => webUrl,
  // What looks masked is taken for a secret that isn't shown.
  rtmpUrl: () => webUrl.map((url) => url.replace(/^http/, "rtmp")).filter((url) => !/\*{3}|x{6}/i.test(url)),
  text: () => fc.string({ unit: "binary", maxLength: 40 }),
  ...OF_NO_ROOM,
};

/** Any valid value of a setting, by itself. */
export function validValue(field: Field): fc.Arbitrary<Value> {
  return valueOfKind[field.kind](field);
}

/** Any valid inputs of a new room, each optional setting declared or not. */
export function validInputs(type: RoomType): fc.Arbitrary<Record<string, unknown>> {
  const settings = Object.entries(type.fields).map(([name, field]) => [name, validValue(field)] as const);
  const requiredKeys = ["roomName", ...Object.keys(type.fields).filter((name) => type.fields[name]?.required)];
  return fc
    .record(Object.fromEntries(settings), { requiredKeys })
    .map((given) => leastInputs(type, keepingRules(type, given as Record<string, Value>)));
}

/** The same settings, with what they need beside them. */
function keepingRules(type: RoomType, given: Record<string, Value>): Settings {
  const kept = { ...given };
  for (const rule of type.rules.filter(({ level }) => level === "error")) {
    if ("earlierThan" in rule) {
      const [opening, end] = [kept[rule.field], kept[rule.earlierThan]];
      if (typeof opening !== "number" || typeof end !== "number" || opening < end) continue;
      // Neither may be past, so there must be room for both.
      kept[rule.field] = Math.max(end - 1, NOW + 1);
      kept[rule.earlierThan] = Math.max(end, NOW + 2);
    } else if ("needs" in rule && kept[rule.field] === rule.is) {
      kept[rule.needs] = rule.be ?? kept[rule.needs] ?? "rtmp://live.example.com/app";
    }
  }
  return kept;
}
