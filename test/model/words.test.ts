import { describe, expect, test } from 'vitest';
import { Network } from '../../src/model/network.js';
import { lettersOfReading, READINGS, readingWeights } from '../../src/model/parts/letters.js';
import { inputName, type NetworkPlan } from '../../src/model/plan.js';
import { WORD_BLOCK, Words } from '../../src/model/words.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { drawWeights, lettersTable, plannedTable, smallPlan, weightsNamed, withLetters } from '../helpers/networks.js';
import { PlanLexicon } from '../helpers/plan-lexicon.js';
import { sum } from '../helpers/textbook/sums.js';

const CAPACITY = 2 * WORD_BLOCK + 3;

/** As many words as there is room for, the same for the same plan, each with a key of its own. */
function setUp(kernels: Kernels, plan: NetworkPlan) {
  const network = new Network(kernels, plan);
  drawWeights(network);
  const words = new Words(network, CAPACITY, true);
  const lexicon = new PlanLexicon(plan);
  const named = (word: number): number[][] =>
    plan.tables.map((planned, table) =>
      Array.from({ length: planned.named }, (_, place) => lexicon.idOf((word * 7) % lexicon.size, table, place)),
    );
  const ids = Array.from({ length: CAPACITY }, (_, word) => named(word));
  for (let word = 0; word < CAPACITY; word++) {
    words.named.set(word, lexicon, (word * 7) % lexicon.size);
    kernels.integers[words.keys + word] = 1000 + word;
  }
  words.count = CAPACITY;
  const { recurrence } = network.widths;
  const productOf = (place: number, word: number): number[] => {
    const start = words.products[place].sums + word * recurrence;
    return [...kernels.memory.subarray(start, start + recurrence)];
  };
  return { network, words, ids, productOf };
}

/** The last state of a small Elman network (1990) that reads letters one by one; rows and states are H wide. */
function plainReading(letters: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const H = letters[0].length;
  return letters.reduce<readonly number[]>(
    (state, row) => row.map((x, j) => Math.tanh(x + sum(H, (i) => state[i] * weights[i * H + j]))),
    new Array(H).fill(0),
  ) as number[];
}

/** What a feature of a word is before the product of the input: its row, or what the readings of its letters end in. */
function plainRow(network: Network, ids: readonly number[], feature: number): number[] {
  const planned = network.plan.tables[feature];
  const { name, width, named } = planned;
  const table = weightsNamed(network, `input.${name}`);
  const rows = ids.map((id) => table.slice(id * width, (id + 1) * width));
  if (named === 1) return rows[0];
  const letters = lettersOfReading(planned);
  return READINGS.flatMap((reading, index) =>
    plainReading(rows.slice(index * letters, (index + 1) * letters), weightsNamed(network, readingWeights(reading))),
  );
}

/** Number `column` of what a word gives the recurrence at an offset: its one-hot vectors times tables times weights. */
function plainProduct(network: Network, ids: readonly (readonly number[])[], offset: number, column: number): number {
  const { plan, widths } = network;
  const N = (widths.recurrence / widths.H) * plan.hidden;
  return sum(plan.tables.length, (feature) => {
    const { name } = plan.tables[feature];
    if (plan.input === 'sum') return weightsNamed(network, `input.${name}`)[ids[feature][0] * N + column];
    const weights = weightsNamed(network, inputName(offset, name));
    const row = plainRow(network, ids[feature], feature);
    return sum(row.length, (i) => row[i] * weights[i * N + column]);
  });
}

const PLANS: readonly NetworkPlan[] = [
  smallPlan({ input: 'sum', direction: 'both' }),
  smallPlan({ input: 'sum', cell: 'lstm' }),
  smallPlan({ input: 'concatenate', cell: 'gru', direction: 'both' }),
  smallPlan({ input: 'concatenate', window: 1, hidden: 8 }),
  smallPlan({ input: 'concatenate', window: 2, tables: [plannedTable('shape', 9, 20)] }),
  withLetters({ cell: 'lstm', window: 1 }),
  smallPlan({ input: 'concatenate', tables: [lettersTable(30, 12, 6)] }),
];

describe.each(PLANS)('words, input $input, window $window, $cell', (plan) => {
  test.each([
    ['double', createDoubleKernels(), 13],
    ['single', createWasmKernels(), 5],
  ] as const)('give each offset the plain product of their one-hot vectors, in %s precision', (_, kernels, digits) => {
    const { network, words, ids, productOf } = setUp(kernels, plan);
    words.multiply(0, CAPACITY, false);
    expect(words.products).toHaveLength(2 * plan.window + 1);
    for (const [place, offset] of network.offsets.entries()) {
      for (const word of [0, 1, WORD_BLOCK, CAPACITY - 1]) {
        const product = productOf(place, word);
        for (let at = 0; at < product.length; at++) {
          const [block, column] = [Math.floor(at / network.widths.H), at % network.widths.H];
          const isPadding = column >= plan.hidden;
          const expected = isPadding ? 0 : plainProduct(network, ids[word], offset, block * plan.hidden + column);
          expect(product[at]).toBeCloseTo(expected, digits);
        }
      }
    }
  });

  test('give 0 where no word is', () => {
    const { network, words, productOf } = setUp(createWasmKernels(), plan);
    for (let turn = 0; turn < 2; turn++) {
      words.multiply(0, CAPACITY, true);
      const zeros = new Array<number>(network.widths.recurrence).fill(0);
      for (const place of network.offsets.keys()) expect(productOf(place, CAPACITY)).toEqual(zeros);
    }
  });

  test('have the same bits piece by piece as all at once, and a piece leaves the others alone', () => {
    const { network, words, productOf } = setUp(createWasmKernels(), plan);
    const all = () =>
      [...network.offsets.keys()].map((place) => [...Array(CAPACITY).keys()].map((word) => productOf(place, word)));
    words.multiply(0, CAPACITY, false);
    const atOnce = all();
    for (const { sums } of words.products) network.kernels.fill(sums, 99, CAPACITY * network.widths.recurrence);
    for (const [first, last] of [
      [5, 6],
      [0, 5],
      [6, 7],
    ])
      words.multiply(first, last, false);
    expect(all().map((products) => products.slice(0, 7))).toEqual(atOnce.map((products) => products.slice(0, 7)));
    expect(productOf(0, 7).every((x) => x === 99)).toBe(true);
    words.multiply(7, CAPACITY, false);
    expect(all()).toEqual(atOnce);
  });
});

describe('dropout of the input', () => {
  const plan = smallPlan({ input: 'concatenate', window: 1, inputDropout: 0.5 });
  const { network, words, productOf } = setUp(createDoubleKernels(), plan);
  const without = setUp(createDoubleKernels(), { ...plan, inputDropout: 0 });
  const { integers } = network.kernels;
  without.words.multiply(0, CAPACITY, true);

  test('is none in tagging', () => {
    words.multiply(0, CAPACITY, false);
    for (let word = 0; word < CAPACITY; word++) expect(productOf(1, word)).toEqual(without.productOf(1, word));
  });

  test('drops by the word’s key alone: the same for the same key, wherever the word stands', () => {
    words.multiply(0, CAPACITY, true);
    const [first, other] = [productOf(0, 0), productOf(0, 1)];
    for (const { ids } of words.named.tables) integers[ids + 1] = integers[ids];
    words.multiply(0, CAPACITY, true);
    expect(productOf(0, 1)).not.toEqual(first);
    integers[words.keys + 1] = integers[words.keys];
    words.multiply(0, CAPACITY, true);
    expect(productOf(0, 1)).toEqual(first);
    expect(productOf(0, 1)).not.toEqual(other);
  });

  test('leaves products as they are on the average', () => {
    const draws = 4000;
    const mean = productOf(0, 5).map(() => 0);
    for (let draw = 0; draw < draws; draw++) {
      integers[words.keys + 5] = Math.imul(draw + 1, 0x9e3779b1);
      words.multiply(5, 6, true);
      for (const [at, x] of productOf(0, 5).entries()) mean[at] += x / draws;
    }
    for (const [at, x] of without.productOf(0, 5).entries()) expect(Math.abs(mean[at] - x)).toBeLessThan(0.15);
  });
});
