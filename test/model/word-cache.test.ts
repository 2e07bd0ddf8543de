import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchMemory, SHARD_SENTENCES } from '../../src/model/batch.js';
import { Ensemble } from '../../src/model/ensemble.js';
import { NamedRows } from '../../src/model/named-rows.js';
import { Network } from '../../src/model/network.js';
import { predictInBatches, TAGGING_SENTENCES } from '../../src/model/predictor.js';
import { WordCache } from '../../src/model/word-cache.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { drawWeights, randomExamples, smallPlan } from '../helpers/networks.js';
import { PlanLexicon } from '../helpers/plan-lexicon.js';

const plan = smallPlan();
const kernels = createReferenceKernels();
const lexicon = new PlanLexicon(plan);

function createCache(capacity: number): { readonly cache: WordCache; readonly named: NamedRows } {
  const named = new NamedRows(kernels, plan.tables, BATCH);
  return { cache: new WordCache(capacity, named), named };
}

/** Asks for the places of words, as a batch does. */
function ask(cache: WordCache, asked: readonly number[], from = lexicon): number[] {
  cache.prepare(from, asked.length);
  return asked.map((word) => cache.slotOf(word));
}

const BATCH = 6;
const batches = fc.array(fc.array(fc.nat(lexicon.size - 1), { maxLength: BATCH }), { maxLength: 30 });

describe('the words in memory', () => {
  test('have a place each within the memory, and are multiplied out before they are looked up, by the rows that they name', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: BATCH, max: 20 }), (asked, capacity) => {
        const { cache, named } = createCache(capacity);
        const standsAt = new Map<number, number>();
        for (const batch of asked) {
          const slots = ask(cache, batch);
          const { first, last } = cache.takeNew();
          for (let slot = first; slot < last; slot++) {
            standsAt.set(slot, -1);
            const word = batch[slots.indexOf(slot)];
            expect(named.tables.map(({ ids }) => kernels.integers[ids + slot - first])).toEqual(
              [0, 1].map((t) => lexicon.idOf(word, t)),
            );
          }
          for (const [index, slot] of slots.entries()) {
            const word = batch[index];
            expect(slot).toBeLessThan(capacity);
            if (standsAt.get(slot) === -1) standsAt.set(slot, word);
            expect(standsAt.get(slot)).toBe(word);
          }
          expect(new Set(slots).size).toBe(new Set(batch).size);
        }
      }),
    );
  });

  test('are multiplied out once, as long as there is room for all', () => {
    const { cache } = createCache(8);
    expect(ask(cache, [3, 4, 3])).toEqual([0, 1, 0]);
    expect(cache.takeNew()).toEqual({ first: 0, last: 2 });
    expect(ask(cache, [4, 5, 3])).toEqual([1, 2, 0]);
    expect(cache.takeNew()).toEqual({ first: 2, last: 3 });
    expect(cache.takeNew()).toEqual({ first: 3, last: 3 });
  });

  test('stay in most of the memory where they came first; those behind make room for others', () => {
    const { cache } = createCache(4);
    ask(cache, [0, 1, 2]);
    cache.takeNew();
    expect(ask(cache, [2, 1])).toEqual([2, 1]);
    expect(cache.takeNew()).toEqual({ first: 2, last: 3 });
    expect(ask(cache, [3, 0])).toEqual([2, 0]);
    expect(cache.takeNew()).toEqual({ first: 2, last: 3 });
    expect(ask(cache, [3, 4, 5])).toEqual([1, 2, 3]);
    expect(cache.takeNew()).toEqual({ first: 1, last: 4 });
    expect(ask(cache, [0])).toEqual([0]);
  });

  test('take turns in an eighth of the memory when it is full', () => {
    const { cache } = createCache(16);
    const slots = Array.from({ length: 22 }, (_, word) => {
      const [slot] = ask(cache, [word]);
      cache.takeNew();
      return slot;
    });
    expect(slots).toEqual([...Array.from({ length: 16 }, (_, place) => place), 14, 15, 14, 15, 14, 15]);
    expect(ask(cache, [13])).toEqual([13]);
  });

  test('are all forgotten when the weights have changed', () => {
    const { cache } = createCache(4);
    ask(cache, [0, 1]);
    cache.takeNew();
    cache.clear();
    expect(ask(cache, [1])).toEqual([0]);
    expect(cache.takeNew()).toEqual({ first: 0, last: 1 });
  });

  test('are those of one lexicon: in another the same number is another word', () => {
    const { cache, named } = createCache(8);
    const swapped = smallPlan({ tables: [...plan.tables].reverse().map((table) => ({ ...table, name: 'other' })) });
    const other = new PlanLexicon(swapped);
    ask(cache, [30]);
    cache.takeNew();
    expect(ask(cache, [30], other)).toEqual([0]);
    expect(cache.takeNew()).toEqual({ first: 0, last: 1 });
    expect(named.tables.map(({ ids }) => kernels.integers[ids])).toEqual([other.idOf(30, 0), other.idOf(30, 1)]);
    expect(other.idOf(30, 1)).not.toBe(lexicon.idOf(30, 1));
  });
});

test.each([
  smallPlan({ input: 'concatenate', window: 1, decoder: 'crf' }),
  smallPlan({ input: 'sum', direction: 'both', cell: 'lstm' }),
])('tags and probabilities have the same bits however many words are kept: $input, $cell', (tagging) => {
  const tokens = 30;
  const examples = randomExamples(
    tagging,
    Array.from({ length: 150 }, (_, index) => 1 + ((index * 7) % 30)),
    new Random(5),
  );
  const predict = (capacity: number) => {
    const wasm = createWasmKernels();
    const drawn = new Network(wasm, tagging);
    drawWeights(drawn);
    const sizes = { sentences: TAGGING_SENTENCES, rows: tokens, longest: tokens, words: capacity };
    const batch = new BatchMemory(drawn, sizes);
    const named = new NamedRows(wasm, tagging.tables, tokens);
    const cache = new WordCache(capacity, named);
    const ensemble = new Ensemble([drawn], batch, named, SHARD_SENTENCES * tokens, tokens);
    let multiplied = 0;
    const answers = predictInBatches(batch, cache, examples, new PlanLexicon(tagging), ({ first, last }) => {
      multiplied += last - first;
      ensemble.multiply(first, last);
      for (let index = 0; index < batch.shardCount; index++) ensemble.tag(index);
      return [];
    });
    return { answers, multiplied };
  };
  const [few, some, all] = [tokens, 50, 100].map(predict);
  expect(few.answers).toEqual(all.answers);
  expect(some.answers).toEqual(all.answers);
  expect(all.multiplied).toBe(new PlanLexicon(tagging).size);
  expect(few.multiplied).toBeGreaterThan(some.multiplied);
  expect(some.multiplied).toBeGreaterThan(all.multiplied);
});
