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
  const { bag, secrets } = fromWire(struct);
  const { rooms, secretSettings = {} } = bag;
  const marked =
    secrets.has("rooms") && isBag(rooms) && isBag(secretSettings) ? struct?.toJavaScript().rooms : undefined;
  if (!isBag(marked) || isMarkedAsSecret(marked) || !isBag(rooms) || !isBag(secretSettings)) return { bag, secrets };
  const parts = Object.entries(marked).map(([key, room]) => [key, partsOf(room, rooms[key])] as const);
  const own = Object.fromEntries(parts.filter(([, { secret }]) => Object.keys(secret).length > 0));
  const merged = Object.keys({ ...secretSettings, ...own }).map((key) => {
    return [
      key,
      isBag(secretSettings[key] ?? {}) ? { ...own[key]?.secret, ...(secretSettings[key] as Bag) } : secretSettings[key],
    ] as const;
  });
  const isStillSecret = parts.some(([, { isSecret }]) => isSecret);
  return {
    bag: {
      ...bag,
      rooms: Object.fromEntries(parts.map(([key, { plain }]) => [key, plain])),
      secretSettings: Object.fromEntries(merged),
    },
    secrets: new Set([...secrets, "secretSettings"].filter((name) => isStillSecret || name !== "rooms")),
  };
}

interface Parts {
  readonly plain: unknown;
  readonly secret: Bag;
  /** Whether what is plain contains a secret all the same. */
  readonly isSecret: boolean;
}

/** @param room as the wire has it, with marks @param value the same without them */
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
