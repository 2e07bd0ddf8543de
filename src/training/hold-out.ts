import type { Random } from '../numerics/random.js';
import type { Sentence } from '../text/sentence.js';

/** Fewest documents of which a tenth is held out; of fewer, it would be a bad tenth. */
const FEWEST_TO_HOLD_OUT = 10;

export interface HeldOut {
  readonly train: readonly Sentence[];
  readonly dev: readonly Sentence[];
  readonly unit: 'documents' | 'sentences';
}

/**
 * Sets about a tenth of a corpus aside as dev: whole documents where it has ten or more and they part so, else
 * sentences. The order of the sentences stays. A corpus of one sentence is its own dev.
 */
export function holdOut(sentences: readonly Sentence[], random: Random): HeldOut {
  if (sentences.length < 2) return { train: sentences, dev: sentences, unit: 'sentences' };
  const wanted = Math.max(1, Math.round(sentences.length / 10));
  const documents = sentences.map(({ document }) => document);
  if (new Set(documents).size >= FEWEST_TO_HOLD_OUT) {
    const held = drawUnits(documents, wanted, random);
    const dev = sentences.filter(({ document }) => held.has(document));
    if (2 * dev.length >= wanted)
      return { train: sentences.filter(({ document }) => !held.has(document)), dev, unit: 'documents' };
  }
  const held = drawUnits([...sentences.keys()], wanted, random);
  return {
    train: sentences.filter((_, index) => !held.has(index)),
    dev: sentences.filter((_, index) => held.has(index)),
    unit: 'sentences',
  };
}

/**
 * Draws units until they hold the wanted number of sentences; one that would make it more than twice as many is passed
 * over.
 *
 * @param units the unit of each sentence
 */
function drawUnits(units: readonly number[], wanted: number, random: Random): ReadonlySet<number> {
  const sizes = new Map<number, number>();
  for (const unit of units) sizes.set(unit, (sizes.get(unit) ?? 0) + 1);
  const drawn = [...sizes];
  random.shuffle(drawn);
  const held = new Set<number>();
  let count = 0;
  for (const [unit, size] of drawn) {
    if (count >= wanted) break;
    if (count + size > 2 * wanted) continue;
    held.add(unit);
    count += size;
  }
  return held;
}
