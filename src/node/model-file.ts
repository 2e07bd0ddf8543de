import { UserError } from '../errors.js';
import { readCheckpoint } from '../model/checkpoint.js';
import type { Model } from '../model/model.js';
import { decodeText, nameOf, readBytes } from './files.js';
import { createKernels } from './team.js';

/** Where `rnn train` writes and the other commands look, unless told otherwise. */
export const DEFAULT_MODEL = 'model.json';

/** @throws UserError where there is no checkpoint or a damaged one, exit code 3 */
export async function readModel(path: string): Promise<Model> {
  const bytes = await readBytes(path).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message, {
      exitCode: error.exitCode,
      hint: 'run "rnn train" first, or name a model with -m',
    });
  });
  return readCheckpoint(decodeText(bytes, nameOf(path)), nameOf(path), createKernels());
}
