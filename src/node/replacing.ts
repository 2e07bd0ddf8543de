import { rmSync } from 'node:fs';
import { copyFile, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { reasonOf } from './files.js';

/** A file that is written piece by piece, and is there only when it is whole. */
export interface Replacement {
  write(text: string): Promise<void>;
  /** Puts the file in its place. */
  finish(): Promise<void>;
  /** Leaves the place as it was. */
  discard(): Promise<void>;
}

/**
 * Opens a file that takes the place of another, or of none, once it is whole. What is no regular file (a pipe, a
 * device) is written as it comes. A process that ends before leaves no trace of it.
 *
 * @throws UserError where it cannot be written, then or later
 */
export async function openReplacement(path: string): Promise<Replacement> {
  const attempt = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((cause: unknown) => {
      throw unwritable(path, cause);
    });
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  const isRegular = found?.isFile() ?? true;
  const temporary = isRegular ? `${target}.${process.pid}.tmp` : target;
  const file = await attempt(open(temporary, 'w', found?.mode));
  const leaveNothing = (): void => {
    if (isRegular) rmSync(temporary, { force: true });
  };
  process.once('exit', leaveNothing);
  return {
    write: (text) => attempt(file.appendFile(text)),
    async finish() {
      await attempt(file.close());
      if (isRegular) await attempt(rename(temporary, target));
      process.off('exit', leaveNothing);
    },
    async discard() {
      await file.close().catch(() => undefined);
      leaveNothing();
      process.off('exit', leaveNothing);
    },
  };
}

/**
 * Writes a document of brat's into a folder, which is made where it is missing.
 *
 * @throws UserError where it cannot be written
 */
export async function writeDocument(folder: string, name: string, text: string, annotations: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name}.txt`), text);
    await writeFile(join(folder, `${name}.ann`), annotations);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/**
 * Copies a file so that its copy is there whole, or as it was.
 *
 * @throws UserError where it cannot be written
 */
export async function copyWhole(from: string, to: string): Promise<void> {
  const temporary = `${to}.${process.pid}.tmp`;
  try {
    await copyFile(from, temporary);
    await rename(temporary, to);
  } catch (error) {
    await rm(temporary, { force: true });
    throw unwritable(to, error);
  }
}

/**
 * Makes a folder where it is missing.
 *
 * @throws UserError where it cannot be made
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, cause: unknown): UserError {
  return new UserError(`${path}: cannot be written: ${reasonOf(cause)}`, { hint: 'name another place with -o', cause });
}
