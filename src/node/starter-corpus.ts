import { fileURLToPath } from 'node:url';

/** Returns the path of a part of the starter corpus, which ships with the package. */
export function starterCorpus(part: 'train' | 'dev' | 'test'): string {
  return fileURLToPath(new URL(`../../data/starter/${part}.conll`, import.meta.url));
}
