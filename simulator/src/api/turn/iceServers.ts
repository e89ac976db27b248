import type { World } from "../../world";
import { type Answer, ok } from "../answer";
import type { Call } from "../call";

const regions = [
  ...["global", "north_america", "europe", "eu", "asia", "oceania", "us_west", "us_central", "us_east"],
  ...["canada_central", "canada_east", "europe_west", "europe_central", "asia_west", "asia_east", "canada"],
  ...["usa", "uk", "singapore", "india", "australia", "standard"],
];

/** What a browser's RTCPeerConnection takes. The only route for an `apiKey`; its errors are texts in `error`. */
export function getIceServers({ turn }: World, { query: { apiKey, region = "standard" } }: Call): Answer {
  if (apiKey === undefined || apiKey === "") return refuse(400, "Please specify API Key");
  const credential = typeof apiKey === "string" ? turn.findByApiKey(apiKey) : undefined;
  if (credential === undefined || credential.disabled || turn.isExpired(credential)) {
    return refuse(401, "Invalid API Key");
  }
  if (typeof region !== "string" || !regions.includes(region)) return refuse(400, "Invalid region");
  const { username, password: credentialText } = credential;
  const relay = `${region}.relay.metered.ca`;
  const urls = [
    ...[`turn:${relay}:80`, `turn:${relay}:80?transport=tcp`],
    ...[`turn:${relay}:443`, `turns:${relay}:443?transport=tcp`],
  ];
  return ok([
    { urls: "stun:stun.relay.metered.ca:80" },
    ...urls.map((url) => ({ urls: url, username, credential: credentialText })),
  ]);
}

function refuse(status: number, error: string): Answer {
  return { status, json: { error } };
}
