import type { Clock } from "../clock";
import { newId } from "../identifiers";
import type { Keeper } from "../storage/keeper";
import type { NewRecording, Session, StoredRecording } from "./types";

/** What meetings leave behind, and those that go on. Nobody meets here: tests and people say what happened. */
export class MeetingStore {
  readonly #recordings = new Map<string, StoredRecording>();
  readonly #sessions = new Map<string, Session>();

  constructor(
    private readonly keeper: Keeper,
    private readonly clock: Clock,
  ) {
    for (const recording of keeper.initial.recordings) this.#recordings.set(recording._id, recording);
  }

  get recordings(): readonly StoredRecording[] {
    return [...this.#recordings.values()];
  }

  get sessions(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  /** The recording, once it is ready. */
  find(id: string): StoredRecording | undefined {
    const found = this.#recordings.get(id);
    return found !== undefined && found.readyAt <= this.clock.now() ? found : undefined;
  }

  record(roomName: string, { type = "video+audio", participantUsername = "composer", readyAt }: NewRecording) {
    const now = this.clock.now();
    const made = { roomName, type, participantUsername, created: new Date(now).toISOString() };
    const recording: StoredRecording = { _id: newId(now), ...made, readyAt: readyAt ?? now };
    this.#recordings.set(recording._id, recording);
    this.keeper.keep("recordings", recording);
    return recording;
  }

  remove(recording: StoredRecording): void {
    this.#recordings.delete(recording._id);
    this.keeper.removed("recordings", recording);
  }

  /** A room has at most one session at a time. */
  start(roomName: string): Session {
    const going = this.sessions.find((session) => session.roomName === roomName);
    if (going !== undefined) return going;
    const now = this.clock.now();
    const session: Session = { _id: newId(now), roomName, started: new Date(now).toISOString() };
    this.#sessions.set(session._id, session);
    return session;
  }

  end(roomName: string): void {
    for (const { _id, roomName: name } of this.sessions) if (name === roomName) this.#sessions.delete(_id);
  }
}
