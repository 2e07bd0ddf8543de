import { badInput, badUsage } from '../../errors.js';
import { ClusterLines } from '../../formats/cluster-lines.js';
import { decodeClusters } from '../../model/checkpoint-clusters.js';
import { createDigest, nameOf, streamBytes } from '../../node/files.js';
import { readLines } from '../../node/lines.js';
import { readShippedClusters } from '../../node/package-files.js';
import type { PresetName, SettingsInput } from '../../settings/settings.js';
import { grouped } from '../../text/counts.js';
import type { TokenLists } from '../../text/sentence.js';
import { foldWord, type WordForm } from '../../text/vocabulary.js';
import type { WordClusters } from '../../text/word-clusters.js';
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
  readonly preset?: PresetName | undefined;
  readonly settings: SettingsInput;
}

/**
 * Reads the word clusters of a training, or takes those of the model that it goes on with.
 *
 * @param form of the vocabulary's words, by which words with clusters are found
 * @throws UserError if the file is not as it should be, exit code 3, or a model has clusters of its own, exit code 2
 */
export async function* takeClusters(
  options: ClustersOptions,
  initial: InitialModel | undefined,
  sentences: TokenLists,
  form: WordForm,
): AsyncGenerator<Notice, WordClusters | undefined, undefined> {
  if (initial) {
    if (options.clusters !== undefined)
      throw badUsage(
        '--clusters are taken when a model is first trained: one that goes on keeps what it has',
        'leave out --clusters or --init-from',
      );
    return initial.model.language.features.knowledge.clusters;
  }
  const wanted = options.clusters ?? defaultClusters(options);
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

/** Clusters belong to networks whose features nobody chose, and not to the textbook's. */
function defaultClusters({ preset, settings }: ClustersOptions): string {
  return preset === 'textbook' || settings.features !== undefined || settings.input === 'sum' ? NONE : AUTO;
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
