import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { UserError } from '../errors.js';
import { readCheckpoint } from '../model/checkpoint.js';
import type { Model } from '../model/model.js';
import { createKernels } from '../numerics/fastest.js';
import { parseCheckpoint } from './checkpoint-bytes.js';
import { nameOf, readBytes } from './files.js';
import { writeWhole } from './writing.js';

/** The checkpoint that `rnn train` writes and the other commands read by default. */
export const DEFAULT_MODEL = 'model.json';

/** A checkpoint's bytes, unpacked, and the name of its file in messages. */
export interface ModelFile {
  readonly bytes: Uint8Array;
  readonly source: string;
}

/**
 * Reads the bytes of a checkpoint.
 *
 * @throws {UserError} if there is none, exit code 3
 */
export async function readModelFile(path: string): Promise<ModelFile> {
  const bytes = await readBytes(path).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message, {
      exitCode: error.exitCode,
      hint: 'run "rnn train" first, or name a model with -m',
    });
  });
  return { bytes, source: nameOf(path) };
}

/**
 * Makes the model that a checkpoint holds.
 *
 * @throws {UserError} if the checkpoint is damaged, exit code 3
 */
export function openModel({ bytes, source }: ModelFile): Model {
  return readCheckpoint(parseCheckpoint(bytes, source), source, createKernels());
}

/**
 * Writes a checkpoint. If it cannot be written, because the disk is full or the folder is gone, it is written to the
 * system's folder for temporary files, so that the work is not lost.
 *
 * @param text returns the checkpoint piece by piece, from the beginning whenever it is called
 * @throws {UserError} if it cannot be written to its place; the hint says where it is
 */
export async function writeModel(path: string, text: () => Iterable<string>): Promise<void> {
  try {
    await writeWhole(path, text());
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message, { hint: await rescue(path, text), cause: error.cause });
  }
}

/** Writes a checkpoint elsewhere, and returns the hint for the user. */
async function rescue(path: string, text: () => Iterable<string>): Promise<string> {
  try {
    const refuge = join(await mkdtemp(join(tmpdir(), 'rnn-')), basename(path));
    await writeWhole(refuge, text());
    return `the model was saved as ${refuge}: copy it from there`;
  } catch {
    return 'make room or mend the folder, and repeat the command with --resume, which goes on from the last saved state';
  }
}
