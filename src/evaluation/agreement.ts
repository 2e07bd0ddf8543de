import { at } from '../text/at.js';

/** What each annotator says of a token, and of how many tokens they say so. Labels are numbers from 0. */
export interface LabelPattern {
  /** (annotators) */
  readonly labels: readonly number[];
  readonly count: number;
}

/** Agreement beyond chance; a figure is undefined if everything has one label, so that chance explains all. */
export interface ChanceCorrected {
  /** Cohen's kappa of each two annotators, 1 of one with itself. */
  readonly cohen: readonly (readonly (number | undefined)[])[];
  /** Fleiss' kappa of all annotators. */
  readonly fleiss: number | undefined;
  /** Krippendorff's alpha for nominal data. */
  readonly alpha: number | undefined;
}

/**
 * Returns the agreement of annotators, of whom there are two or more, about tokens that all of them have labelled.
 *
 * @param labelCount the number of labels
 */
export function agreementOf(
  patterns: readonly LabelPattern[],
  annotators: number,
  labelCount: number,
): ChanceCorrected {
  const numbers = Array.from({ length: annotators }, (_, index) => index);
  return {
    cohen: numbers.map((a) => numbers.map((b) => (a === b ? 1 : cohensKappa(patterns, a, b, labelCount)))),
    ...ofAll(patterns, annotators, labelCount),
  };
}

/** Returns Cohen's kappa of two annotators: (observed - expected) / (1 - expected) agreement (Cohen 1960, equation 1). */
function cohensKappa(patterns: readonly LabelPattern[], a: number, b: number, labelCount: number): number | undefined {
  const [ofA, ofB] = [new Float64Array(labelCount), new Float64Array(labelCount)];
  let [tokens, same] = [0, 0];
  for (const { labels, count } of patterns) {
    const [labelA, labelB] = [at(labels, a), at(labels, b)];
    ofA[labelA] = (ofA[labelA] ?? 0) + count;
    ofB[labelB] = (ofB[labelB] ?? 0) + count;
    tokens += count;
    if (labelA === labelB) same += count;
  }
  const expected = ofA.reduce((sum, count, label) => sum + count * (ofB[label] ?? 0), 0);
  return corrected(same * tokens, expected, tokens * tokens);
}

/**
 * Returns Fleiss' kappa (Fleiss 1971, equation 7) and Krippendorff's alpha (Krippendorff 2011, section C). Both compare the
 * agreement of pairs within tokens with that of pairs by chance; alpha draws these without replacement.
 */
function ofAll(
  patterns: readonly LabelPattern[],
  annotators: number,
  labelCount: number,
): Pick<ChanceCorrected, 'fleiss' | 'alpha'> {
  const totals = new Float64Array(labelCount);
  let [tokens, pairs] = [0, 0];
  for (const { labels, count } of patterns) {
    tokens += count;
    for (const label of labels) {
      totals[label] = (totals[label] ?? 0) + count;
      for (const other of labels) if (other === label) pairs += count;
    }
    pairs -= annotators * count;
  }
  const values = tokens * annotators;
  const observed = pairs / (values * (annotators - 1));
  const squares = totals.reduce((sum, total) => sum + total * total, 0);
  return {
    fleiss: corrected(observed * values * values, squares, values * values),
    alpha: corrected(observed * values * (values - 1), squares - values, values * (values - 1)),
  };
}

/** Returns how far an observed agreement is beyond an expected one; both are given as shares of `whole`. */
function corrected(observed: number, expected: number, whole: number): number | undefined {
  return expected >= whole ? undefined : (observed - expected) / (whole - expected);
}
