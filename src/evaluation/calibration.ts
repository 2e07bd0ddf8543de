import type { SentenceTagger } from '../model/tagger.js';
import { hasSpans, type LabelledSentences, spansOf } from '../text/scheme.js';
import { documentsOf } from '../text/sentence.js';
import { scoredPart } from './scored-part.js';
import { pairOf, type SpanPair } from './scores.js';
import { meanOf } from './spread.js';

/** The confidence of a predicted span, from 0 to 1, and whether the span is right. */
export interface JudgedSpan {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** The predicted spans whose confidence lies in one range. */
export interface CalibrationBin {
  /** Lower end, inclusive. */
  readonly from: number;
  /** Upper end, exclusive unless it is 1. */
  readonly to: number;
  readonly count: number;
  /** Mean confidence. */
  readonly confidence: number;
  /** Fraction of the spans that are right. */
  readonly precision: number;
}

export interface Calibration {
  /** Expected calibration error, from 0 to 1. */
  readonly error: number;
  /** The bins that contain spans, by increasing confidence. */
  readonly bins: readonly CalibrationBin[];
}

const BINS = 10;

/**
 * Returns the expected calibration error and the bins that it is computed from (Naeini et al. 2015; Guo et al. 2017,
 * equation 3): the distance between mean confidence and precision, averaged over ten bins of equal width that are
 * weighted by their numbers of spans.
 */
export function calibrationOf(spans: readonly JudgedSpan[]): Calibration {
  const binOf = ({ confidence }: JudgedSpan): number => Math.min(BINS - 1, Math.floor(confidence * BINS));
  const bins = Array.from({ length: BINS }, (_, index) => ({
    from: index / BINS,
    to: (index + 1) / BINS,
    members: spans.filter((span) => binOf(span) === index),
  }))
    .filter(({ members }) => members.length > 0)
    .map(({ from, to, members }) => ({
      from,
      to,
      count: members.length,
      confidence: meanOf(members.map(({ confidence }) => confidence)),
      precision: members.filter(({ isRight }) => isRight).length / members.length,
    }));
  const error = bins.reduce(
    (sum, { count, confidence, precision }) => sum + (count / spans.length) * Math.abs(confidence - precision),
    0,
  );
  return { error, bins };
}

/** Temperatures that are tried first, in hundredths. */
const COARSE = Array.from({ length: 16 }, (_, index) => 25 * (index + 1));
/** Distances from the best of them to those that are tried next, in hundredths. */
const FINE = [-20, -15, -10, -5, 5, 10, 15, 20];

/**
 * Returns the temperature by which a tagger's scores are divided before they become probabilities (temperature scaling,
 * Guo et al. 2017, section 4.2): the one with the least squared error of the confidences of predicted spans (Brier
 * 1950), from 0.25 to 4, searched in steps of 0.25 and then of 0.05. It does not affect which tags are predicted.
 *
 * @param tagger its own temperature is ignored
 * @param labelled sentences that were not used for training
 * @returns undefined if the tagger predicts no span
 */
export function chooseTemperature(tagger: SentenceTagger, labelled: LabelledSentences): number | undefined {
  if (!hasSpans(tagger.language.scheme)) return undefined;
  const coarse = bestOf(COARSE, tagger, labelled);
  if (!coarse) return undefined;
  const around = FINE.map((distance) => coarse.hundredths + distance).filter((hundredths) => hundredths > 0);
  const fine = bestOf(around, tagger, labelled);
  return (fine && fine.error < coarse.error ? fine : coarse).hundredths / 100;
}

/** A temperature in hundredths, and the sum of squared errors of the confidences that it gives. */
interface Candidate {
  readonly hundredths: number;
  error: number;
}

/** Returns the temperature with the least squared error, the first one if several are equal. */
function bestOf(
  hundredths: readonly number[],
  tagger: SentenceTagger,
  { sentences, scheme }: LabelledSentences,
): Candidate | undefined {
  const answers = tagger.predictAt(
    sentences.map(({ tokens }) => tokens),
    hundredths.map((each) => each / 100),
    documentsOf(sentences),
  );
  const candidates: Candidate[] = hundredths.map((each) => ({ hundredths: each, error: 0 }));
  let spans = 0;
  for (const [index, { tags, confidences }] of answers.entries()) {
    const { tags: gold = [], possible } = sentences[index] ?? {};
    const own = tagger.language.scheme;
    const scored = candidates.map((_, place) =>
      scoredPart({ gold, predicted: tags, possible }, own, confidences[place]),
    );
    const pair = pairOf(spansOf(gold, scheme), spansOf(scored[0]?.pair.predicted ?? [], own));
    spans += pair.predicted.length;
    for (const [place, candidate] of candidates.entries())
      for (const { confidence, isRight } of judgeSpans(pair, scored[place]?.confidences ?? [])) {
        const distance = confidence - (isRight ? 1 : 0);
        candidate.error += distance * distance;
      }
  }
  if (spans === 0) return undefined;
  return candidates.reduce((best, candidate) => (candidate.error < best.error ? candidate : best));
}

/** Pairs the confidence of each predicted span, in the order of the spans, with whether the span is right. */
export function judgeSpans({ predicted, correct }: SpanPair, confidences: readonly number[]): JudgedSpan[] {
  const right = new Set(correct);
  return predicted.map((span, index) => ({ confidence: confidences[index] ?? 0, isRight: right.has(span) }));
}
