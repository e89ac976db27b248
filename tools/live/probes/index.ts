import { accountProbes, strangerProbe } from "./account";
import { createProbes } from "./creates";
import { deleteProbes, firstRoomProbe } from "./deletes";
import { expiryProbe } from "./expiry";
import { liveProbe } from "./live";
import { missingProbes } from "./missing";
import { nameProbes } from "./names";
import type { Probe } from "./probe";
import { meetingProbe, usageProbe } from "./readings";
import { tokenProbes } from "./tokens";
import { turnCredentialProbes } from "./turnCredentials";
import { turnProjectProbes } from "./turnProjects";
import { updateProbes } from "./updates";

/** All questions, in the order in which they are asked: later ones build on earlier answers. */
export function allProbes(strangerOrigin: string | undefined): readonly Probe[] {
  return [
    ...accountProbes,
    strangerProbe(strangerOrigin),
    ...missingProbes,
    firstRoomProbe,
    ...nameProbes,
    ...updateProbes,
    ...createProbes,
    ...tokenProbes,
    meetingProbe,
    liveProbe,
    ...turnCredentialProbes,
    ...turnProjectProbes,
    usageProbe,
    ...deleteProbes,
    expiryProbe,
  ];
}
