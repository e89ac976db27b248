/** Writes every file that is generated from the field tables or the lock file: `npm run generate`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { liveStreamingRoomSet, meetingRoomSet } from "../../provider/src/rooms/set/setType";
import { explanationsSource } from "./explanations";
import { formatted } from "./formatted";
import { functionSource } from "./functions";
import { licensesPage } from "./licenses";
import { objectFiles } from "./objectFiles";
import { configurationTable, packageReadme, withConfiguration } from "./readme";
import { referencePage } from "./reference";
import { functionsPage, providerPage } from "./referenceFunctions";
import { languagePages } from "./referenceLanguages";
import { resourceSource } from "./resources";
import { type Manifest, packageSchema } from "./schema";
import { setPage } from "./sets";

const root = join(__dirname, "..", "..");

/** Generated files by their path in the repository. */
export function generatedFiles(): Record<string, string> {
  const types = [meetingRoom, liveStreamingRoom];
  const textOf = (path: string) => readFileSync(join(root, path), "utf8");
  const configured = (path: string) => withConfiguration(textOf(path), configurationTable());
  const manifest = JSON.parse(textOf("provider/package.json")) as Manifest;
  const schema = packageSchema(meetingRoom, liveStreamingRoom, manifest);
  const files = {
    "provider/src/pulumi/dynamic/meetingRoom.ts": resourceSource(meetingRoom),
    "provider/src/pulumi/dynamic/liveStreamingRoom.ts": resourceSource(liveStreamingRoom),
    "provider/src/pulumi/dynamic/functions/getMeetingRoom.ts": functionSource(meetingRoom),
    "provider/src/pulumi/dynamic/functions/getLiveStreamingRoom.ts": functionSource(liveStreamingRoom),
    ...objectFiles(),
    "provider/schema.json": schema,
    "provider/src/pulumi/words/explanations.ts": explanationsSource(textOf("docs/errors.md")),
    "provider/README.md": packageReadme(textOf("README.md")),
    "docs/reference/meeting-room.md": referencePage(meetingRoom),
    "docs/reference/live-streaming-room.md": referencePage(liveStreamingRoom),
    "docs/reference/meeting-room-set.md": setPage(meetingRoomSet),
    "docs/reference/live-streaming-room-set.md": setPage(liveStreamingRoomSet),
    "docs/reference/functions.md": functionsPage(types),
    "docs/reference/provider.md": providerPage(),
    ...languagePages(schema),
    "docs/configuration.md": configured("docs/configuration.md"),
    "docs/installation-configuration.md": configured("docs/installation-configuration.md"),
    "docs/licenses.md": licensesPage(),
  };
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, formatted(path, text)]));
}

if (require.main === module) {
  for (const [path, text] of Object.entries(generatedFiles())) writeFileSync(join(root, path), text);
}
