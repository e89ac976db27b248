import * as metered from "pulumi-metered";

const day = 86_400;

// A project of its own limits how much traffic the application can relay. When the quota is used up, its credentials stop working.
const calls = new metered.TurnProject("calls", {
  projectName: "calls",
  quotaInBytes: 100_000_000_000,
  quotaExceededAction: "disable",
});

// Works for 30 days. The scheduled `pulumi up` (see .github/workflows/rotate.yml) runs once a week and replaces it when
// less than 10 days are left: the new one is created first, and the old one is deleted once nothing uses it any more.
const web = new metered.TurnCredential("web", {
  projectId: calls.id,
  label: "web",
  expiryInSeconds: 30 * day,
  rotateBeforeSeconds: 10 * day,
});

// The list that a browser's RTCPeerConnection takes. A secret: pass it to a function, a Kubernetes Secret or an environment
// variable of your application, and everything that depends on it is updated along with each rotation.
export const iceServers = web.iceServers;
export const expiresAt = web.expiresAt;
