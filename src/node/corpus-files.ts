import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { badInput } from '../errors.js';
import { type ConllColumns, readConll } from '../formats/conll.js';
import type { CorpusFingerprint } from '../model/model.js';
import { countTokens, type Sentence } from '../text/sentence.js';
import { decodeText, nameOf, readBytes } from './files.js';

export interface Corpus {
  /** Documents are numbered over all files; files are never one document. */
  readonly sentences: readonly Sentence[];
  readonly fingerprint: CorpusFingerprint;
}

/**
 * Reads a corpus from one file or several.
 *
 * @throws UserError with file and line where it is no corpus, exit code 3
 */
export async function readCorpus(paths: readonly string[], columns: ConllColumns = {}): Promise<Corpus> {
  const hash = createHash('sha256');
  const sentences: Sentence[] = [];
  for (const path of paths) {
    const bytes = await readBytes(path);
    hash.update(bytes);
    const source = nameOf(path);
    const read = readConll(decodeText(bytes, source), { source, needsTags: true, ...columns });
    if (read.length === 0)
      throw badInput(`${source}: no sentence in it`, 'each line holds a token and its tag, as in "London B-LOC"');
    const firstDocument = (sentences.at(-1)?.document ?? -1) + 1;
    for (const sentence of read) sentences.push({ ...sentence, document: firstDocument + sentence.document });
  }
  const tokens = countTokens(sentences);
  return { sentences, fingerprint: { sha256: hash.digest('hex'), sentences: sentences.length, tokens } };
}

/** Where the starter corpus, which ships with the package, stands. */
export function starterCorpus(part: 'train' | 'dev' | 'test'): string {
  return fileURLToPath(new URL(`../../data/starter/${part}.conll`, import.meta.url));
}
