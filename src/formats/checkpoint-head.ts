import { badInput } from '../errors.js';

/** Matches the beginning of the file that `rnn train` writes. */
const CHECKPOINT = /^\ufeff?\s*\{\s*"format"\s*:\s*"rnn-tagger"/;

/**
 * Refuses a checkpoint that is given in place of a corpus.
 *
 * @param head the beginning of the file
 * @throws {UserError} if it is the beginning of a checkpoint, exit code 3
 */
export function refuseCheckpoint(head: string, source: string): void {
  if (!CHECKPOINT.test(head)) return;
  throw badInput(
    `${source}: expected a corpus, found a checkpoint`,
    'name it with -m; to train it further, name a corpus, and the checkpoint with --init-from',
  );
}
