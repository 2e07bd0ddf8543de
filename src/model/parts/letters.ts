import { addReadingGradient, readingBackward, readingForward, type Spelling } from '../../layers/reading.js';
import { type Address, shifted } from '../../numerics/kernels.js';
import { side } from '../../numerics/parameters.js';
import { matrix, table } from '../parameter.js';
import type { NumberedTable, PlannedTable } from '../plan.js';
import type { KindOfPart, Part, PartPlace, PartWords, Rows } from './part.js';

/** H of the two networks, and the width of a letter's row. */
const WIDTH = 16;

/** The directions in which the letters of a word are read. */
export const READINGS = ['forward', 'backward'] as const;

type ReadingDirection = (typeof READINGS)[number];

/** Returns the name of the recurrent weights of one reading. */
export function readingWeights(reading: ReadingDirection): string {
  return `letters.${reading}.weights`;
}

/**
 * The letters of a word, which two small recurrent networks read, one each way. A word names a row for each letter that
 * a reading sees, reading by reading, and gets the last states of the readings side by side.
 */
export const letters: KindOfPart = {
  tables: { canBeSummed: false, widthOf: () => WIDTH },
  partsOf: (_plan, own) => own.map(lettersPart),
};

/** Returns the number of letters of a word that each reading sees. */
export function lettersOfReading({ named }: Pick<PlannedTable, 'named'>): number {
  return named / READINGS.length;
}

function lettersPart(planned: NumberedTable): Part {
  const { index, name, rows, width: H } = planned;
  const recurrent = 1 / Math.sqrt(H);
  return {
    table: index,
    rows: table(`input.${name}`, rows, side(H), Math.sqrt(3 / H), { rowMeaning: { kind: 'value', table: name } }),
    matrices: READINGS.map(readingWeights).map((weights) =>
      matrix(weights, side(H), side(H), recurrent, { panels: weights }),
    ),
    target: { kind: 'columns', side: side(H, READINGS.length) },
    createWords: (place, capacity, isTraining) => new WordReadings(place, planned, capacity, isTraining),
  };
}

class WordReadings implements PartWords {
  readonly weightPieces = READINGS.length;
  readonly #place: PartPlace;
  readonly #named: number;
  readonly #L: number;
  /** (capacity, readings, L, H): the states of the readings */
  readonly #states: Address;
  /** (capacity, readings, L, H): the loss's gradient by the rows of letters; empty in tagging */
  readonly #dRows: Address;

  constructor(place: PartPlace, planned: PlannedTable, capacity: number, isTraining: boolean) {
    this.#place = place;
    this.#named = planned.named;
    this.#L = lettersOfReading(planned);
    const numbers = capacity * planned.named * place.width;
    this.#states = place.kernels.allocate(numbers);
    this.#dRows = place.kernels.allocate(isTraining ? numbers : 0);
  }

  forward(first: number, last: number, { address: y, ld }: Rows): void {
    const { kernels, rows, ids, width: H, matrixOf } = this.#place;
    const words = this.#spelling(last - first);
    const states = shifted(this.#states, first * words.ld);
    kernels.gather(rows, shifted(ids, first * this.#named), states, H, words.M * this.#named, H);
    for (const [index, reading] of READINGS.entries()) {
      const own = shifted(states, index * words.L * H);
      readingForward(kernels, words, matrixOf(readingWeights(reading)).panels, own);
      kernels.copyRows(shifted(own, (words.L - 1) * H), words.ld, shifted(y, index * H), ld, words.M, H);
    }
  }

  backward(first: number, last: number, { address: dy, ld }: Rows): void {
    const { kernels, width: H, matrixOf } = this.#place;
    const words = this.#spelling(last - first);
    const start = first * words.ld;
    kernels.fill(shifted(this.#dRows, start), 0, words.M * words.ld);
    for (const [index, reading] of READINGS.entries()) {
      const own = start + index * words.L * H;
      const dh = shifted(this.#dRows, own);
      kernels.copyRows(shifted(dy, index * H), ld, shifted(dh, (words.L - 1) * H), words.ld, words.M, H);
      readingBackward(kernels, words, matrixOf(readingWeights(reading)).transposed, shifted(this.#states, own), dh);
    }
  }

  rowGradient(): Rows {
    return { address: this.#dRows, ld: this.#place.width };
  }

  /** A piece is one reading. */
  addWeightGradient(piece: number, count: number, gradient: Address, scratch: Address): void {
    const { kernels, width: H, matrixOf } = this.#place;
    const words = this.#spelling(count);
    for (const [index, reading] of READINGS.entries()) {
      if (index !== piece) continue;
      const own = index * words.L * H;
      const dWeights = shifted(gradient, matrixOf(readingWeights(reading)).offset);
      addReadingGradient(kernels, words, shifted(this.#states, own), shifted(this.#dRows, own), dWeights, scratch);
    }
  }

  #spelling(M: number): Spelling {
    const H = this.#place.width;
    return { M, L: this.#L, H, ld: this.#named * H };
  }
}
