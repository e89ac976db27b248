/** Writes every file that is made from the field tables: `npm run generate`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { resourceSource } from "./resources";

const root = join(__dirname, "..", "..");

/** Generated files by their path in the repository, unformatted. */
export function generatedFiles(): Record<string, string> {
  return {
    "provider/src/resources/meetingRoom.ts": resourceSource(meetingRoom),
    "provider/src/resources/liveStreamingRoom.ts": resourceSource(liveStreamingRoom),
  };
}

if (require.main === module) {
  for (const [path, text] of Object.entries(generatedFiles())) writeFileSync(join(root, path), text);
}
