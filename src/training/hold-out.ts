import type { Random } from '../numerics/random.js';
import type { Sentence } from '../text/sentence.js';

/** With fewer documents than this, a tenth of them would be a bad tenth. */
const FEWEST_DOCUMENTS = 10;

export interface HeldOut {
  readonly train: readonly Sentence[];
  readonly dev: readonly Sentence[];
  readonly unit: 'documents' | 'sentences';
}

/**
 * Sets about a tenth of a corpus aside as dev: whole documents where it has ten or more, else sentences. The order of
 * the sentences stays. A corpus of one sentence is its own dev.
 */
export function holdOut(sentences: readonly Sentence[], random: Random): HeldOut {
  if (sentences.length < 2) return { train: sentences, dev: sentences, unit: 'sentences' };
  const documents = [...new Set(sentences.map(({ document }) => document))];
  const unit = documents.length >= FEWEST_DOCUMENTS ? 'documents' : 'sentences';
  const unitOf = (index: number): number => (unit === 'documents' ? (sentences[index] as Sentence).document : index);
  const sizes = new Map<number, number>();
  for (const index of sentences.keys()) sizes.set(unitOf(index), (sizes.get(unitOf(index)) ?? 0) + 1);
  const drawn = [...sizes.keys()];
  random.shuffle(drawn);
  const wanted = Math.max(1, Math.round(sentences.length / 10));
  const held = new Set<number>();
  let count = 0;
  for (const number of drawn) {
    if (count >= wanted) break;
    held.add(number);
    count += sizes.get(number) as number;
  }
  return {
    train: sentences.filter((_, index) => !held.has(unitOf(index))),
    dev: sentences.filter((_, index) => held.has(unitOf(index))),
    unit,
  };
}
