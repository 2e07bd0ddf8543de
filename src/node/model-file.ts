import { UserError } from '../errors.js';
import { readCheckpoint } from '../model/checkpoint.js';
import type { Model } from '../model/model.js';
import { decodeText, nameOf, readBytes } from './files.js';
import { createKernels } from './team.js';

/** Where `rnn train` writes and the other commands look, unless told otherwise. */
export const DEFAULT_MODEL = 'model.json';

/** A checkpoint's bytes, unpacked, and how its file is called in messages. */
export interface ModelFile {
  readonly bytes: Uint8Array;
  readonly source: string;
}

/** @throws UserError where there is no checkpoint, exit code 3 */
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
 * @throws UserError where it is damaged, exit code 3
 */
export function openModel({ bytes, source }: ModelFile): Model {
  return readCheckpoint(decodeText(bytes, source), source, createKernels());
}
