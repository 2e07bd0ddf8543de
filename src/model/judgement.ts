import { at } from '../numerics/at.js';
import { hasSpans, partsOf } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import { bestAlternatives } from './alternatives.js';
import type { Language } from './language.js';
import { type PathTable, SpanProbabilities } from './span-probability.js';

/** A span, or a token with its tag as label where tags spell no spans, with its marginal probability from 0 to 1. */
export interface ProbableSpan extends Span {
  readonly probability: number;
}

/** The number of best sequences of tags from which spans are taken. */
const SEQUENCES = 10;

/** The spans of less probable readings are left out. */
const LEAST_PROBABLE = 0.001;

/** Finds the probabilities of given spans and of those that a network would have in their place. */
export class SpanJudge {
  readonly #language: Language;
  readonly #spans: SpanProbabilities;
  /** The labels of the tags, empty for the outside tag. */
  readonly #labels: readonly string[];
  /** The first tag of each label, which names it to `SpanProbabilities`. */
  readonly #firstTags: ReadonlyMap<string, number>;

  constructor(language: Language) {
    const { tags, innerScheme, scheme } = language;
    this.#language = language;
    this.#spans = new SpanProbabilities(tags, innerScheme, scheme);
    this.#labels = tags.map((tag) => partsOf(tag, innerScheme).label);
    this.#firstTags = new Map([...this.#labels.entries()].reverse().map(([tag, label]) => [label, tag]));
  }

  /**
   * Returns the given spans with their probabilities, those whose label the network does not know left out, then other
   * spans of the network's best readings and the given spans with other labels, as far as they are probable at all.
   */
  judge(table: PathTable, given: readonly Span[]): ProbableSpan[] {
    return hasSpans(this.#language.scheme) ? this.#judgeSpans(table, given) : this.#judgeTokens(table, given);
  }

  #judgeSpans(table: PathTable, given: readonly Span[]): ProbableSpan[] {
    const found = new Map<string, ProbableSpan>();
    const add = (tag: number, start: number, end: number, least: number): void => {
      const label = at(this.#labels, tag);
      const key = `${start} ${end} ${label}`;
      if (found.has(key)) return;
      const probability = this.#spans.probabilityOf(table, tag, start, end);
      if (probability >= least) found.set(key, { label, start, end, probability });
    };
    for (const { label, start, end } of given) {
      const tag = this.#firstTags.get(label);
      if (tag !== undefined) add(tag, start, end, 0);
    }
    for (const { start, end } of given)
      for (const [label, tag] of this.#firstTags) if (label !== '') add(tag, start, end, LEAST_PROBABLE);
    for (const { tags } of bestAlternatives(table, SEQUENCES))
      for (const [start, end] of this.#spans.spansOf(tags)) add(at(tags, start), start, end, LEAST_PROBABLE);
    return [...found.values()];
  }

  #judgeTokens(table: PathTable, given: readonly Span[]): ProbableSpan[] {
    return given.flatMap(({ label, start, end }) => {
      const probabilities = this.#labels.map((_, tag) => probabilityOfTag(table, start, tag));
      const own = this.#firstTags.get(label);
      return probabilities.flatMap((probability, tag) =>
        tag === own || probability >= LEAST_PROBABLE ? { label: at(this.#labels, tag), start, end, probability } : [],
      );
    });
  }
}

/** Returns the marginal probability of a token's tag, from 0 to 1 (Rabiner 1989, equation 27). */
function probabilityOfTag(table: PathTable, t: number, tag: number): number {
  let after = 0;
  if (t === table.length - 1) after = table.end(tag);
  else for (let to = 0; to < table.tags; to++) after += table.transition(tag, to) * table.onward(t + 1, to);
  return Math.min(1, table.forward(t, tag) * after);
}
