import { readCorpus } from '../../../src/corpora/read-corpus.js';
import { type Scores, scoreTags } from '../../../src/evaluation/scores.js';
import { detectScheme, hasSpans, type LabelledSentences, recode, type Scheme } from '../../../src/text/scheme.js';
import { type Algorithm, type Answer, type Job, trainCrfsuite } from '../peers/crfsuite/train.js';
import type { Split } from './corpora.js';

export interface CrfsuiteRun extends Omit<Answer, 'tags'> {
  readonly dev: Scores;
  readonly test: Scores;
}

/**
 * Trains CRFsuite on a split and scores it as our own taggers are scored. It needs no dev: where the corpus has none,
 * and ours was cut from its train, what is scored on test (and timed) has trained on both.
 *
 * @param ceiling seconds for each training
 */
export async function runCrfsuite(
  python: string,
  algorithm: Algorithm,
  split: Split,
  ceiling: number,
): Promise<CrfsuiteRun> {
  const [train, dev, test] = await Promise.all([split.train, split.dev, split.test].map(read));
  const { tags, ...run } = await trainCrfsuite(python, algorithm, jobOf([train], [dev, test]), ceiling);
  const devScores = score(dev, tags.slice(0, dev.sentences.length));
  if (!split.devIsCutFromTrain) return { ...run, dev: devScores, test: score(test, tags.slice(dev.sentences.length)) };
  const onBoth = await trainCrfsuite(python, algorithm, jobOf([train, dev], [test]), ceiling);
  const { tags: testTags, ...wholeRun } = onBoth;
  return { ...wholeRun, dev: devScores, test: score(test, testTags) };
}

async function read(path: string): Promise<LabelledSentences> {
  const { sentences } = await readCorpus([path]);
  return { sentences, scheme: detectScheme(sentences) };
}

function jobOf(train: readonly LabelledSentences[], others: readonly LabelledSentences[]): Job {
  return {
    train: train.flatMap(({ sentences, scheme }) =>
      sentences.map(({ tokens, tags }) => [tokens, recode(tags, scheme, trainedScheme(scheme))] as const),
    ),
    tag: others.flatMap(({ sentences }) => sentences.map(({ tokens }) => tokens)),
  };
}

/** CRFsuite learns spans as B-, I- and O. */
function trainedScheme(scheme: Scheme): Scheme {
  return hasSpans(scheme) ? { ...scheme, name: 'iob2' } : scheme;
}

function score({ sentences, scheme }: LabelledSentences, predicted: readonly (readonly string[])[]): Scores {
  const pairs = sentences.map(({ tags }, index) => ({ gold: tags, predicted: predicted[index] ?? [] }));
  return scoreTags(pairs, scheme, trainedScheme(scheme));
}
