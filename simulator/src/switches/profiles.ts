import { readFileSync } from "node:fs";
import { type Profile, parseSwitches, SwitchError } from "./board";
import type { Switches } from "./table";

/** Named sets of switches, for whole test runs in another world. */
export const profiles = {
  default: {},
  strictest: {
    duplicateName: "409 exists",
    nameScope: "shared",
    nameReuse: "reserved",
    nameRule: "lower case 60",
    putRules: "merged",
    putRoomName: "rejected",
    putPrivacy: "required",
    createPrivacy: "required",
    zeros: "rejected",
    webhookURLs: "checked",
    badKey: 403,
    validationError: "bare",
    tokenScope: "required",
    tokenRoom: "must exist",
    turnKeyErrors: "authorization failed",
  },
  strange: {
    missingRoomStatus: 404,
    errorShape: "message only",
    duplicateName: "409 exists",
    nameCase: "lowered",
    getAfterDelete: "archived",
    listArchived: "yes",
    repeatDelete: 400,
    deleteOnExp: "removes",
    put: "replace",
    putRoomName: "renames",
    composition: "auto",
    nullAndEmpty: "clears",
    unknownKeys: "ignored",
    validationDetails: "all",
    optionalInReplies: "omitted",
    replySample: "second",
    badKey: 400,
    badKeyText: "invalid secretKey app not found",
    liveDelete: "absent json 404",
    invalidToken: 200,
    validateReply: "payload",
    turnKeyErrors: "invalid secretkey",
    turnCreateReply: "sample",
    turnDisabledInList: "hidden",
    turnAppList: "with projects",
    turnQuotaAction: "upper case",
  },
} as const satisfies Record<string, Partial<Switches>>;

export type ProfileName = keyof typeof profiles;

/** What each profile is for, in a sentence for people. */
export const profileDocs: Readonly<Record<ProfileName, string>> = {
  default: "The API as documented, and as public clients see it.",
  strictest: "Rejects whatever the documentation can be read to reject.",
  strange: "Accepts a lot, and responds in the least expected of the plausible ways.",
};

export const namedProfiles: readonly Profile[] = Object.entries(profiles).map(([name, switches]) => ({
  name,
  switches,
}));

/** A profile by its name or from a JSON file with switch values, be it alone or as `switches` of a report. */
export function readProfile(nameOrFile: string): Profile {
  return namedProfiles.find(({ name }) => name === nameOrFile) ?? { name: nameOrFile, switches: readFile(nameOrFile) };
}

function readFile(file: string): Partial<Switches> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    const names = Object.keys(profiles).join(", ");
    throw new SwitchError(`"${file}" is neither a profile (${names}) nor a file that can be read.`);
  }
  try {
    return parseSwitches(switchesIn(JSON.parse(text)));
  } catch (error) {
    if (error instanceof SwitchError) throw new SwitchError(`Profile ${file}: ${error.message}`);
    throw new SwitchError(`Profile ${file} is not JSON.`);
  }
}

// What a check of the real service writes holds more than switches; no switch is called so itself.
function switchesIn(contents: unknown): unknown {
  return typeof contents === "object" && contents !== null && "switches" in contents ? contents.switches : contents;
}
