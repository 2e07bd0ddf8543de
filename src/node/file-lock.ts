import { readFileSync, unlinkSync } from 'node:fs';
import { type FileHandle, open, readFile, realpath, rename, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { UserError } from '../errors.js';
import { isRunning, startOf } from './processes.js';
import { attempt } from './writing.js';

/** A file that one process at a time may write. */
export interface FileLock {
  release(): void;
}

/** The content of a lock: who holds it. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, if the system says it: numbers of processes are used again. */
  readonly start?: string | undefined;
}

/**
 * Locks a file, which may be missing, for this process, by a file `PATH.lock` beside it. The lock of a process that has died on
 * this machine is taken over; it is released when the process exits.
 *
 * @throws {UserError} if another process holds the lock, or it cannot be written
 */
export async function lockFile(path: string): Promise<FileLock> {
  const place = `${await realpath(path).catch(() => path)}.lock`;
  const own = `${JSON.stringify(ownHolder())}\n`;
  for (;;) {
    const handle = await openNew(path, place);
    if (handle) {
      await attempt(path, () => handle.writeFile(own));
      await handle.close();
      return holdLock(place, own);
    }
    await takeAway(path, place);
  }
}

/** Opens a lock that was not there; undefined if there is one. */
function openNew(path: string, place: string): Promise<FileHandle | undefined> {
  return attempt(path, () =>
    open(place, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw error;
    }),
  );
}

/**
 * Removes the lock of a dead process.
 *
 * @throws {UserError} if its process is alive, or may be
 */
async function takeAway(path: string, place: string): Promise<void> {
  const found = await readFile(place, 'utf8').catch(() => undefined);
  if (found === undefined) return; // released in this moment
  const holder = readHolder(found);
  if (holder && mayBeAlive(holder)) {
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
    throw new UserError(`${path} is being written by another process (${holder.pid}${where})`, {
      hint: `end that one, or name another file with -o; if there is no such process, remove ${place}`,
    });
  }
  // Another process may have found the same, and have put its own lock there: only what was read is removed.
  const aside = `${place}.${process.pid}.tmp`;
  await rename(place, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => undefined);
  if (moved !== undefined && moved !== found) await rename(aside, place).catch(() => undefined);
  else await unlink(aside).catch(() => undefined);
}

function ownHolder(): Holder {
  return { pid: process.pid, host: hostname(), start: startOf(process.pid) };
}

/** Returns whether the process that holds a lock lives, or nobody can tell, since it is of another machine. */
function mayBeAlive({ pid, host, start }: Holder): boolean {
  if (host !== hostname()) return true;
  return isRunning(pid) && (start === undefined || start === (startOf(pid) ?? start));
}

function readHolder(content: string): Holder | undefined {
  try {
    const { pid, host, start } = JSON.parse(content) as Partial<Holder>;
    const isHolder = Number.isSafeInteger(pid) && Number(pid) > 0 && typeof host === 'string';
    return isHolder ? { pid: Number(pid), host, start: typeof start === 'string' ? start : undefined } : undefined;
  } catch {
    return undefined; // cut short by a kill or a full disk
  }
}

function holdLock(place: string, own: string): FileLock {
  const release = (): void => {
    process.off('exit', release);
    try {
      if (readFileSync(place, 'utf8') === own) unlinkSync(place);
    } catch {
      // It is gone already.
    }
  };
  process.on('exit', release);
  return { release };
}
