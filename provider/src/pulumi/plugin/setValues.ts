import type { Struct as WireStruct } from "google-protobuf/google/protobuf/struct_pb";
import { isMarkedAsSecret } from "../secrets";
import { isBag } from "../setState";
import type { Bag } from "../state";
import { fromWire, type Plain, plainOf, type Values } from "./values";

/**
 * The inputs of a set. A secret setting of a room goes to those in `secretSettings`, as the class in Node.js does it: left
 * among the rooms, it would make one secret of all of them. The name stays, since it's no setting.
 */
export function setFromWire(struct: WireStruct | undefined): Values {
  const values = fromWire(struct);
  const { secretSettings = {} } = values.bag;
  const marked = values.secrets.has("rooms") ? struct?.toJavaScript().rooms : undefined;
  // A map that is a secret, or comes later, as a whole stays as it is.
  if (!isBag(marked) || isMarkedAsSecret(marked) || !isBag(secretSettings)) return values;
  const parts = new Map(Object.entries(marked).map(([key, room]) => [key, partsOf(room)]));
  const secretsOf = (key: string): unknown => {
    const [own, given] = [parts.get(key)?.secret, secretSettings[key] ?? {}];
    return isBag(given) ? { ...own, ...given } : given;
  };
  const moved = [...parts].filter(([, { secret }]) => Object.keys(secret).length > 0).map(([key]) => key);
  const keys = [...new Set([...Object.keys(secretSettings), ...moved])];
  const isStillSecret = [...parts.values()].some(({ plain }) => plain.isSecret);
  return {
    bag: {
      ...values.bag,
      rooms: Object.fromEntries([...parts].map(([key, { plain }]) => [key, plain.value])),
      secretSettings: Object.fromEntries(keys.map((key) => [key, secretsOf(key)])),
    },
    secrets: new Set([...values.secrets, "secretSettings"].filter((name) => isStillSecret || name !== "rooms")),
  };
}

/** The secret settings of a room, and the rest: where anything in that is still a secret, all of it has to be. */
function partsOf(room: unknown): { readonly plain: Plain; readonly secret: Bag } {
  if (!isBag(room) || isMarkedAsSecret(room)) return { plain: plainOf(room), secret: {} };
  const isMoved = ([name, value]: [string, unknown]) => name !== "roomName" && isMarkedAsSecret(value);
  const entries = Object.entries(room);
  return {
    plain: plainOf(Object.fromEntries(entries.filter((each) => !isMoved(each)))),
    secret: Object.fromEntries(entries.filter(isMoved).map(([name, value]) => [name, plainOf(value).value])),
  };
}
