import * as z from 'zod';
import { badUsage } from '../../errors.js';
import { isSameFile } from '../../node/files.js';
import { DEFAULT_MODEL } from '../../node/model-file.js';
import type { Roots } from '../../node/roots.js';

export const modelInput = z
  .string()
  .default(DEFAULT_MODEL)
  .describe('Path of the checkpoint that the train tool or rnn train wrote.');

export const corporaInput = z
  .array(z.string())
  .min(1)
  .describe(
    'Paths of labelled corpora: CoNLL columns, JSON lines, or exports of annotation tools, found out by content.',
  );

export const partInputs = {
  dev: z.string().optional().describe('Path of a corpus that chooses the best epoch; without it a tenth is held out.'),
  test: z.string().optional().describe('Path of a corpus that is only scored.'),
};

/** Returns the paths of corpora and their parts, free of links. */
export async function readParts(
  roots: Roots,
  { corpora, dev, test }: { corpora: readonly string[]; dev?: string | undefined; test?: string | undefined },
): Promise<{ corpora: string[]; dev: string | undefined; test: string | undefined }> {
  const found: string[] = [];
  for (const path of corpora) found.push(await roots.input(path));
  return {
    corpora: found,
    dev: dev === undefined ? undefined : await roots.input(dev),
    test: test === undefined ? undefined : await roots.input(test),
  };
}

/**
 * Returns the path, free of links, of a file that is to be written, and none of those that are read.
 *
 * @param inputs paths free of links; undefined where none was given
 * @throws {UserError} if the file is one of them, exit code 2; as `Roots.output` does
 */
export async function outputBeside(
  roots: Roots,
  path: string,
  inputs: readonly (string | undefined)[],
): Promise<string> {
  const output = await roots.output(path);
  for (const input of inputs)
    if (input !== undefined && (await isSameFile(input, output)))
      throw badUsage(`${path} is both read and written`, 'name another file to write');
  return output;
}
