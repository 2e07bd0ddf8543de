import type { KnownEntities } from '../model/known-entities.js';
import { Random } from '../numerics/random.js';
import { countIllFormed, createScoredReader, hasSpans, type Scheme, type SpanReader } from '../text/scheme.js';
import type { PairedSentence } from '../text/sentence.js';
import { bootstrapInterval, f1Parts, type Interval } from './bootstrap.js';
import { type Comparison, compareTaggers } from './comparison.js';
import { type ConfusionCell, confusionOf } from './confusion.js';
import { type Group, groupByFamiliarity, groupByLength } from './groups.js';
import { type Matching, matchSpans } from './matching.js';
import { countBy, type Scores, type SpanPair, scoresOf, scoreTags, type TagPair } from './scores.js';
import { type WrongSentence, wrongSentences } from './sentences.js';
import { type Averages, averagesOf, createSeqevalReader, type SeqevalMode } from './seqeval.js';

/** Everything that a report says of a tagger. Of tags that spell no spans, each token counts as a span. */
export interface Evaluation {
  readonly scheme: Scheme;
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
  readonly wrong: readonly WrongSentence[];
  readonly comparison: Comparison | undefined;
}

/** Another tagger's tags of the same sentences, in the same scheme. */
export interface OtherTagger {
  readonly name: string;
  readonly predicted: readonly (readonly string[])[];
}

export interface EvaluationOptions {
  /** How gold and predicted tags spell spans. */
  readonly scheme: Scheme;
  /** Fixes what the bootstrap draws. */
  readonly seed: number;
  readonly known?: KnownEntities | undefined;
  readonly other?: OtherTagger | undefined;
}

/** Evaluates a tagger by the tags that it gave to sentences. */
export function evaluateTags(sentences: readonly PairedSentence[], options: EvaluationOptions): Evaluation {
  const { scheme, seed, known, other } = options;
  const read = createScoredReader(scheme);
  const spans = readPairs(sentences, read);
  const scores = scoresOf(sentences, scheme, spans);
  return {
    scheme,
    seed,
    scores,
    conlleval: isReadByScript(scheme) ? scores : scoreTags(sentences, { name: 'iob2', outside: 'O' }),
    seqeval: { default: seqevalOf(sentences, 'default', scheme), strict: seqevalOf(sentences, 'strict', scheme) },
    matching: matchSpans(spans),
    illFormed: {
      gold: sentences.reduce((count, { gold }) => count + countIllFormed(gold, scheme), 0),
      predicted: sentences.reduce((count, { predicted }) => count + countIllFormed(predicted, scheme), 0),
    },
    interval: bootstrapInterval(f1Parts(spans), new Random(seed, 1)),
    confusion: confusionOf(spans),
    byLength: groupByLength(spans),
    byFamiliarity: known && groupByFamiliarity(spans, sentences, known),
    wrong: wrongSentences(sentences, spans),
    comparison: other && compare(sentences, spans, other, options),
  };
}

/** Whether the script, which knows B- and I- and O alone, reads the tags as they are meant. */
export function isReadByScript(scheme: Scheme): boolean {
  return scheme.name !== 'bioes' && hasSpans(scheme);
}

function readPairs(pairs: readonly TagPair[], read: SpanReader): SpanPair[] {
  return pairs.map(({ gold, predicted }) => ({ gold: read(gold), predicted: read(predicted) }));
}

function seqevalOf(pairs: readonly TagPair[], mode: SeqevalMode, scheme: Scheme): Averages {
  const spans = readPairs(pairs, createSeqevalReader(mode, scheme));
  return averagesOf(countBy(spans, ({ label }) => label).values());
}

function compare(
  sentences: readonly PairedSentence[],
  spans: readonly SpanPair[],
  { name, predicted }: OtherTagger,
  { scheme, seed }: EvaluationOptions,
): Comparison {
  const pairs = sentences.map(({ gold }, index) => ({ gold, predicted: predicted[index] ?? [] }));
  const others = readPairs(pairs, createScoredReader(scheme));
  const scores = scoresOf(pairs, scheme, others);
  return { name, scores, ...compareTaggers(sentences, spans, others, new Random(seed, 2)) };
}
