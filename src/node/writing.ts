import { constants, createReadStream, rmSync } from 'node:fs';
import {
  access,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { reasonOf } from './files.js';
import { isRunning } from './processes.js';

/** Content that can be written at once: a whole text or array of bytes, or pieces of one. */
export type Content = string | Uint8Array | Iterable<string> | AsyncIterable<Uint8Array>;

/** A file that is written piece by piece, and stands in its place only when it is whole. */
export interface Replacement {
  /** @throws {UserError} if it cannot be written; then its place is as it was */
  write(content: Content): Promise<void>;
  /**
   * Flushes the file to the disk and puts it in its place.
   *
   * @throws {UserError} if that cannot be done; then its place is as it was
   */
  finish(): Promise<void>;
  /** Gives the file up, and leaves its place as it was. */
  discard(): Promise<void>;
}

/**
 * Opens a file that takes the place of another, or of none, so that at every moment, a crash included, either the old
 * one or the new one is there, whole. Until then it is a temporary file beside its place, which a process that exits
 * removes; what killed processes left of theirs is removed here. A link goes on pointing to the file that is replaced.
 * A pipe or a device is written as it is.
 *
 * @param suffix what the name of the temporary file ends with
 * @param option option that names the file, for the hint of an error
 * @param mode who may do what with a file that was not there
 * @throws {UserError} if the file cannot be written
 */
export async function openReplacement(
  path: string,
  suffix = `.${process.pid}.tmp`,
  option = '-o',
  mode?: number,
): Promise<Replacement> {
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  const isRegular = found?.isFile() ?? true;
  const temporary = isRegular ? target + suffix : target;
  if (isRegular) await removeLeftovers(dirname(target), (name) => name === basename(target));
  const file = await attempt(
    path,
    () => (isRegular ? openNew(temporary, found?.mode ?? mode) : open(temporary, 'w')),
    option,
  );
  const leaveNothing = (): void => {
    if (isRegular) rmSync(temporary, { force: true });
  };
  process.once('exit', leaveNothing);
  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    leaveNothing();
    process.off('exit', leaveNothing);
  };
  const attemptOrDiscard = (work: () => Promise<void>): Promise<void> =>
    attempt(path, work, option).catch(async (error: unknown) => {
      await discard();
      throw error;
    });
  const moveIntoPlace = async (): Promise<void> => {
    if (isRegular) await file.sync();
    await file.close();
    if (isRegular) await rename(temporary, target);
    process.off('exit', leaveNothing);
    if (isRegular) await syncFolder(dirname(target));
  };
  return {
    write: (content) => attemptOrDiscard(() => writeFile(file, content)),
    finish: () => attemptOrDiscard(moveIntoPlace),
    discard,
  };
}

/**
 * Opens a file that was not there: it follows no link that somebody has laid there, and writes into no other file. What
 * stands there is of a dead process, because it has the name of this one's, and is removed.
 */
async function openNew(path: string, mode: number | undefined): Promise<FileHandle> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
}

/** Writes a file that was not there, as `openNew` opens one, and flushes it to the disk. */
export async function createSynced(path: string, content: string, mode: number | undefined): Promise<void> {
  const file = await openNew(path, mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Removes from a folder the temporary files of processes that were killed while they wrote.
 *
 * @param isPlace tells whether a file of that name was to be written
 */
export async function removeLeftovers(folder: string, isPlace: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, place, pid] = /^(.+)\.(\d{1,10})\.tmp$/s.exec(name) ?? [];
    if (place === undefined || !isPlace(place) || isRunning(Number(pid))) continue;
    const leftover = join(folder, name);
    if ((await lstat(leftover).catch(() => undefined))?.isFile()) await unlink(leftover).catch(() => undefined);
  }
}

/** Flushes a folder, which makes a rename last. Some systems cannot, and then the rename lasts if nothing crashes. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * Writes a whole file as `openReplacement` does.
 *
 * @param option option that names the file, for the hint of an error
 * @throws {UserError} if it cannot be written
 */
export async function writeWhole(path: string, content: Content, option?: string): Promise<void> {
  const file = await openReplacement(path, undefined, option);
  await file.write(content);
  await file.finish();
}

/**
 * Copies a file as `openReplacement` writes one.
 *
 * @throws {UserError} if the copy cannot be written
 */
export function copyWhole(from: string, to: string): Promise<void> {
  return writeWhole(to, createReadStream(from));
}

/**
 * Gives a file a second name, which stays when another file takes the place of the first. That needs no room on the disk;
 * where a file cannot have two names, it is copied.
 *
 * @throws {UserError} if it cannot be copied either
 */
export async function keepAs(path: string, kept: string): Promise<void> {
  const temporary = `${kept}.${process.pid}.tmp`;
  try {
    await link(await realpath(path), temporary);
    await rename(temporary, kept);
  } catch {
    await copyWhole(path, kept);
  }
}

/** Takes a text piece by piece. */
export interface TextSink {
  write(text: string | Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/**
 * Opens a file to which results are written as they come.
 *
 * @param keepsContent whether what is in the file stays, and the rest comes after it
 * @param option option that names the file, for the hint of an error
 * @throws {UserError} if it cannot be written, now or later
 */
export async function openForWriting(path: string, keepsContent = false, option = '-o'): Promise<TextSink> {
  const file = await attempt(path, () => open(path, keepsContent ? 'a' : 'w'), option);
  return {
    write: (text) => attempt(path, () => file.appendFile(text), option),
    end: () => attempt(path, () => file.close(), option),
  };
}

/**
 * Makes a folder if it is missing.
 *
 * @param option option that names the folder, for the hint of an error
 * @throws {UserError} if it cannot be made
 */
export async function makeFolder(path: string, option = '-o'): Promise<void> {
  await attempt(path, () => mkdir(path, { recursive: true }), option);
}

/**
 * Checks before the work begins that its result can be written.
 *
 * @param option option that names the file, for the hint of an error
 * @throws {UserError} if the file, or the folder for a new one, is not writable
 */
export function checkWritable(path: string, option = '-o'): Promise<void> {
  const check = async (): Promise<void> => {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    const folder = path === '' || path.endsWith('/') ? path : dirname(path);
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    await access(found && !found.isFile() ? path : folder, constants.W_OK);
  };
  return attempt(path, check, option);
}

/**
 * Checks, as `checkWritable` does, that a file can take the place of another, by opening one: some folders that seem writable are not.
 *
 * @throws {UserError} if it cannot
 */
export async function checkReplaceable(path: string, option = '-o'): Promise<void> {
  await checkWritable(path, option);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) await (await openReplacement(path, undefined, option)).discard();
}

/** Does what writes a file, and throws a UserError in place of the system's errors, with the option that names the file. */
export async function attempt<Result>(path: string, work: () => Promise<Result>, option = '-o'): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new UserError(`${path}: cannot be written: ${reasonOf(cause)}`, {
      hint: `name another place with ${option}`,
      cause,
    });
  }
}
