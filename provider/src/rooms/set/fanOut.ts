import { subjectOf } from "../roomType";
import type { Settled } from "../settled";
import { isAboutAll, isOutage, type RoomFailure } from "./failures";
import type { SetPlace } from "./setPlace";

/** So many notes of one kind are told. A thousand rooms may all have the same to say. */
const NOTES_TOLD = 10;
/** While Metered is waited for, one room speaks for all of them, in milliseconds. */
const WAITING_TOLD_EVERY = 30_000;

/**
 * Works on the rooms of a set, so many at a time. The failure of a room never stops the others, unless it is one that they
 * would all meet: the account is wrong, or nothing has worked for as long as the provider waits.
 */
export class FanOut {
  readonly failures: RoomFailure[] = [];
  notBegun = 0;
  /** Undefined as long as there is no reason to stop. */
  stoppedBy: unknown;
  private successes = 0;
  private done = 0;

  /** @param total how many rooms there are in all */
  constructor(
    private readonly place: SetPlace,
    readonly total: number,
  ) {}

  async run<T extends { readonly key: string }>(
    items: readonly T[],
    nameOf: (item: T) => string,
    work: (item: T) => Promise<Settled | undefined>,
  ): Promise<void> {
    const waiting = items[Symbol.iterator]();
    const worker = async () => {
      for (const item of waiting) {
        if (this.isStopped) this.notBegun++;
        else await this.one(item, nameOf(item), work);
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.place.width, items.length) }, worker));
  }

  private async one<T extends { readonly key: string }>(
    item: T,
    name: string,
    work: (item: T) => Promise<Settled | undefined>,
  ): Promise<void> {
    const before = this.successes;
    const subject = subjectOf(this.place.type, name);
    try {
      const settled = await work(item);
      if (settled && (settled.lost || settled.shortfalls.length > 0)) {
        this.failures.push({ key: item.key, subject, settled });
      }
      if (!settled?.lost) this.successes++;
    } catch (error) {
      this.failures.push({ key: item.key, subject, error });
      if (isAboutAll(error) || (isOutage(error) && this.successes === before)) this.stoppedBy ??= error;
    }
    this.place.progress?.(++this.done, this.total);
  }

  /** Whether a failure, or the user, has put an end to it. */
  get isStopped(): boolean {
    return this.stoppedBy !== undefined || this.place.signal?.aborted === true;
  }

  /** Whether nothing was done at all, and every room would tell the same. */
  get isInVain(): boolean {
    return this.stoppedBy !== undefined && this.successes === 0 && this.failures.every(({ error }) => error);
  }

  get hasFailed(): boolean {
    return this.failures.length > 0 || this.notBegun > 0;
  }
}

/** The same place, in which no kind of note is told more than a few times, and the rest is counted. */
export function withFewNotes(place: SetPlace): { readonly place: SetPlace; tellRest(): void } {
  const told = new Map<string, number>();
  let waitedAt = Number.NEGATIVE_INFINITY;
  const tell: SetPlace["tell"] = (note) => {
    if (note.note === "waiting") {
      if (place.now() - waitedAt < WAITING_TOLD_EVERY) return;
      waitedAt = place.now();
      return place.tell(note);
    }
    const count = (told.get(note.note) ?? 0) + 1;
    told.set(note.note, count);
    if (count <= NOTES_TOLD) place.tell(note);
  };
  const tellRest = () => {
    const rest = [...told.values()].reduce((sum, count) => sum + Math.max(0, count - NOTES_TOLD), 0);
    const subject = { label: place.set.label, name: place.setName, resource: place.set.name };
    if (rest > 0) place.tell({ note: "more notes", subject, count: rest });
  };
  return { place: { ...place, tell }, tellRest };
}
