import type { IssuedToken } from "../tokens/issuer";
import type { World } from "../world";
import { type Html, html, instant } from "./html";
import { page } from "./layout";

/** The page of the access tokens that were issued, newest first. */
export function tokensPage(world: World): string {
  const issued = world.tokens.issued.slice(-shown).toReversed();
  const body =
    issued.length > 0
      ? html`${issued.map((token) => card(token, world))}`
      : html`<p>No access tokens yet. <code>POST /api/v1/token</code> issues one.</p>`;
  return page(world, {
    title: "Access tokens",
    section: "tokens",
    body: html`<p class="quiet">Anyone with a token can join a private room. Metered doesn't store tokens, and can't list or revoke them. This server remembers the newest ones.</p>\n${body}`,
  });
}

const shown = 100;

function card({ token, claims, at }: IssuedToken, { clock }: World): Html {
  const { roomName, name = "unnamed", isAdmin } = claims.data;
  const room = roomName === undefined ? "every room" : String(roomName);
  const admin = isAdmin === true ? html` <span class="tag">admin</span>` : html``;
  return html`<section class="card">
<p><strong><bdi>${String(name)}</bdi></strong> for <strong><bdi>${room}</bdi></strong>${admin} ${stateOf(claims, clock.now())} <span class="quiet">issued ${instant(at)} UTC</span></p>
<pre>${JSON.stringify(claims, undefined, 2)}</pre>
<details><summary>Show the token</summary><pre>${token}</pre></details>
</section>\n`;
}

function stateOf({ nbf, exp }: IssuedToken["claims"], now: number): Html {
  if (exp !== undefined && exp * 1000 <= now) return html`<span class="tag bad">expired</span>`;
  if (nbf !== undefined && nbf * 1000 > now) return html`<span class="tag">not valid yet</span>`;
  return html`<span class="tag good">valid</span>`;
}
