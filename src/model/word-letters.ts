import { addReadingGradient, readingBackward, readingForward, type Spelling } from '../layers/reading.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import type { LetterTable, Network } from './network.js';
import { READINGS, readingName } from './plan.js';

/** How many numbers the letters of one word take. */
export function numbersOfLetters({ letters, width }: LetterTable): number {
  return READINGS.length * letters * width;
}

/** The letters of the distinct words of a batch, which a small recurrent network reads; threads that make the same share it. */
export class WordLetters {
  readonly #kernels: Kernels;
  readonly #network: Network;
  readonly #table: LetterTable;
  /** (capacity, readings · letters), whole numbers: the row that each letter names */
  readonly #ids: Address;
  /** (capacity, readings, letters, H): the states of the readings */
  readonly #states: Address;
  /** The same: the loss's gradient by the rows of letters; none where words are only tagged */
  readonly #dRows: Address;

  constructor(network: Network, table: LetterTable, ids: Address, capacity: number, isTraining: boolean) {
    const { kernels } = network;
    this.#kernels = kernels;
    this.#network = network;
    this.#table = table;
    this.#ids = ids;
    this.#states = kernels.allocate(capacity * numbersOfLetters(table));
    this.#dRows = isTraining ? kernels.allocate(capacity * numbersOfLetters(table)) : 0;
  }

  /** Where the gradient by each named row lies, and how far they are apart. */
  get gradient(): { readonly address: Address; readonly ld: number } {
    return { address: this.#dRows, ld: this.#table.width };
  }

  /**
   * Reads words `first` to `last`, exclusive.
   *
   * @param x (last - first, readings · H), rows `ldx` apart, overwritten: the last states
   */
  read(first: number, last: number, x: Address, ldx: number): void {
    const kernels = this.#kernels;
    const { table, letters, width: H } = this.#table;
    const words = this.#spelling(last - first);
    const states = this.#states + first * words.ld;
    const named = READINGS.length * letters;
    kernels.gather(table, this.#ids + first * named, states, H, words.M * named, H);
    for (const [index, reading] of READINGS.entries()) {
      const own = states + index * letters * H;
      readingForward(kernels, words, this.#network.panelsOf(readingName(reading)).panels, own);
      kernels.copyRows(own + (letters - 1) * H, words.ld, x + index * H, ldx, words.M, H);
    }
  }

  /** From the gradient by what `read` gave makes that by the rows. */
  readBack(first: number, last: number, dx: Address, ldx: number): void {
    const kernels = this.#kernels;
    const { letters, width: H } = this.#table;
    const words = this.#spelling(last - first);
    const start = first * words.ld;
    kernels.fill(this.#dRows + start, 0, words.M * words.ld);
    for (const [index, reading] of READINGS.entries()) {
      const own = start + index * letters * H;
      const dh = this.#dRows + own;
      kernels.copyRows(dx + index * H, ldx, dh + (letters - 1) * H, words.ld, words.M, H);
      readingBackward(kernels, words, this.#network.panelsOf(readingName(reading)).transposed, this.#states + own, dh);
    }
  }

  /**
   * Adds the gradient by the recurrent weights of one reading, when all words have been read back.
   *
   * @param count of the words
   * @param gradient block of the dense parameters' gradients
   * @param scratch min(count, 256) · (H + 8)
   */
  addWeightGradient(reading: number, count: number, gradient: Address, scratch: Address): void {
    const { letters, width: H } = this.#table;
    const own = reading * letters * H;
    const name = `${readingName(READINGS[reading] as (typeof READINGS)[number])}.weights`;
    const target = gradient + this.#network.offsetOf(name);
    const words = this.#spelling(count);
    addReadingGradient(this.#kernels, words, this.#states + own, this.#dRows + own, target, scratch);
  }

  #spelling(M: number): Spelling {
    const { letters, width: H } = this.#table;
    return { M, L: letters, H, ld: numbersOfLetters(this.#table) };
  }
}
