import { mixBits, Random } from '../numerics/random.js';
import type { SentenceId } from './sentence.js';

/** The orders in which sentences are asked. */
export const ORDERS = ['uncertain', 'given', 'random'] as const;

/** An order of all sentences, and how a single one was chosen: with `uncertain`, one in ten is chosen at random. */
export type PickOrder = (typeof ORDERS)[number];

/** One in so many sentences is held back from training, so that scores stay honest. */
export const SAMPLE = 10;

/** A sentence that was chosen: its place in the texts. */
export interface Pick {
  readonly index: number;
  readonly order: PickOrder;
}

/**
 * Returns whether a sentence belongs to the random tenth on which scores are counted. It depends on its identifier and the seed
 * alone, so that it is the same whenever the work goes on, and whatever the order.
 */
export function isInSample(id: SentenceId, seed: number): boolean {
  let hash = mixBits(seed + 0x5a3f);
  for (const character of String(id)) hash = mixBits(hash ^ (character.codePointAt(0) ?? 0));
  return hash % SAMPLE === 0;
}

/** Chooses which sentence is asked next. */
export class Chooser {
  readonly #order: PickOrder;
  readonly #inSample: readonly boolean[];
  /** The places of all sentences in random order. */
  readonly #shuffled: Uint32Array;
  #ranked: readonly number[] = [];

  constructor(ids: readonly SentenceId[], order: PickOrder, seed: number) {
    this.#order = order;
    this.#inSample = ids.map((id) => isInSample(id, seed));
    this.#shuffled = Uint32Array.from(ids, (_, index) => index);
    new Random(seed, 0x616e6e).shuffle(this.#shuffled);
  }

  /** Takes the places of sentences about which the newest model is uncertain, the ones to ask first at the beginning. */
  rank(ranked: readonly number[]): void {
    this.#ranked = ranked;
  }

  /**
   * Returns the sentence to ask next; undefined if none is open.
   *
   * @param isOpen tells whether a sentence is still to be decided
   * @param count the number of decisions so far
   */
  next(isOpen: (index: number) => boolean, count: number): Pick | undefined {
    if (this.#order === 'given') {
      const index = this.#inSample.findIndex((_, each) => isOpen(each));
      return index < 0 ? undefined : { index, order: 'given' };
    }
    const atRandom = (test: (index: number) => boolean): Pick | undefined => {
      const index = this.#shuffled.find((each) => isOpen(each) && test(each));
      return index === undefined ? undefined : { index, order: 'random' };
    };
    const any = (): Pick | undefined => atRandom(() => true);
    if (this.#order === 'random') return any();
    const isSampled = (index: number): boolean => this.#inSample[index] === true;
    if (count % SAMPLE === SAMPLE - 1) return atRandom(isSampled) ?? any();
    const index = this.#ranked.find((each) => isOpen(each) && !isSampled(each));
    return index === undefined ? (atRandom((each) => !isSampled(each)) ?? any()) : { index, order: 'uncertain' };
  }

  /**
   * Returns the places of sentences for which suggestions are wanted: those that are asked next, and, if the order is
   * `uncertain`, many others among which the least certain are found.
   *
   * @param most the largest number of them
   * @param round draws others each time
   */
  candidates(isOpen: (index: number) => boolean, most: number, round: number): number[] {
    if (this.#order === 'given') return this.#firstOpen(this.#inSample.keys(), isOpen, SOON);
    if (this.#order === 'random') return this.#firstOpen(this.#shuffled, isOpen, SOON);
    const soon = this.#firstOpen(this.#shuffled, (index) => isOpen(index) && this.#inSample[index] === true, SOON / 2);
    const others = Array.from(this.#shuffled).filter((index) => isOpen(index) && !this.#inSample[index]);
    new Random(round, 0x63616e).shuffle(others);
    return [...soon, ...others.slice(0, most)];
  }

  #firstOpen(places: Iterable<number>, isOpen: (index: number) => boolean, most: number): number[] {
    const found: number[] = [];
    for (const index of places) {
      if (found.length >= most) break;
      if (isOpen(index)) found.push(index);
    }
    return found;
  }
}

/** The number of sentences to be asked next that get suggestions at once. */
const SOON = 200;
