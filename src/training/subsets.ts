import { at } from '../numerics/at.js';
import type { Random } from '../numerics/random.js';
import type { Sentence } from '../text/sentence.js';

/** The smallest number of documents of which whole ones are held out; a tenth of fewer would be a bad sample. */
const FEWEST_TO_HOLD_OUT = 10;

/** The smallest number of documents of which whole ones are taken as a part. */
const FEWEST_TO_TAKE = 50;

export interface HeldOut {
  readonly train: readonly Sentence[];
  readonly dev: readonly Sentence[];
  readonly unit: 'documents' | 'sentences';
}

/**
 * Holds out about a tenth of a corpus as dev: whole documents if there are ten or more and their sizes allow it, else
 * sentences. The sentences keep their order. A corpus of one sentence is its own dev.
 */
export function holdOut(sentences: readonly Sentence[], random: Random): HeldOut {
  if (sentences.length < 2) return { train: sentences, dev: sentences, unit: 'sentences' };
  const wanted = Math.max(1, Math.round(sentences.length / 10));
  const documents = sentences.map(({ document }) => document);
  if (new Set(documents).size >= FEWEST_TO_HOLD_OUT) {
    const held = drawUnits(documents, wanted, 2 * wanted, random);
    const dev = sentences.filter(({ document }) => held.has(document));
    if (2 * dev.length >= wanted)
      return { train: sentences.filter(({ document }) => !held.has(document)), dev, unit: 'documents' };
  }
  const held = drawUnits([...sentences.keys()], wanted, 2 * wanted, random);
  return {
    train: sentences.filter((_, index) => !held.has(index)),
    dev: sentences.filter((_, index) => held.has(index)),
    unit: 'sentences',
  };
}

/** A corpus divided into parts of about equal size. */
export interface Folds {
  readonly count: number;
  /** The number of each sentence's fold, from 0. */
  readonly of: readonly number[];
  readonly unit: 'documents' | 'sentences';
}

/** Divides a corpus into folds: whole documents if there are two a fold or more and their sizes allow it, else sentences. */
export function divideIntoFolds(sentences: readonly Sentence[], count: number, random: Random): Folds {
  const documents = sentences.map(({ document }) => document);
  if (new Set(documents).size >= 2 * count) {
    const folds = dealUnits(documents, count, random);
    if (2 * count * folds.smallest >= sentences.length) return { count, of: folds.of, unit: 'documents' };
  }
  return { count, of: dealUnits([...sentences.keys()], count, random).of, unit: 'sentences' };
}

/** Deals out units in random order, each to the fold that has the fewest sentences so far. */
function dealUnits(
  units: readonly number[],
  count: number,
  random: Random,
): { readonly of: readonly number[]; readonly smallest: number } {
  const folds = new Map<number, number>();
  const totals = new Array<number>(count).fill(0);
  for (const [unit, size] of shuffledUnits(units, random)) {
    const fold = totals.indexOf(Math.min(...totals));
    folds.set(unit, fold);
    totals[fold] = at(totals, fold) + size;
  }
  return { of: units.map((unit) => folds.get(unit) as number), smallest: Math.min(...totals) };
}

/**
 * Returns a part of a corpus in its order: whole documents if it has many, else sentences. Of parts that are
 * drawn with the same random numbers, the larger contain the smaller ones.
 *
 * @param fraction the fraction of the sentences, above 0, to 1
 */
export function takePart(sentences: readonly Sentence[], fraction: number, random: Random): readonly Sentence[] {
  if (fraction >= 1) return sentences;
  const documents = sentences.map(({ document }) => document);
  const units = new Set(documents).size >= FEWEST_TO_TAKE ? documents : [...sentences.keys()];
  const wanted = Math.max(1, Math.round(fraction * sentences.length));
  const taken = drawUnits(units, wanted, Number.POSITIVE_INFINITY, random);
  return sentences.filter((_, index) => taken.has(at(units, index)));
}

/**
 * Draws units until they have the wanted number of sentences, skipping any that would bring them above `most`.
 *
 * @param units the unit of each sentence
 */
function drawUnits(units: readonly number[], wanted: number, most: number, random: Random): ReadonlySet<number> {
  const drawn = new Set<number>();
  let count = 0;
  for (const [unit, size] of shuffledUnits(units, random)) {
    if (count >= wanted) break;
    if (count + size > most) continue;
    drawn.add(unit);
    count += size;
  }
  return drawn;
}

/** Returns each unit with the number of its sentences, in random order. */
function shuffledUnits(units: readonly number[], random: Random): [unit: number, size: number][] {
  const sizes = new Map<number, number>();
  for (const unit of units) sizes.set(unit, (sizes.get(unit) ?? 0) + 1);
  const shuffled = [...sizes];
  random.shuffle(shuffled);
  return shuffled;
}
