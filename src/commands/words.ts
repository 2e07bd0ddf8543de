import type { RawReading } from '../corpora/read-raw.js';
import { writeClusters } from '../formats/cluster-lines.js';
import { resolveSettings, type SettingsInput } from '../settings/settings.js';
import { at } from '../text/at.js';
import { tokenize } from '../text/tokenizer.js';
import type { WordVectors } from '../words/divide-words.js';
import { learnWords, USUAL_SIZES } from './learn-words.js';
import type { Notice } from './story.js';

export interface WordsOptions {
  readonly files: readonly string[];
  readonly reading: RawReading;
  /** The numbers of clusters, ascending. */
  readonly sizes?: readonly number[] | undefined;
  readonly settings: Pick<SettingsInput, 'lowercase' | 'foldDigits' | 'seed'>;
  /** Lets timers and signals be heard. */
  readonly pause: () => Promise<void>;
}

export interface WordsReport {
  /** The number of words, and into how many clusters they are divided. */
  readonly words: number;
  readonly sizes: readonly number[];
  /** The text of a file for `--clusters`, in pieces. */
  clusters(): Iterable<string>;
  /** The text of a file for `--vectors`, in pieces. */
  vectors(): Iterable<string>;
}

/**
 * Learns vectors and clusters of words from raw text.
 *
 * @throws UserError if a file cannot be read, or there is too little text, exit code 3
 */
export async function* makeWords(options: WordsOptions): AsyncGenerator<Notice, WordsReport, undefined> {
  const { lowercase, foldDigits, seed } = resolveSettings(options.settings);
  const text = { paths: options.files, reading: options.reading, cut: tokenize, corpus: [] };
  const learning = { form: { lowercase, foldDigits }, sizes: options.sizes ?? USUAL_SIZES, seed };
  const { vectors, clusters } = yield* learnWords(text, learning, options.pause);
  return {
    words: vectors.words.length,
    sizes: clusters.clusterings.map(({ size }) => size),
    clusters: () => writeClusters(clusters),
    vectors: () => writeVectors(vectors),
  };
}

/** The number of digits behind the point of a number from -1 to 1. */
const DIGITS = 5;

/** Yields the lines of a file of vectors as GloVe's: a word and its numbers, separated by spaces. */
function* writeVectors({ words, numbers, width }: WordVectors): Generator<string> {
  for (const [row, word] of words.entries()) {
    const own = Array.from({ length: width }, (_, d) => at(numbers, row * width + d).toFixed(DIGITS));
    yield `${word} ${own.join(' ')}\n`;
  }
}
