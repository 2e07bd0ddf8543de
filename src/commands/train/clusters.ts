import { badInput, badUsage } from '../../errors.js';
import { ClusterLines } from '../../formats/cluster-lines.js';
import { decodeClusters } from '../../model/checkpoint-clusters.js';
import { createDigest } from '../../node/digest.js';
import { nameOf, streamBytes } from '../../node/files.js';
import { readLines } from '../../node/lines.js';
import { readShippedClusters } from '../../node/package-files.js';
import type { PresetName, SettingsInput } from '../../settings/settings.js';
import { MOST_RAW_SENTENCES } from '../../settings/training.js';
import { findConvention } from '../../text/convention.js';
import { grouped } from '../../text/counts.js';
import { joinClusters } from '../../text/join-clusters.js';
import type { TokenLists } from '../../text/sentence.js';
import { createTokenizer } from '../../text/tokenizer.js';
import { foldWord, UNKNOWN_ID, type Vocabulary, type WordForm } from '../../text/vocabulary.js';
import { MOST_CLUSTERS, MOST_DIVISIONS, type WordClusters } from '../../text/word-clusters.js';
import { chanceFor } from '../../training/chance.js';
import { SentenceSample } from '../../words/sentence-sample.js';
import { learnWords, USUAL_SIZES } from '../learn-words.js';
import { type Notice, noticesOf } from '../story.js';
import type { InitialModel } from './initial.js';

/** Words for `--clusters` that are no names of files. */
const AUTO = 'auto';
const NONE = 'none';

/** The fraction of a corpus's distinct words that the clusters which ship must cover to be used by themselves. */
const ENOUGH = 0.5;

export interface ClustersOptions {
  /** A file of clusters, or `auto` for those that ship if they suit the corpus, or `none`. */
  readonly clusters?: string | undefined;
  /** Files of raw text, from which more clusters are learnt. */
  readonly raw?: readonly string[] | undefined;
  /** Lets timers and signals be heard while clusters are learnt. */
  readonly pause: () => Promise<void>;
  readonly preset?: PresetName | undefined;
  readonly settings: SettingsInput;
}

/** Knowledge of words that a training begins with. */
export interface WordsFromElsewhere {
  readonly clusters: WordClusters | undefined;
  /** A sample of the sentences of raw text and the corpus; undefined if there is no raw text. */
  readonly rawSample?: SentenceSample;
}

/**
 * Reads the word clusters of a training and learns more from raw text, or takes those of the model that it goes on with.
 *
 * @param vocabulary by whose form words with clusters are found
 * @param seed of what is drawn while clusters are learnt
 * @throws UserError if a file is not as it should be, exit code 3, or a model has clusters of its own, exit code 2
 */
export async function* takeClusters(
  options: ClustersOptions,
  initial: InitialModel | undefined,
  sentences: TokenLists,
  vocabulary: Vocabulary,
  seed: number,
): AsyncGenerator<Notice, WordsFromElsewhere, undefined> {
  const { raw = [] } = options;
  if (initial) {
    if (options.clusters !== undefined || raw.length > 0) {
      const flag = options.clusters === undefined ? '--raw' : '--clusters';
      throw badUsage(
        `${flag === '--raw' ? '--raw gives clusters, which' : flag} are taken when a model is first trained: one that goes on keeps what it has`,
        `leave out ${flag} or --init-from`,
      );
    }
    return { clusters: initial.model.language.features.knowledge.clusters };
  }
  const given = yield* readGivenClusters(options, sentences, vocabulary.form);
  if (raw.length === 0) return { clusters: given };
  const cut = createTokenizer(findConvention(sentences), (word) => vocabulary.idOf(word) !== UNKNOWN_ID);
  const rawSample = new SentenceSample(MOST_RAW_SENTENCES, chanceFor(seed, 'rawSentences'));
  const source = { paths: raw, reading: {}, cut, corpus: sentences, onSentence: rawSample.add.bind(rawSample) };
  const { clusters } = yield* learnWords(source, { form: vocabulary.form, sizes: USUAL_SIZES, seed }, options.pause);
  if (!given) return { clusters, rawSample };
  if (given.clusterings.length + clusters.clusterings.length > MOST_DIVISIONS)
    throw badInput(
      `${nameOf(options.clusters ?? AUTO)}: expected at most ${MOST_DIVISIONS - clusters.clusterings.length} clusters a word beside those of --raw, found ${given.clusterings.length}`,
      'leave out --clusters or --raw',
    );
  if (given.clusterings.some(({ size }) => size === MOST_CLUSTERS))
    throw badInput(
      `${nameOf(options.clusters ?? AUTO)}: expected clusters below ${MOST_CLUSTERS - 1} beside those of --raw`,
      'leave out --clusters or --raw',
    );
  return { clusters: joinClusters(given, clusters, vocabulary.form), rawSample };
}

/** Reads the clusters of a file, or those that ship if they suit the corpus. */
async function* readGivenClusters(
  options: ClustersOptions,
  sentences: TokenLists,
  form: WordForm,
): AsyncGenerator<Notice, WordClusters | undefined, undefined> {
  const wanted = options.clusters ?? (mayHaveClusters(options) ? AUTO : NONE);
  if (wanted === NONE) return undefined;
  const clusters =
    wanted === AUTO
      ? decodeClusters(JSON.parse(await readShippedClusters()), 'the clusters that ship')
      : await readClusters(wanted);
  const { covered, words } = coverageOf(clusters, sentences, form);
  const share = `${grouped(covered)} of ${grouped(words)} words of the corpus (${Math.floor((100 * covered) / Math.max(1, words))} %)`;
  const suits = covered >= ENOUGH * words;
  if (wanted !== AUTO) yield* noticesOf(`clusters: ${nameOf(wanted)} covers ${share}`, ...(suits ? [] : [FEW]));
  else if (suits)
    yield* noticesOf(`clusters: the English ones that ship cover ${share}, and are used (--clusters none: without)`);
  else if (options.clusters === AUTO)
    yield* noticesOf(`clusters: the English ones that ship cover only ${share}, and are not used`);
  return wanted !== AUTO || suits ? clusters : undefined;
}

const FEW = 'warning: few words have clusters; are the clusters for this language, and are words spelt alike?';

/** Whether a network may have the clusters that ship: one whose features nobody chose, and not the textbook's. */
export function mayHaveClusters({ preset, settings }: Pick<ClustersOptions, 'preset' | 'settings'>): boolean {
  return preset !== 'textbook' && settings.features === undefined && settings.input !== 'sum';
}

/**
 * Reads a file of clusters as a stream, gzip too.
 *
 * @throws UserError with file and line if it is no such file, exit code 3
 */
export async function readClusters(path: string): Promise<WordClusters> {
  const source = nameOf(path);
  const digest = createDigest();
  const lines = new ClusterLines(source);
  const bytes = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of streamBytes(path)) {
      digest.update(chunk);
      yield chunk;
    }
  };
  for await (const group of readLines(bytes(), source)) {
    for (const text of group) {
      if (typeof text !== 'string') throw badInput(text.error);
      lines.read(text);
    }
  }
  return lines.end(digest.digest('hex'));
}

/** Counts the distinct words of a corpus, and those with clusters. */
function coverageOf(
  clusters: WordClusters,
  sentences: TokenLists,
  form: WordForm,
): { readonly covered: number; readonly words: number } {
  const seen = new Set<string>();
  let covered = 0;
  for (const { tokens } of sentences) {
    for (const token of tokens) {
      const word = foldWord(token, form);
      if (seen.has(word)) continue;
      seen.add(word);
      if (clusters.has(token, word)) covered++;
    }
  }
  return { covered, words: seen.size };
}
