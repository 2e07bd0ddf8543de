import type { KnownEntities } from '../model/known-entities.js';
import { Random } from '../numerics/random.js';
import { at } from '../text/at.js';
import { createIllFormedCounter, createScoredReader, hasSpans, type Scheme, type SpanReader } from '../text/scheme.js';
import type { PairedSentence } from '../text/sentence.js';
import { bootstrapInterval, type Interval } from './bootstrap.js';
import { type Calibration, calibrationOf, judgeSpans } from './calibration.js';
import {
  type Comparison,
  compareTaggers,
  type EvaluatedSentence,
  type WrongSentence,
  wrongSentences,
} from './comparison.js';
import { type Group, groupByFamiliarity, groupByLength } from './groups.js';
import { type ConfusionCell, confusionOf, type Matching, matchSpans } from './matching.js';
import { scoredPart } from './scored-part.js';
import { countBy, pairOf, type Scores, type SpanPair, scoresOf, scoreTags, type TagPair } from './scores.js';
import { type Averages, averagesOf, createAmbiguityCheck, createSeqevalReader, type SeqevalMode } from './seqeval.js';

/** All results that a report shows. For plain tags, each token counts as a span. */
export interface Evaluation {
  /** Scheme of the gold tags. */
  readonly scheme: Scheme;
  /** Scheme of the predicted tags, which may differ. */
  readonly predictedScheme: Scheme;
  readonly seed: number;
  readonly scores: Scores;
  /** Scores of the conlleval script itself, which misreads BIOES and plain tags. */
  readonly conlleval: Scores;
  readonly seqeval: Readonly<Record<SeqevalMode, Averages>>;
  readonly matching: Matching;
  /** Numbers of tags that their scheme does not allow where they stand. */
  readonly illFormed: { readonly gold: number; readonly predicted: number };
  readonly interval: Interval;
  readonly confusion: readonly ConfusionCell[];
  readonly byLength: readonly Group[];
  /** Undefined if the entities of the training data are not known. */
  readonly byFamiliarity: readonly Group[] | undefined;
  /** Undefined if confidences are not known, or nothing was predicted. */
  readonly calibration: Calibration | undefined;
  readonly wrong: readonly WrongSentence[];
  readonly comparison: Comparison | undefined;
}

/** Another tagger's tags for the same sentences, in the scheme of the gold tags. */
export interface OtherTagger {
  readonly name: string;
  readonly predicted: readonly (readonly string[])[];
}

export interface ScoringOptions {
  /** Scheme of the gold tags. */
  readonly scheme: Scheme;
  /** Scheme of the predicted tags if it differs, as when one is IOB1 and the other IOB2. */
  readonly predictedScheme?: Scheme | undefined;
  /** Seed of the bootstrap. */
  readonly seed: number;
  readonly known?: KnownEntities | undefined;
  /** Confidences of the predicted spans of each sentence, in order. */
  readonly confidences?: readonly (readonly number[])[] | undefined;
  readonly other?: OtherTagger | undefined;
}

/** Evaluates a tagger by the tags that it predicted, where the gold tags are known. */
export function evaluateTags(given: readonly PairedSentence[], options: ScoringOptions): Evaluation {
  const { scheme, predictedScheme = scheme, seed, known, other } = options;
  const parts = given.map((sentence, index) => scoredPart(sentence, predictedScheme, options.confidences?.[index]));
  const sentences = parts.map(({ pair }) => pair);
  const confidences = options.confidences && parts.map((part) => part.confidences ?? []);
  const read = createScoredReader(scheme);
  const evaluated = sentences.map((sentence) => ({ sentence, spans: readPair(sentence, read, read) }));
  const spans = evaluated.map((each) => each.spans);
  const scores = scoresOf(sentences, scheme, spans);
  const judged = confidences ? spans.flatMap((pair, index) => judgeSpans(pair, confidences[index] ?? [])) : [];
  return {
    scheme,
    predictedScheme,
    seed,
    scores,
    conlleval: isReadByConlleval(scheme) ? scores : scoreTags(sentences, { name: 'iob2', outside: 'O' }),
    ...applyOtherRules(evaluated, scheme, predictedScheme),
    matching: matchSpans(spans),
    interval: bootstrapInterval(spans, intervalRandom(seed)),
    confusion: confusionOf(spans),
    byLength: groupByLength(spans),
    byFamiliarity: known && groupByFamiliarity(spans, sentences, known),
    calibration: judged.length > 0 && hasSpans(scheme) ? calibrationOf(judged) : undefined,
    wrong: wrongSentences(evaluated),
    comparison: other && compare(evaluated, given, other, options),
  };
}

/** Whether the conlleval script, which knows only B-, I- and O, reads tags of a scheme correctly. */
export function isReadByConlleval(scheme: Scheme): boolean {
  return scheme.name !== 'bioes' && hasSpans(scheme);
}

function readPair({ gold, predicted }: TagPair, readGold: SpanReader, readPredicted: SpanReader): SpanPair {
  return pairOf(readGold(gold), readPredicted(predicted));
}

/** Scores tags by the rules of seqeval, and counts ill-formed ones. Only ambiguous sentences have to be read again. */
function applyOtherRules(
  sentences: readonly EvaluatedSentence[],
  scheme: Scheme,
  predictedScheme: Scheme,
): Pick<Evaluation, 'seqeval' | 'illFormed'> {
  const isGoldAmbiguous = createAmbiguityCheck(scheme);
  const isPredictedAmbiguous = createAmbiguityCheck(predictedScheme);
  const ambiguous: TagPair[] = [];
  const unambiguous: SpanPair[] = [];
  for (const { sentence, spans } of sentences) {
    if (isGoldAmbiguous(sentence.gold) || isPredictedAmbiguous(sentence.predicted)) ambiguous.push(sentence);
    else unambiguous.push(spans);
  }
  const averages = (mode: SeqevalMode): Averages => {
    const readGold = createSeqevalReader(mode, scheme);
    const readPredicted = createSeqevalReader(mode, predictedScheme);
    const spans = function* (): Generator<SpanPair> {
      yield* unambiguous;
      for (const pair of ambiguous) yield readPair(pair, readGold, readPredicted);
    };
    return averagesOf(countBy(spans(), ({ label }) => label).values());
  };
  const countGold = createIllFormedCounter(scheme);
  const countPredicted = createIllFormedCounter(predictedScheme);
  const illFormed = { gold: 0, predicted: 0 };
  for (const { gold, predicted } of ambiguous) {
    illFormed.gold += countGold(gold);
    illFormed.predicted += countPredicted(predicted);
  }
  return { seqeval: { default: averages('default'), strict: averages('strict') }, illFormed };
}

function compare(
  sentences: readonly EvaluatedSentence[],
  given: readonly PairedSentence[],
  { name, predicted }: OtherTagger,
  { scheme, seed }: ScoringOptions,
): Comparison {
  const read = createScoredReader(scheme);
  const compared = sentences.map((evaluated, index) => {
    const { gold, possible } = at(given, index);
    const { pair } = scoredPart({ gold, predicted: predicted[index] ?? [], possible }, scheme);
    return { ...evaluated, pair, other: readPair(pair, read, read) };
  });
  const scores = scoresOf(
    compared.map(({ pair }) => pair),
    scheme,
    compared.map(({ other }) => other),
  );
  return { name, scores, ...compareTaggers(compared, new Random(seed, 2)) };
}

/** Returns the random numbers from which the interval of F1 is drawn. */
export function intervalRandom(seed: number): Random {
  return new Random(seed, 1);
}
