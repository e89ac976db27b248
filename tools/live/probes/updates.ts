import { type Answer, describe } from "../account/answer";
import { fieldNames } from "../account/fieldNames";
import { type Lab, type Sample, taken } from "./lab";
import { CannotAsk, type Probe } from "./probe";

/** An address to which nothing is ever sent: nobody enters the rooms of this check. */
const streamTarget = "rtmp://rtmp.example.com/live/pulumi-metered-check";

/** What an update does to a room, and what replies show of it. */
export const updateProbes: readonly Probe[] = [
  {
    title: "which settings a room's reply shows",
    switches: ["optionalInReplies"],
    run: async (lab) => {
      const { name, settings } = await lab.furnished();
      const { body } = await lab.get(name);
      const asked = ["maxParticipants", "meetingJoinWebhook"];
      const shown = asked.filter((setting) => body[setting] === settings[setting]);
      if (shown.length === asked.length) lab.notes.found("optionalInReplies", "echoed");
      else if (asked.every((setting) => !Object.hasOwn(body, setting))) lab.notes.found("optionalInReplies", "omitted");
      else lab.notes.odd("optionalInReplies", `of ${asked.join(", ")} it shows ${shown.join(", ") || "other values"}`);
    },
  },
  {
    title: "whether an update keeps what it omits",
    switches: ["put"],
    run: async (lab) => {
      const sample = await lab.furnished();
      const [kept, given] = keptSetting(sample);
      if (!taken(await lab.update(sample.name, {}))) throw new CannotAsk("an update that changes nothing is refused");
      const { body } = await lab.get(sample.name);
      if (body[kept] === given) lab.notes.found("put", "merge");
      else lab.notes.found("put", "replace");
    },
  },
  {
    title: "whether an update must contain privacy",
    switches: ["putPrivacy"],
    run: async (lab) => {
      const { name } = await lab.furnished();
      const answer = await lab.update(name, { privacy: undefined, joinAudioOn: true });
      lab.notes.found("putPrivacy", taken(answer) ? "optional" : "required");
    },
  },
  {
    title: "whether rules look at an update alone or at the room that results",
    switches: ["putRules"],
    run: async (lab) => {
      if (lab.notes.value("put") === "replace") {
        return lab.notes.untold("putRules", "cannot be told from outside: an update replaces all settings anyway");
      }
      // Metered's document states one rule between settings that an update can break: RTMP out needs a URL.
      const on = { enableComposition: true, enableRTMPOut: true };
      const never = await lab.update((await lab.plain()).name, on);
      if (taken(never))
        return lab.notes.odd("putRules", "RTMP out is taken without rtmpOutURL: the rule is not checked");
      const { name } = await lab.furnished();
      const url = await lab.update(name, { enableComposition: true, rtmpOutURL: streamTarget });
      if (!taken(url)) throw new CannotAsk(`rtmpOutURL is refused: ${describe(url)}`);
      noteStreamTarget(lab, url);
      lab.notes.found("putRules", taken(await lab.update(name, on)) ? "merged" : "body");
      await lab.update(name, { enableComposition: true, enableRTMPOut: false, rtmpOutURL: streamTarget });
    },
  },
  {
    title: "whether null and an empty text clear a setting",
    switches: ["nullAndEmpty"],
    run: async (lab) => {
      const { name } = await lab.furnished();
      const empty = taken(await lab.update(name, { meetingJoinWebhook: "" }));
      const nothing = taken(await lab.update(name, { maxParticipants: null }));
      if (empty !== nothing) {
        return lab.notes.odd("nullAndEmpty", `${empty ? "an empty text" : "null"} is taken, the other is not`);
      }
      if (!empty) return lab.notes.found("nullAndEmpty", "rejected");
      const { body } = await lab.get(name);
      const isSet = (value: unknown) => value !== undefined && value !== null && value !== "";
      if (isSet(body.meetingJoinWebhook)) lab.notes.odd("nullAndEmpty", "taken, but the setting stays as it was");
      else lab.notes.found("nullAndEmpty", "clears");
    },
  },
  {
    title: "whether HLS streaming adds anything to a room's reply",
    switches: [],
    run: async (lab) => {
      const { name } = await lab.furnished();
      const before = fieldNames(await lab.get(name));
      const answer = await lab.update(name, { enableComposition: true, enableLiveStreaming: true });
      if (!taken(answer)) throw new CannotAsk(`it is refused: ${describe(answer)}`);
      const added = fieldNames(await lab.get(name)).filter((field) => !before.includes(field));
      lab.notes.fact("Fields that appear with HLS streaming", added.sort().join(", ") || "none");
      await lab.update(name, { enableComposition: false, enableLiveStreaming: false });
    },
  },
  {
    title: "whether a form is read as JSON is",
    switches: ["formBodies"],
    run: async (lab) => {
      const { name, created } = await lab.plain();
      if (created.body.privacy !== "public") throw new CannotAsk("replies do not show privacy");
      await lab.updateByForm(name, "private");
      const { body } = await lab.get(name);
      lab.notes.found("formBodies", body.privacy === "private" ? "read" : "ignored");
      if (body.privacy !== "public") await lab.update(name, {});
    },
  },
  {
    title: "what a roomName in an update does",
    switches: ["putRoomName"],
    run: async (lab) => {
      await lab.plain();
      const made = await lab.create("before");
      const renamed = lab.nameOf("after");
      if (!made.room) throw new CannotAsk(`no room could be made for it: ${describe(made)}`);
      const answer = await lab.update(made.room.roomName, { roomName: renamed });
      if (!taken(answer)) return lab.notes.found("putRoomName", "rejected");
      lab.notes.found("putRoomName", (await lab.get(renamed)).room ? "renames" : "ignored");
    },
  },
];

/** A setting that replies show, and that is not as it would be by itself. */
function keptSetting({ settings, created }: Sample): [string, unknown] {
  const shown = Object.entries(settings).filter(([name, value]) => created.body[name] === value);
  const found = shown.find(([, value]) => typeof value === "boolean") ?? shown[0];
  if (found === undefined) throw new CannotAsk("no reply shows a setting that could be looked at");
  return found;
}

/** A masked secret must not be taken for a change by the provider: whether it is masked, not what it is. */
function noteStreamTarget({ notes }: Lab, { body: { rtmpOutURL } }: Answer): void {
  const words =
    rtmpOutURL === undefined ? "not at all" : rtmpOutURL === streamTarget ? "as it was sent" : "in another form";
  notes.fact("How rtmpOutURL is shown", words);
}
