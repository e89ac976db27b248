import { sameName } from "../../rooms/names";
import type { World } from "../../world";
import { type Answer, ok } from "../answer";
import { failure } from "../errors";

/** The recordings of a room, one for each participant's track and `composer` for the composed file. */
export function listRecordings({ meetings, switches, clock }: World, name: string): Answer {
  const ready = meetings.recordings.filter(
    ({ roomName, readyAt }) => sameName(roomName, name, switches.nameCase) && readyAt <= clock.now(),
  );
  return ok({ data: ready.map(({ readyAt: _, ...recording }) => recording) });
}

/** A link that works without a key, as a pre-signed one does. */
export function downloadRecording({ meetings, switches, origin }: World, id: string): Answer {
  const recording = meetings.find(id);
  if (recording === undefined) return failure(400, "recording not found", switches);
  return ok({ url: `${origin}/recordings/${recording._id}/file` });
}

export function deleteRecording({ meetings, switches }: World, id: string): Answer {
  const recording = meetings.find(id);
  if (recording === undefined) return failure(400, "recording not found", switches);
  meetings.remove(recording);
  return ok({ success: true, message: "Recording deleted" });
}

export function listActiveSessions({ meetings, store, switches }: World): Answer {
  return ok(
    meetings.sessions.map(({ _id, roomName, started }) => ({
      _id,
      roomName,
      room: store.find("meeting", roomName, switches.nameCase)?._id ?? null,
      created: started,
      active: true,
    })),
  );
}
