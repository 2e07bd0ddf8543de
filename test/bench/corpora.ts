import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './built.js';

/** Where the corpora that do not ship with the package are: beside the repository, or where BENCH_CORPORA says. */
export const CORPORA_FOLDER = process.env.BENCH_CORPORA ?? resolve(ROOT, '../shared/corpora');

/** The path of a corpus file; undefined where it is missing. */
export function findCorpus(file: string): string | undefined {
  const path = join(CORPORA_FOLDER, file);
  return existsSync(path) ? path : undefined;
}
