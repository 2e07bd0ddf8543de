import { type CheckResult, type CheckSettings, checkCorpus } from './checks/corpus.js';
import type { CorpusFile } from './checks/lines.js';
import { nameOf, readBytes } from './node/files.js';

export interface CheckOptions extends CheckSettings {
  /** Files of the training corpus. */
  readonly corpora: readonly string[];
  readonly dev?: string | undefined;
  readonly test?: string | undefined;
}

/**
 * Finds, before training, what is wrong with a corpus.
 *
 * @throws UserError where a file cannot be read at all, exit code 3
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { corpora, dev, test } = options;
  const files = {
    train: await readFiles(corpora),
    ...(dev !== undefined && { dev: await readFiles([dev]) }),
    ...(test !== undefined && { test: await readFiles([test]) }),
  };
  return checkCorpus(files, options);
}

async function readFiles(paths: readonly string[]): Promise<CorpusFile[]> {
  const files: CorpusFile[] = [];
  for (const path of paths) files.push({ name: nameOf(path), bytes: await readBytes(path) });
  return files;
}
