import { readCorpus } from '../../../src/corpora/read-corpus.js';
import { type Scores, scoreTags } from '../../../src/evaluation/scores.js';
import { decodeClusters } from '../../../src/model/checkpoint-clusters.js';
import { readShippedClusters } from '../../../src/node/package-files.js';
import { detectScheme, hasSpans, type LabelledSentences, recode, type Scheme } from '../../../src/text/scheme.js';
import { foldWord } from '../../../src/text/vocabulary.js';
import type { WordClusters } from '../../../src/text/word-clusters.js';
import { type Answer, type Job, trainCrfsuite } from '../peers/crfsuite/train.js';
import type { CrfsuiteContestant } from './contestants.js';
import type { Split } from './corpora.js';

export interface CrfsuiteRun extends Omit<Answer, 'tags'> {
  /** Undefined where there is no dev. */
  readonly dev: Scores | undefined;
  readonly test: Scores;
}

/**
 * Trains CRFsuite on a split and scores it as our own taggers are scored. It needs no dev, which is only scored.
 *
 * @param ceiling seconds for each training
 */
export async function runCrfsuite(
  python: string,
  { algorithm, hasClusters }: Pick<CrfsuiteContestant, 'algorithm' | 'hasClusters'>,
  split: Split,
  ceiling: number,
): Promise<CrfsuiteRun> {
  const [train, test] = await Promise.all([split.train, split.test].map(read));
  const dev = split.dev === undefined ? undefined : await read(split.dev);
  if (!train || !test) throw new Error('a corpus is missing');
  const clusters = hasClusters ? await readClusters() : undefined;
  const job = jobOf(train, dev ? [dev, test] : [test], clusters);
  const { tags, ...usage } = await trainCrfsuite(python, algorithm, job, ceiling);
  const size = dev?.sentences.length ?? 0;
  return { ...usage, dev: dev && score(dev, tags.slice(0, size)), test: score(test, tags.slice(size)) };
}

async function readClusters(): Promise<WordClusters> {
  return decodeClusters(JSON.parse(await readShippedClusters()), 'the clusters that ship');
}

async function read(path: string): Promise<LabelledSentences> {
  const { sentences } = await readCorpus([path]);
  return { sentences, scheme: detectScheme(sentences) };
}

function jobOf(
  { sentences, scheme }: LabelledSentences,
  others: readonly LabelledSentences[],
  clusters: WordClusters | undefined,
): Job {
  const tag = others.flatMap(({ sentences }) => sentences.map(({ tokens }) => tokens));
  const tokens = [...sentences.map((sentence) => sentence.tokens), ...tag].flat();
  return {
    train: sentences.map(
      (sentence) => [sentence.tokens, recode(sentence.tags, scheme, trainedScheme(scheme))] as const,
    ),
    tag,
    ...(clusters && { clusters: Object.fromEntries(tokens.map((token) => [token, clustersOf(token, clusters)])) }),
  };
}

/** The number of a token's cluster in each division, 0 where it has none. */
function clustersOf(token: string, clusters: WordClusters): number[] {
  const form = foldWord(token, { lowercase: true, foldDigits: true });
  return clusters.clusterings.map((_, place) => clusters.idOf(token, form, place));
}

/** CRFsuite learns spans as B-, I- and O. */
function trainedScheme(scheme: Scheme): Scheme {
  return hasSpans(scheme) ? { ...scheme, name: 'iob2' } : scheme;
}

function score({ sentences, scheme }: LabelledSentences, predicted: readonly (readonly string[])[]): Scores {
  const pairs = sentences.map(({ tags }, index) => ({ gold: tags, predicted: predicted[index] ?? [] }));
  return scoreTags(pairs, scheme, trainedScheme(scheme));
}
