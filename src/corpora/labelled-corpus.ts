import type { CorpusReading } from '../formats/corpus-reading.js';
import { nameOf } from '../node/files.js';
import type { Scheme } from '../text/scheme.js';
import { detectScheme } from '../text/scheme-detection.js';
import { illFormedNotice } from './notices.js';
import { type Corpus, readCorpus } from './read-corpus.js';

/** A corpus, and how its tags spell entities. */
export interface LabelledCorpus extends Corpus {
  readonly scheme: Scheme;
}

/**
 * Reads a corpus and finds out its scheme; its notices tell of ill-formed tags too.
 *
 * @param name what messages call it
 * @throws UserError with file and line if a file is no corpus, exit code 3
 */
export async function readLabelledCorpus(
  paths: readonly string[],
  reading: CorpusReading,
  name = paths.map(nameOf).join(', '),
): Promise<LabelledCorpus> {
  const corpus = await readCorpus(paths, reading);
  const scheme = detectScheme(corpus.sentences, reading.outside);
  const files = corpus.files.some((file) => file !== name) ? corpus.files : undefined;
  const notices = [...corpus.notices, ...illFormedNotice(name, corpus.sentences, scheme, files)];
  return { ...corpus, scheme, notices };
}
