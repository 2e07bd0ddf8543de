import type { CorpusReading } from '../formats/format.js';
import { nameOf, STANDARD_STREAM } from '../node/files.js';
import { at } from '../text/at.js';
import type { Corpus } from './read-corpus.js';
import { readTokenLines, type TokenLines } from './token-lines.js';

/** The place of a sentence in its corpus. */
export interface SentencePlace {
  /** Its file and the line of its first token, as in `train.conll:12`; a later sentence of the same line has `#2` behind it. */
  readonly id: string;
  /** Name of its file in messages. */
  readonly file: string;
  /** The line of each token. */
  readonly lines: readonly number[];
}

/** Finds the places of a corpus's sentences. */
export async function findPlaces(
  { sentences, files }: Pick<Corpus, 'sentences' | 'files'>,
  paths: readonly string[],
  reading: CorpusReading,
): Promise<SentencePlace[]> {
  const linesByFile = new Map<string, TokenLines | undefined>();
  for (const path of paths) linesByFile.set(nameOf(path), await readTokenLines(path, reading));
  const counts = new Map<string, number>();
  // What came through a pipe cannot be read again: its lines show whether each is a token.
  const isPiped = files.map((file) => file === nameOf(STANDARD_STREAM));
  const isColumns = sentences.every(({ line, tokens }, index) => {
    const next = sentences[index + 1];
    return !next || !isPiped[index] || !isPiped[index + 1] || next.line > line + tokens.length;
  });
  return sentences.map(({ tokens, line }, index) => {
    const file = at(files, index);
    const lines =
      linesByFile.get(file)?.lines.get(line) ?? tokens.map((_, t) => (isPiped[index] && isColumns ? line + t : line));
    const place = `${file}:${line}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return { id: count === 1 ? place : `${place}#${count}`, file, lines };
  });
}
