import { at } from '../numerics/at.js';
import { hasSpans, partsOf, spansOf } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import { CERTAIN, levelOf } from './hiding-scores.js';
import type { Language } from './language.js';
import type { PathTable } from './span-probability.js';

/** The probabilities of the tokens of a sentence to be in names, by a network's marginals. */
export interface NameMarginals {
  /** (T), the probability of each token to be in a name of any label, from 0 to 1 */
  readonly probabilities: Float64Array;
  /** (T), the most probable label of each token, should it be in a name */
  readonly labels: readonly string[];
}

/** Finds how probable it is that tokens are in a name of any label. Only for tags that mark spans. */
export class NameProbabilities {
  /** The numbers of the tags of each label. */
  readonly #tagsOf: ReadonlyMap<string, readonly number[]>;

  constructor({ tags, innerScheme }: Language) {
    const labels = tags.map((tag) => partsOf(tag, innerScheme).label);
    this.#tagsOf = new Map(
      [...new Set(labels)].map((label) => [label, [...tags.keys()].filter((tag) => labels[tag] === label)]),
    );
  }

  /**
   * Sums the marginal probabilities of tags by label (Rabiner 1989, equation 27). All tags of a token have one common
   * factor, which the division by their sum removes.
   */
  marginalsOf(table: PathTable): NameMarginals {
    const probabilities = new Float64Array(table.length);
    const labels: string[] = [];
    for (let t = 0; t < table.length; t++) {
      let outside = 0;
      let inside = 0;
      let greatest = -1;
      let best = '';
      for (const [label, tags] of this.#tagsOf) {
        let sum = 0;
        for (const tag of tags) {
          const emission = table.emission(t, tag);
          if (emission > 0) sum += (table.forward(t, tag) * table.onward(t, tag)) / emission;
        }
        if (label === '') {
          outside = sum;
          continue;
        }
        inside += sum;
        if (sum > greatest) {
          greatest = sum;
          best = label;
        }
      }
      probabilities[t] = inside / (inside + outside);
      labels.push(best);
    }
    return { probabilities, labels };
  }
}

/**
 * Returns how surely each token is in a name, as levels: the highest one if it is in a predicted span, else that of its
 * probability.
 */
export function hidingLevels(
  tags: readonly string[],
  { probabilities }: NameMarginals,
  { scheme }: Language,
): number[] {
  const levels = Array.from(probabilities, levelOf);
  for (const { start, end } of spansOf(tags, scheme)) levels.fill(CERTAIN, start, end);
  return levels;
}

/**
 * Returns the spans that are hidden: the predicted ones, and each run of other tokens of one most probable label that
 * are in a name at least as surely as `level` says.
 */
export function hiddenSpans(
  tags: readonly string[],
  marginals: NameMarginals,
  level: number,
  language: Language,
): Span[] {
  if (!hasSpans(language.scheme)) return [];
  const spans = spansOf(tags, language.scheme);
  const isPredicted = new Uint8Array(tags.length);
  for (const { start, end } of spans) isPredicted.fill(1, start, end);
  const levels = hidingLevels(tags, marginals, language);
  let start = -1;
  for (let t = 0; t <= tags.length; t++) {
    const isHidden = t < tags.length && isPredicted[t] === 0 && at(levels, t) >= level;
    if (start >= 0 && (!isHidden || marginals.labels[t] !== marginals.labels[start])) {
      spans.push({ label: at(marginals.labels, start), start, end: t });
      start = -1;
    }
    if (isHidden && start < 0) start = t;
  }
  return spans.sort((a, b) => a.start - b.start);
}
