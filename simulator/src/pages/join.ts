import type { StoredRoom } from "../rooms/types";
import type { Claims } from "../tokens/jwt";
import type { World } from "../world";
import { type Html, html, instant } from "./html";
import { paths } from "./paths";

type Room = Readonly<StoredRoom>;

/** Who comes with a link, or why nobody does. */
type Entry = { readonly guest: Claims["data"] } | { readonly reason: string };

/**
 * What a guest sees who opens a meeting room's link with an access token, in place of Metered's video. Nothing on it
 * changes anything, so another page may embed it, as apps embed Metered's rooms.
 */
export function joinPage(room: Room, token: string, world: World): string {
  const entry = entryOf(room, token, world);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${room.roomName} · Metered simulator</title>
<link rel="stylesheet" href="${paths.style}">
</head>
<body>
<main>
<h1><bdi>${room.roomName}</bdi></h1>
${"reason" in entry ? html`<p id="refused"><span class="tag bad">Not let in</span> ${entry.reason}</p>` : joined(entry.guest)}
<p class="quiet">The simulator has no video: this page shows who Metered would let in.</p>
</main>
</body>
</html>
`.text;
}

function joined({ name, isAdmin }: Claims["data"]): Html {
  const admin = isAdmin === true ? html` <span class="tag">admin</span>` : html``;
  const who = typeof name === "string" ? html`Joined as <strong><bdi>${name}</bdi></strong>` : html`Joined as a guest`;
  return html`<p id="joined"><span class="tag good">In the room</span> ${who}${admin}</p>`;
}

/** A public room lets everybody in, but a token that doesn't hold is refused all the same. */
function entryOf(room: Room, token: string, { tokens, clock, store, switches }: World): Entry {
  if (room.archived) return { reason: "This room is archived." };
  const { expireUnixSec, notBeforeUnixSec } = room.settings;
  const now = clock.now();
  if (typeof expireUnixSec === "number" && expireUnixSec * 1000 <= now)
    return { reason: `The room ended at ${instant(expireUnixSec * 1000)} UTC.` };
  if (typeof notBeforeUnixSec === "number" && notBeforeUnixSec * 1000 > now)
    return { reason: `The room opens at ${instant(notBeforeUnixSec * 1000)} UTC.` };
  const verdict = tokens.verify(token);
  if ("reason" in verdict) return { reason: `The token isn't valid: ${verdict.reason}.` };
  const { roomName, globalToken } = verdict.claims.data;
  const isForThis = typeof roomName === "string" && store.find("meeting", roomName, switches.nameCase) === room;
  if (roomName === undefined ? globalToken !== true && room.settings.privacy === "private" : !isForThis)
    return { reason: "The token is for another room." };
  return { guest: verdict.claims.data };
}
