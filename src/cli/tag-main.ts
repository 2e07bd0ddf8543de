import { runProgram } from './program.js';
import { addTagCommand } from './tag.js';

/**
 * Does what `main` does for `rnn tag`. It is built into one file with all that the command needs, since to look for forty files
 * takes longer than to tag a sentence.
 */
export function main(argv: readonly string[]): Promise<void> {
  return runProgram(argv, { tag: addTagCommand });
}
