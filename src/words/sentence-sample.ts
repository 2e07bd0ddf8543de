import type { Random } from '../numerics/random.js';

/** Sentences of more tokens are left out: one of them would fill a batch. */
export const LONGEST_SAMPLED = 100;

/** A sample of the sentences of a text of any length: each is in it with the same probability (Vitter 1985, algorithm R). */
export class SentenceSample {
  readonly #size: number;
  readonly #random: Random;
  readonly #sentences: (readonly string[])[] = [];
  #seen = 0;
  #leftOut = 0;

  /** @param size the largest number of sentences */
  constructor(size: number, random: Random) {
    this.#size = size;
    this.#random = random;
  }

  /** Takes the next sentence of the text. */
  add(tokens: readonly string[]): void {
    if (tokens.length < 2 || tokens.length > LONGEST_SAMPLED) {
      this.#leftOut++;
      return;
    }
    this.#seen++;
    if (this.#sentences.length < this.#size) this.#sentences.push(tokens);
    else {
      const place = this.#random.below(this.#seen);
      if (place < this.#size) this.#sentences[place] = tokens;
    }
  }

  get sentences(): readonly (readonly string[])[] {
    return this.#sentences;
  }

  /** The number of sentences from which the sample was drawn. */
  get seen(): number {
    return this.#seen;
  }

  /** The number of sentences that are too short or too long to be in a sample. */
  get leftOut(): number {
    return this.#leftOut;
  }
}
