import type { KnownEntities } from '../model/known-entities.js';
import { Random } from '../numerics/random.js';
import { createIllFormedCounter, createScoredReader, hasSpans, type Scheme, type SpanReader } from '../text/scheme.js';
import type { PairedSentence } from '../text/sentence.js';
import { bootstrapInterval, type Interval } from './bootstrap.js';
import { type Calibration, calibrationOf, judgeSpans } from './calibration.js';
import { type Comparison, compareTaggers } from './comparison.js';
import { type ConfusionCell, confusionOf } from './confusion.js';
import { createDisputeCheck } from './disputes.js';
import { type Group, groupByFamiliarity, groupByLength } from './groups.js';
import { type Matching, matchSpans } from './matching.js';
import { countBy, pairOf, type Scores, type SpanPair, scoresOf, scoreTags, type TagPair } from './scores.js';
import { type WrongSentence, wrongSentences } from './sentences.js';
import { type Averages, averagesOf, createSeqevalCounter, type SeqevalMode } from './seqeval.js';

/** Everything that a report says of a tagger. Of tags that spell no spans, each token counts as a span. */
export interface Evaluation {
  readonly scheme: Scheme;
  /** That of the predicted tags, if it is another. */
  readonly predictedScheme: Scheme;
  readonly seed: number;
  readonly scores: Scores;
  /** What the conlleval script counts, which misreads BIOES and parts of speech. */
  readonly conlleval: Scores;
  readonly seqeval: Readonly<Record<SeqevalMode, Averages>>;
  readonly matching: Matching;
  /** Tags that the scheme does not allow where they stand. */
  readonly illFormed: { readonly gold: number; readonly predicted: number };
  readonly interval: Interval;
  readonly confusion: readonly ConfusionCell[];
  readonly byLength: readonly Group[];
  /** Undefined where nobody knows the training data. */
  readonly byFamiliarity: readonly Group[] | undefined;
  /** Undefined where nobody knows how sure the tagger was, or it found nothing. */
  readonly calibration: Calibration | undefined;
  readonly wrong: readonly WrongSentence[];
  readonly comparison: Comparison | undefined;
}

/** Another tagger's tags of the same sentences, in the same scheme. */
export interface OtherTagger {
  readonly name: string;
  readonly predicted: readonly (readonly string[])[];
}

export interface ScoringOptions {
  /** How gold and predicted tags spell spans. */
  readonly scheme: Scheme;
  /** How predicted tags do, where otherwise: of IOB1 and IOB2 one each. */
  readonly predictedScheme?: Scheme | undefined;
  /** Fixes what the bootstrap draws. */
  readonly seed: number;
  readonly known?: KnownEntities | undefined;
  /** Of the predicted spans of each sentence, in order. */
  readonly confidences?: readonly (readonly number[])[] | undefined;
  readonly other?: OtherTagger | undefined;
}

/** Evaluates a tagger by the tags that it gave to sentences. */
export function evaluateTags(sentences: readonly PairedSentence[], options: ScoringOptions): Evaluation {
  const { scheme, predictedScheme = scheme, seed, known, confidences, other } = options;
  const read = createScoredReader(scheme);
  const spans = sentences.map((pair) => readPair(pair, read));
  const scores = scoresOf(sentences, scheme, spans);
  const judged = confidences ? spans.flatMap((pair, index) => judgeSpans(pair, confidences[index] ?? [])) : [];
  return {
    scheme,
    predictedScheme,
    seed,
    scores,
    conlleval: isReadByScript(scheme) ? scores : scoreTags(sentences, { name: 'iob2', outside: 'O' }),
    ...readOtherwise(sentences, spans, scheme, predictedScheme),
    matching: matchSpans(spans),
    interval: bootstrapInterval(spans, new Random(seed, 1)),
    confusion: confusionOf(spans),
    byLength: groupByLength(spans),
    byFamiliarity: known && groupByFamiliarity(spans, sentences, known),
    calibration: judged.length > 0 && hasSpans(scheme) ? calibrationOf(judged) : undefined,
    wrong: wrongSentences(sentences, spans),
    comparison: other && compare(sentences, spans, other, options),
  };
}

/** Whether the script, which knows B- and I- and O alone, reads the tags as they are meant. */
export function isReadByScript(scheme: Scheme): boolean {
  return scheme.name !== 'bioes' && hasSpans(scheme);
}

function readPair({ gold, predicted }: TagPair, read: SpanReader): SpanPair {
  return pairOf(read(gold), read(predicted));
}

/** What other readers make of the tags. Most sentences are read alike by all, and are not read again. */
function readOtherwise(
  pairs: readonly TagPair[],
  spans: readonly SpanPair[],
  scheme: Scheme,
  predictedScheme: Scheme,
): Pick<Evaluation, 'seqeval' | 'illFormed'> {
  const isUndisputed = createDisputeCheck(scheme);
  const isPredictedUndisputed = createDisputeCheck(predictedScheme);
  const disputed: TagPair[] = [];
  const undisputed: SpanPair[] = [];
  for (let index = 0; index < pairs.length; index++) {
    const pair = pairs[index] as TagPair;
    if (isUndisputed(pair.gold) && isPredictedUndisputed(pair.predicted)) undisputed.push(spans[index] as SpanPair);
    else disputed.push(pair);
  }
  const averages = (mode: SeqevalMode): Averages => {
    const counts = countBy(undisputed, ({ label }) => label);
    const count = createSeqevalCounter(mode, scheme, predictedScheme, counts);
    for (const pair of disputed) count(pair);
    return averagesOf(counts.values());
  };
  const countGold = createIllFormedCounter(scheme);
  const countPredicted = createIllFormedCounter(predictedScheme);
  const illFormed = { gold: 0, predicted: 0 };
  for (const { gold, predicted } of disputed) {
    illFormed.gold += countGold(gold);
    illFormed.predicted += countPredicted(predicted);
  }
  return { seqeval: { default: averages('default'), strict: averages('strict') }, illFormed };
}

function compare(
  sentences: readonly PairedSentence[],
  spans: readonly SpanPair[],
  { name, predicted }: OtherTagger,
  { scheme, seed }: ScoringOptions,
): Comparison {
  const pairs = sentences.map(({ gold }, index) => ({ gold, predicted: predicted[index] ?? [] }));
  const read = createScoredReader(scheme);
  const others = pairs.map((pair) => readPair(pair, read));
  const scores = scoresOf(pairs, scheme, others);
  return { name, scores, ...compareTaggers(sentences, spans, others, new Random(seed, 2)) };
}
