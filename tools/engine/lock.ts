import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

export interface LockOptions {
  /** Called once, and only if somebody else holds the lock. */
  readonly onWait?: (pid: number | undefined) => void;
  readonly pollMs?: number;
  readonly heartbeatMs?: number;
  /** Silence after which a holder counts as gone, where its process cannot be asked: another machine, or a reused pid. */
  readonly staleMs?: number;
}

/** Runs `work` while holding a lock file. A holder that was killed is noticed by its dead process or its silence. */
export async function withLock<T>(file: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const { pollMs = 200, heartbeatMs = 5_000, staleMs = 120_000 } = options;
  const owner: Owner = { token: randomUUID(), pid: process.pid, host: hostname() };
  let told = false;
  while (!(await acquire(file, owner))) {
    const held = await readLock(file);
    if (held && isStale(held, staleMs)) {
      await removeStale(file, held.text);
    } else if (held) {
      if (!told) options.onWait?.(held.owner?.pid);
      told = true;
      await delay(pollMs);
    }
  }
  // A beat that fails is no reason to stop: at worst somebody does the same work again.
  const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await readLock(file))?.owner?.token === owner.token) await rm(file, { force: true });
  }
}

async function acquire(file: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(owner), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

interface HeldLock {
  readonly text: string;
  /** Missing for a moment while its holder is writing it. */
  readonly owner: Owner | undefined;
  readonly ageMs: number;
}

async function readLock(file: string): Promise<HeldLock | undefined> {
  try {
    const ageMs = Date.now() - (await stat(file)).mtimeMs;
    const text = await readFile(file, "utf8");
    return { text, owner: parseOwner(text), ageMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

function isStale({ owner, ageMs }: HeldLock, staleMs: number): boolean {
  if (owner && owner.host === hostname() && !isAlive(owner.pid)) return true;
  return ageMs > staleMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but it lives.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes the lock that was found stale, and not the one that another waiter may have put in its place meanwhile. */
async function removeStale(file: string, text: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== text) {
    await copyFile(aside, file, constants.COPYFILE_EXCL).catch(() => {});
  }
  await rm(aside, { force: true });
}
