import type { Struct as WireStruct } from "google-protobuf/google/protobuf/struct_pb";
import { isMarkedAsSecret } from "../secrets";
import { isBag } from "../setState";
import type { Bag } from "../state";
import { fromWire, type Values } from "./values";

/**
 * The inputs of a set. A secret setting of a room goes to those in `secretSettings`, as the class in Node.js does it: left
 * among the rooms, it would make one secret of all of them. The name stays, since it's no setting.
 */
export function setFromWire(struct: WireStruct | undefined): Values {
  const values = fromWire(struct);
  const { rooms, secretSettings = {} } = values.bag;
  const marked = values.secrets.has("rooms") ? struct?.toJavaScript().rooms : undefined;
  // A map that is a secret, or comes later, as a whole stays as it is.
  if (!isBag(marked) || isMarkedAsSecret(marked) || !isBag(rooms) || !isBag(secretSettings)) return values;
  const parts = new Map(Object.entries(marked).map(([key, room]) => [key, partsOf(room, rooms[key])]));
  const secretsOf = (key: string): unknown => {
    const [own, given] = [parts.get(key)?.secret, secretSettings[key] ?? {}];
    return isBag(given) ? { ...own, ...given } : given;
  };
  const moved = [...parts].filter(([, { secret }]) => Object.keys(secret).length > 0).map(([key]) => key);
  const keys = [...new Set([...Object.keys(secretSettings), ...moved])];
  const isStillSecret = [...parts.values()].some(({ isSecret }) => isSecret);
  return {
    bag: {
      ...values.bag,
      rooms: Object.fromEntries([...parts].map(([key, { plain }]) => [key, plain])),
      secretSettings: Object.fromEntries(keys.map((key) => [key, secretsOf(key)])),
    },
    secrets: new Set([...values.secrets, "secretSettings"].filter((name) => isStillSecret || name !== "rooms")),
  };
}

interface Parts {
  readonly plain: unknown;
  readonly secret: Bag;
  /** Whether what is plain contains a secret all the same. */
  readonly isSecret: boolean;
}

/**
 * @param room as the wire has it, with marks
 * @param value the same without them
 */
function partsOf(room: unknown, value: unknown): Parts {
  if (!isBag(room) || !isBag(value)) return { plain: value, secret: {}, isSecret: false };
  if (isMarkedAsSecret(room)) return { plain: value, secret: {}, isSecret: true };
  const marked = new Set(Object.keys(room).filter((name) => isMarkedAsSecret(room[name])));
  const isMoved = (name: string) => marked.has(name) && name !== "roomName";
  const entries = Object.entries(value);
  return {
    plain: Object.fromEntries(entries.filter(([name]) => !isMoved(name))),
    secret: Object.fromEntries(entries.filter(([name]) => isMoved(name))),
    isSecret: marked.has("roomName"),
  };
}
