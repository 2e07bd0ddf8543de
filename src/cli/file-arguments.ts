import { badUsage } from '../errors.js';
import { isSameFile, STANDARD_STREAM } from '../node/files.js';
import { checkWritable } from '../node/writing.js';

/**
 * Refuses, before any work is done, files that cannot all be meant.
 *
 * @param inputs files that are read; undefined where an option was not given
 * @param output the file that is written
 * @throws UserError where stdin is read twice or a file is both read and written, exit code 2; where the output cannot
 *   be written, exit code 1
 */
export async function checkFileArguments(
  inputs: readonly (string | undefined)[],
  output: string = STANDARD_STREAM,
): Promise<void> {
  const paths = inputs.filter((path) => path !== undefined);
  if (paths.filter((path) => path === STANDARD_STREAM).length > 1)
    throw badUsage('stdin (-) is named more than once, and can be read only once', 'name a file for the others');
  if (output === STANDARD_STREAM) return;
  for (const path of paths) {
    if (path !== STANDARD_STREAM && (await isSameFile(path, output)))
      throw badUsage(`${output} is both read and written`, 'name another file with -o');
  }
  await checkWritable(output);
}
