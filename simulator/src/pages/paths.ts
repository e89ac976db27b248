import { controlPrefix } from "../control/local";
import type { StoredRoom } from "../rooms/types";

/** Where the pages are that are not Metered's. */
export const pagesPrefix = `${controlPrefix}/pages`;

export const paths = {
  rooms: "/",
  tokens: `${pagesPrefix}/tokens`,
  credentials: `${pagesPrefix}/credentials`,
  projects: `${pagesPrefix}/projects`,
  requests: `${pagesPrefix}/requests`,
  faults: `${pagesPrefix}/faults`,
  switches: `${pagesPrefix}/switches`,
  style: `${pagesPrefix}/style.css`,
  script: `${pagesPrefix}/script.js`,
  icon: `${pagesPrefix}/icon.svg`,
} as const;

/** A room's own link, as on Metered; by its id where the link would lead elsewhere. */
export function pathOf(room: Readonly<StoredRoom>): string {
  const { kind, _id, roomName, archived } = room;
  if (kind === "live") return `/${encodeURIComponent(_id)}/player`;
  const isPlain = /^[\w-]{1,200}$/.test(roomName) && !["api", controlPrefix.slice(1)].includes(roomName);
  return isPlain && !archived ? `/${roomName}` : idPathOf(room);
}

/** A room's page by its id: the name may be another room's by now. Forms post below it. */
export function idPathOf({ _id }: Readonly<StoredRoom>): string {
  return `${pagesPrefix}/rooms/${encodeURIComponent(_id)}`;
}

export function broadcastPathOf({ _id }: Readonly<StoredRoom>, appId: string): string {
  return `/livestreaming-rooms/${encodeURIComponent(_id)}/app/${appId}/broadcast`;
}
