import { describe, isBare, type Room } from "../account/answer";
import { type Lab, taken } from "./lab";
import { noteMissingLive } from "./missing";
import { CannotAsk, type Probe } from "./probe";

/** A live room that shows what live rooms do; whether it can be deleted is the last question. */
export const liveProbe: Probe = {
  title: "everything about live rooms that takes one",
  switches: [
    "liveStreaming",
    "missingLiveRoom",
    "links",
    "nameScope",
    "liveOptionalInReplies",
    "liveRtmpOutURL",
    "liveDelete",
  ],
  needs: "liveRooms",
  run: async (lab) => {
    const created = await lab.createLive("live-1");
    if (!created.room) {
      if (isBare(created)) lab.notes.found("liveStreaming", "off");
      else lab.notes.odd("liveStreaming", describe(created));
      throw new CannotAsk(`no live room can be made (${describe(created)})`);
    }
    lab.notes.found("liveStreaming", "on");
    await noteMissingLive(lab);
    noteLinks(lab, created.body.viewerURL, created.body.broadcastManager);
    const shared = await lab.create("live-1");
    lab.notes.found("nameScope", taken(shared) ? "per kind" : "shared");
    await noteSettings(lab, created.room);
    await noteDelete(lab, created.room);
  },
};

/** The host is Metered's, or that of the server that answered. */
function noteLinks({ notes }: Lab, viewer: unknown, manager: unknown): void {
  const hosts = [viewer, manager].map((link) => (URL.canParse(String(link)) ? new URL(String(link)).hostname : ""));
  const [viewerHost = "", managerHost = ""] = hosts;
  if (/\.metered\.(live|ca)$/.test(viewerHost) && managerHost === "dashboard.metered.ca") {
    notes.found("links", "documented");
  } else if (hosts.every((host) => host === "127.0.0.1")) notes.found("links", "simulator");
  else notes.odd("links", hosts.includes("") ? "one of them is no URL" : "they lead to other hosts");
}

async function noteSettings(lab: Lab, { roomName }: Room): Promise<void> {
  const settings = {
    displayMessage: "A check of pulumi-metered",
    customCSS: "p { margin: 0 }",
    enableRecording: false,
  };
  if (!taken(await lab.update(roomName, settings, "live"))) {
    return lab.notes.untold("liveOptionalInReplies", "an update of a live room is refused");
  }
  const { body } = await lab.get(roomName, "live");
  const asked = ["customCSS", "enableRecording"] as const;
  const shown = asked.filter((name) => body[name] === settings[name]);
  if (shown.length === asked.length) lab.notes.found("liveOptionalInReplies", "echoed");
  else if (shown.length === 0) lab.notes.found("liveOptionalInReplies", "omitted");
  else lab.notes.odd("liveOptionalInReplies", `of ${asked.join(", ")} it shows ${shown.join(", ")}`);
  const rtmp = taken(await lab.update(roomName, { enableRTMPOut: true }, "live"));
  lab.notes.found("liveRtmpOutURL", rtmp ? "optional" : "required");
  if (rtmp) await lab.update(roomName, { enableRTMPOut: false }, "live");
}

async function noteDelete(lab: Lab, { roomName }: Room): Promise<void> {
  const answer = await lab.remove(roomName, "live");
  const after = await lab.get(roomName, "live");
  const isThere = after.room?.archived === false;
  if (answer.status < 300 && !isThere) lab.notes.found("liveDelete", "archives");
  else if (answer.status !== 404 || !isThere) {
    lab.notes.odd("liveDelete", `${describe(answer)}, and the room is ${isThere ? "still there" : "gone"}`);
  } else lab.notes.found("liveDelete", answer.json === undefined ? "absent html 404" : "absent json 404");
}
