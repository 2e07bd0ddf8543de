import { at } from '../text/at.js';

/** A sentence that a model has read. */
export interface ReadSentence {
  readonly tokens: readonly string[];
  /** The probability of the best reading, from 0 to 1. */
  readonly probability: number;
}

/** The smallest probability that counts; those of long sentences may vanish. */
const LEAST = 1e-300;

/** The number of sentences in a row that differ from one another. */
const BATCH = 100;

/** The share of words in common from which two sentences count as alike. */
const ALIKE = 0.5;

/** The smallest number of sentences of a similar length that are ranked among themselves. */
const BAND = 20;

/** Bands of lengths, if there are enough sentences. */
const MOST_BANDS = 10;

/**
 * Returns how uncertain a model is of its best reading: the mean of the negative logarithm a token, at least 0 (maximum normalised
 * log-probability; Shen et al. 2017, Deep Active Learning for Named Entity Recognition, section 4).
 */
export function uncertaintyOf({ tokens, probability }: ReadSentence): number {
  return -Math.log(Math.max(probability, LEAST)) / Math.max(1, tokens.length);
}

/**
 * Returns the places of sentences in the order in which to ask them: the most uncertain ones of each length first, so that
 * headlines and rows of tables, whose few tokens swing more, come no sooner than others; of sentences that are alike, only the
 * first one comes early.
 */
export function rankByUncertainty(sentences: readonly ReadSentence[]): number[] {
  const places = sentences.map((_, index) => index);
  const uncertainties = sentences.map(uncertaintyOf);
  const lengthOf = (index: number): number => at(sentences, index).tokens.length;
  const byLength = [...places].sort((a, b) => lengthOf(a) - lengthOf(b) || a - b);
  const bands = Math.max(1, Math.min(MOST_BANDS, Math.floor(places.length / BAND)));
  const ranks = new Float64Array(places.length);
  for (let band = 0; band < bands; band++) {
    const [from, to] = [band, band + 1].map((edge) => Math.round((edge * places.length) / bands));
    const own = byLength.slice(from, to);
    own.sort((a, b) => at(uncertainties, b) - at(uncertainties, a) || a - b);
    for (const [rank, index] of own.entries()) ranks[index] = (rank + 0.5) / own.length;
  }
  places.sort((a, b) => at(ranks, a) - at(ranks, b) || at(uncertainties, b) - at(uncertainties, a) || a - b);
  return differingFirst(places, sentences);
}

/** Moves sentences that are like one of those before them behind a batch of sentences that differ. */
function differingFirst(places: readonly number[], sentences: readonly ReadSentence[]): number[] {
  const taken: number[] = [];
  const words: ReadonlySet<string>[] = [];
  const later: number[] = [];
  for (const place of places) {
    const own = new Set(at(sentences, place).tokens.map((token) => token.toLowerCase()));
    if (taken.length < BATCH && !words.some((other) => areAlike(own, other))) {
      taken.push(place);
      words.push(own);
    } else later.push(place);
  }
  return [...taken, ...later];
}

/** Returns whether two sets of words have so many in common that labelling both would teach little more than one. */
function areAlike(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  let common = 0;
  for (const word of words) if (others.has(word)) common++;
  return common > ALIKE * (words.size + others.size - common);
}
