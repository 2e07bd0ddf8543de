import { type HeedingFile, refuseUnheeded } from '../corpora/heeded-options.js';
import { type RawReading, readRawText } from '../corpora/read-raw.js';
import { badInput } from '../errors.js';
import { createDigest } from '../node/digest.js';
import { isStream, nameOf } from '../node/files.js';
import { createKernels } from '../numerics/fastest.js';
import { grouped } from '../text/counts.js';
import type { TokenLists } from '../text/sentence.js';
import type { Tokenizer } from '../text/tokenizer.js';
import { foldWord, type WordForm } from '../text/vocabulary.js';
import type { WordClusters } from '../text/word-clusters.js';
import { chanceFor } from '../training/chance.js';
import { divideWords, possibleSizes, scaledVectors, type WordVectors } from '../words/divide-words.js';
import { NeighbourCounts, NO_WORD } from '../words/neighbour-counts.js';
import { positiveMutualInformation } from '../words/ppmi.js';
import { singularVectors } from '../words/singular-vectors.js';
import type { SparseRows } from '../words/sparse-rows.js';
import { WordCounts } from '../words/word-counts.js';
import { type Notice, noticesOf } from './story.js';

/** The numbers of clusters into which words are divided, by default. */
export const USUAL_SIZES = [64, 256, 1024];

/** The largest numbers of words that have vectors, and of words that serve as neighbours, the most frequent ones. */
const MOST_WORDS = 25_000;
const MOST_NEIGHBOURS = 8_000;

/** Words that occur less often tell too little of themselves. */
const LEAST_COUNT = 3;

/** The length of the vectors. */
const WIDTH = 100;

/** Text from which something is learnt of words. */
export interface RawText {
  readonly paths: readonly string[];
  readonly reading: RawReading;
  /** Cuts text into tokens. */
  readonly cut: Tokenizer;
  /** Sentences that are learnt from as well. */
  readonly corpus: TokenLists;
  /** Is given every sentence, once. */
  readonly onSentence?: ((tokens: readonly string[]) => void) | undefined;
}

export interface LearningOptions {
  readonly form: WordForm;
  /** The numbers of clusters, ascending. */
  readonly sizes: readonly number[];
  readonly seed: number;
}

/** What was learnt of words. */
export interface LearntWords {
  readonly vectors: WordVectors;
  readonly clusters: WordClusters;
}

/**
 * Learns from raw text which words occur in similar contexts. It reads the text twice, so that only counts are in memory: of
 * words, then of their neighbours. Their positive mutual information is brought down to a vector for each word by a truncated
 * singular value decomposition (Levy & Goldberg 2014), and words of similar vectors are put together.
 *
 * @param pause lets timers and signals be heard
 * @throws UserError if a file cannot be read, or there is too little text, exit code 3
 */
export async function* learnWords(
  text: RawText,
  { form, sizes, seed }: LearningOptions,
  pause: () => Promise<void>,
): AsyncGenerator<Notice, LearntWords, undefined> {
  const source = text.paths.map(nameOf).join(', ');
  for (const path of text.paths) {
    if (await isStream(path))
      throw badInput(
        `${nameOf(path)}: raw text is read twice, and a stream comes only once`,
        'write it to a file first',
      );
  }
  yield* noticesOf(`raw text: counting the words of ${source}`);
  const counts = new WordCounts();
  const sha256 = yield* readAll(text, (tokens) => {
    for (const token of tokens) counts.add(foldWord(token, form));
    text.onSentence?.(tokens);
  });
  const words = counts
    .mostFrequent(MOST_WORDS, LEAST_COUNT)
    .map(({ word }) => word)
    .filter((word) => !/\s/.test(word));
  if (words.length < 2) throw tooLittle(source);
  yield* noticesOf(
    `raw text: ${grouped(counts.tokens)} tokens with those of the corpus; counting the neighbours of ${grouped(words.length)} words`,
  );
  const counted = await countNeighbours(text, form, words);
  if (counted.sha256 !== sha256) throw badInput(`${source}: raw text has changed while it was read`);
  yield* noticesOf('raw text: finding vectors');
  const information = positiveMutualInformation(counted.rows);
  const found = await paused(singularVectors(information, WIDTH, chanceFor(seed, 'wordVectors')), pause);
  const vectors = scaledVectors(words, found);
  if (vectors.words.length < 2) throw tooLittle(source);
  const possible = possibleSizes(sizes, vectors.words.length);
  yield* noticesOf(
    `raw text: dividing ${grouped(vectors.words.length)} words into ${possible.map(grouped).join(', ')} clusters${possible.length < sizes.length ? '; for more there are too few words' : ''}`,
  );
  const division = divideWords(createKernels(), vectors, possible, chanceFor(seed, 'wordClusters'), sha256);
  return { vectors, clusters: await paused(division, pause) };
}

/** Counts the neighbours of words; a function of its own, so that what it counts in needs no memory afterwards. */
async function countNeighbours(
  text: RawText,
  form: WordForm,
  words: readonly string[],
): Promise<{ readonly rows: SparseRows; readonly sha256: string }> {
  const neighbours = new NeighbourCounts(words.length, Math.min(words.length, MOST_NEIGHBOURS));
  const ids = new Map(words.map((word, id) => [word, id]));
  const reading = readAll(text, (tokens) => {
    neighbours.addSentence(Int32Array.from(tokens, (token) => ids.get(foldWord(token, form)) ?? NO_WORD));
  });
  const sha256 = await lastOf(reading);
  return { rows: neighbours.toRows(), sha256 };
}

function tooLittle(source: string): Error {
  return badInput(
    `${source}: too little text: no two words occur ${LEAST_COUNT} times beside others`,
    'more text, with a sentence or more a line, is needed',
  );
}

/**
 * Reads all sentences of the files, then those of the corpus.
 *
 * @returns the SHA-256 of the files
 * @throws UserError if a file cannot be read or has no text, exit code 3; if no file has a use for an option, exit code 2
 */
async function* readAll(
  { paths, reading, cut, corpus }: RawText,
  take: (tokens: readonly string[]) => void,
): AsyncGenerator<Notice, string, undefined> {
  const digest = createDigest();
  const files: HeedingFile[] = [];
  for (const path of paths) {
    let tokens = 0;
    let isFirst = true;
    for await (const { sentences, readAs, heeds } of readRawText(path, reading, cut, (bytes) => digest.update(bytes))) {
      if (isFirst) {
        files.push({ path, readAs, heeds });
        yield* noticesOf(`${nameOf(path)}: read as ${readAs}`);
      }
      isFirst = false;
      for (const sentence of sentences) {
        tokens += sentence.length;
        take(sentence);
      }
    }
    if (tokens === 0) throw badInput(`${nameOf(path)}: no text in it`, 'raw text has a sentence or more on each line');
  }
  refuseUnheeded(files, reading);
  for (const { tokens } of corpus) take(tokens);
  return digest.digest('hex');
}

/** Runs a generator to its end, and returns what it returns. */
async function lastOf<Result>(steps: AsyncGenerator<unknown, Result, undefined>): Promise<Result> {
  for (;;) {
    const { value, done } = await steps.next();
    if (done) return value;
  }
}

/** Runs rounds of work to their end, with a pause after each. */
async function paused<Result>(
  rounds: Generator<number, Result, undefined>,
  pause: () => Promise<void>,
): Promise<Result> {
  for (;;) {
    const { value, done } = rounds.next();
    if (done) return value;
    await pause();
  }
}
