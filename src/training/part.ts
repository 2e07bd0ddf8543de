import { at } from '../numerics/at.js';
import type { Random } from '../numerics/random.js';
import type { Sentence } from '../text/sentence.js';

/** Fewest documents of which a part is drawn; with fewer, it is drawn from the sentences. */
const FEWEST_TO_DRAW = 50;

/**
 * A part of a corpus: whole documents where it has many, else sentences, in their order. Of parts that chance draws
 * alike, the smaller ones lie in the larger ones.
 *
 * @param fraction of the sentences, above 0, to 1
 */
export function takePart(sentences: readonly Sentence[], fraction: number, random: Random): readonly Sentence[] {
  if (fraction >= 1) return sentences;
  const documents = sentences.map(({ document }) => document);
  const units = new Set(documents).size >= FEWEST_TO_DRAW ? documents : [...sentences.keys()];
  const sizes = new Map<number, number>();
  for (const unit of units) sizes.set(unit, (sizes.get(unit) ?? 0) + 1);
  const drawn = [...sizes];
  random.shuffle(drawn);
  const wanted = Math.max(1, Math.round(fraction * sentences.length));
  const taken = new Set<number>();
  let count = 0;
  for (const [unit, size] of drawn) {
    if (count >= wanted) break;
    taken.add(unit);
    count += size;
  }
  return sentences.filter((_, index) => taken.has(at(units, index)));
}
