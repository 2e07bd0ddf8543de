import type { Tagger } from '../model/tagger.js';
import { hasSpans, type LabelledSentences, spansOf } from '../text/scheme.js';
import { documentsOf } from '../text/sentence.js';
import { pairOf, type SpanPair } from './scores.js';

/** A span that a tagger found: how sure it was, from 0 to 1, and whether it is right. */
export interface JudgedSpan {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** Spans of like confidence. */
export interface CalibrationBin {
  /** Lower and upper end; what lies on the border of two belongs to the upper one. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence. */
  readonly confidence: number;
  /** How many of them are right, as a fraction. */
  readonly precision: number;
}

export interface Calibration {
  /** Expected calibration error, from 0 to 1. */
  readonly error: number;
  /** Those that hold spans, from the least sure on. */
  readonly bins: readonly CalibrationBin[];
}

const BINS = 10;

/**
 * How far confidences are from the share that is right: the mean, over spans, of the distance between the two in the
 * span's bin, of ten bins of equal width (expected calibration error; Naeini et al. 2015, Guo et al. 2017, equation 3).
 */
export function calibrationOf(spans: readonly JudgedSpan[]): Calibration {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { confidence, isRight } of spans) {
    const bin = sums[Math.min(BINS - 1, Math.floor(confidence * BINS))] as (typeof sums)[number];
    bin.count++;
    bin.confidence += confidence;
    if (isRight) bin.right++;
  }
  const bins = sums.flatMap(({ count, confidence, right }, index) =>
    count === 0
      ? []
      : [
          {
            from: index / BINS,
            to: (index + 1) / BINS,
            count,
            confidence: confidence / count,
            precision: right / count,
          },
        ],
  );
  const error = bins.reduce(
    (sum, { count, confidence, precision }) => sum + (count / spans.length) * Math.abs(confidence - precision),
    0,
  );
  return { error, bins };
}

/** Hundredths that are tried first, and the distances of those that are tried around the best of them. */
const COARSE = Array.from({ length: 16 }, (_, index) => 25 * (index + 1));
const FINE = [-20, -15, -10, -5, 5, 10, 15, 20];

/**
 * Chooses what a tagger's scores are divided by before they become probabilities (temperature scaling, Guo et al. 2017,
 * section 4.2), so that the confidences of the spans that it finds have the least squared error (Brier 1950): from 0.25
 * to 4, in steps of 0.25 and then of 0.05. The tags themselves do not depend on it.
 *
 * @param tagger whose own temperature is not used
 * @param labelled sentences that it was not trained on
 * @returns undefined where it finds no span
 */
export function chooseTemperature(tagger: Tagger, labelled: LabelledSentences): number | undefined {
  if (!hasSpans(tagger.language.scheme)) return undefined;
  const coarse = bestOf(COARSE, tagger, labelled);
  if (!coarse) return undefined;
  const around = FINE.map((distance) => coarse.hundredths + distance).filter((hundredths) => hundredths > 0);
  const fine = bestOf(around, tagger, labelled);
  return (fine && fine.error < coarse.error ? fine : coarse).hundredths / 100;
}

/** The temperature of the least squared error, the first of equals. */
function bestOf(
  hundredths: readonly number[],
  tagger: Tagger,
  { sentences, scheme }: LabelledSentences,
): { readonly hundredths: number; readonly error: number } | undefined {
  const answers = tagger.predictAt(
    sentences.map(({ tokens }) => tokens),
    hundredths.map((each) => each / 100),
    documentsOf(sentences),
  );
  const errors = hundredths.map(() => 0);
  let spans = 0;
  for (const [index, { tags, confidences }] of answers.entries()) {
    const found = spansOf(tags, tagger.language.scheme);
    const gold = spansOf(sentences[index]?.tags ?? [], scheme);
    const judged = confidences.map((each) => judgeSpans(pairOf(gold, found), each));
    spans += found.length;
    for (const [place, each] of judged.entries())
      for (const { confidence, isRight } of each) {
        const distance = confidence - (isRight ? 1 : 0);
        errors[place] = (errors[place] as number) + distance * distance;
      }
  }
  if (spans === 0) return undefined;
  const error = errors.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return { hundredths: hundredths[errors.indexOf(error)] as number, error };
}

/**
 * Says of each span that was found whether it is right.
 *
 * @param confidences of the predicted spans, in order
 */
export function judgeSpans({ predicted, correct }: SpanPair, confidences: readonly number[]): JudgedSpan[] {
  const right = new Set(correct);
  return predicted.map((span, index) => ({ confidence: confidences[index] ?? 0, isRight: right.has(span) }));
}
