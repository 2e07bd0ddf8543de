import { at } from '../numerics/at.js';
import { hasSpans, partsOf, type Scheme } from '../text/scheme.js';
import type { PossibleLabels } from '../text/sentence.js';

/** Numbers sets of tags, of which a token whose tag is not known has one. */
export class TagSets {
  /** The sets in the order of their numbers: (K), 1 for each tag in it. */
  readonly sets: Uint8Array[] = [];
  /** Whether most tokens of a set are outside. */
  readonly isMostlyOutside: boolean[] = [];
  /** The number of the outside tag; -1 if there is none. */
  readonly outside: number;
  readonly #labels: readonly string[];
  /** Whether each tag goes on a span of its label by itself; in BIOES, transitions see to it that none does after an end. */
  readonly #goesOn: readonly boolean[];
  readonly #numbers = new Map<PossibleLabels, Map<string, number>>();

  /** @param tags K names */
  constructor(tags: readonly string[], scheme: Scheme) {
    const parts = tags.map((tag) => partsOf(tag, scheme));
    this.#labels = parts.map(({ label }) => label);
    this.outside = this.#labels.indexOf('');
    const { name } = scheme;
    this.#goesOn = parts.map(
      ({ letter }) => (name === 'plain' && hasSpans(scheme)) || (name !== 'bioes' && letter === 'I'),
    );
  }

  /**
   * Returns the number of the set of tags with the labels, and of the outside tag.
   *
   * @param before the label of the known span that ends before the token, which does not go on there; empty if there is none
   */
  numberOf(labels: PossibleLabels, before: string): number {
    const numbers = this.#numbers.get(labels) ?? new Map<string, number>();
    this.#numbers.set(labels, numbers);
    const known = numbers.get(before);
    if (known !== undefined) return known;
    const set = Uint8Array.from(this.#labels, (label, tag) => {
      if (label === '') return 1;
      const goesOn = label === before && at(this.#goesOn, tag);
      return !goesOn && (typeof labels === 'string' || labels.has(label)) ? 1 : 0;
    });
    this.isMostlyOutside.push(labels === 'mostly none');
    const number = this.sets.push(set) - 1;
    numbers.set(before, number);
    return number;
  }
}
