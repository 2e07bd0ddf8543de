import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BatchMemory } from '../../src/model/batch.js';
import { NamedRows } from '../../src/model/named-rows.js';
import { Network } from '../../src/model/network.js';
import { predictInBatches, TAGGING_SENTENCES } from '../../src/model/predictor.js';
import { WordCache } from '../../src/model/word-cache.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { plannedTable, smallPlan } from '../helpers/networks.js';
import { PlanLexicon } from '../helpers/plan-lexicon.js';

const TOKENS = 200;
const kernels = createReferenceKernels();
const plan = smallPlan({ tables: [plannedTable('form', 40_000, 1)], hidden: 1 });
const network = new Network(kernels, plan);
const batch = new BatchMemory(network, {
  sentences: TAGGING_SENTENCES,
  rows: TOKENS,
  longest: TOKENS,
  words: 3 * TOKENS,
});
const named = new NamedRows(kernels, plan.tables, TOKENS);
const cache = new WordCache(batch.wordCapacity, named);

/** Sentences whose words are all different. */
function numbered(lengths: readonly number[]) {
  let next = 0;
  return lengths.map((length) => ({
    words: Int32Array.from({ length }, () => next++),
    targets: new Int32Array(length),
  }));
}

const lists = fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: TOKENS })), {
  maxLength: 150,
});

test('no batch holds more sentences or tokens than there is room for, every word is multiplied out, and every token is tagged once', () => {
  fc.assert(
    fc.property(lists, (lengths) => {
      const examples = numbered(lengths);
      const tagged: number[] = [];
      const multiplied = new Map<number, number>();
      const answers = predictInBatches(batch, cache, examples, new PlanLexicon(plan), ({ first, last }) => {
        for (let slot = first; slot < last; slot++)
          multiplied.set(slot, kernels.integers[named.tables[0].ids + slot - first]);
        expect(batch.rows).toBeLessThanOrEqual(TOKENS);
        expect(batch.shardCount).toBeLessThanOrEqual(TAGGING_SENTENCES / 8);
        for (let row = 0; row < batch.rows; row++) {
          const slot = kernels.integers[batch.own.slots + row];
          const id = multiplied.get(slot) ?? -1;
          tagged.push(id);
          kernels.integers[batch.best + row] = id * 2;
          kernels.memory[batch.probabilities + row] = id / 4;
        }
        return [];
      });
      expect(tagged.sort((a, b) => a - b)).toEqual(examples.flatMap(({ words }) => [...words]));
      expect(answers.map(({ tags }) => [...tags])).toEqual(examples.map(({ words }) => [...words].map((id) => id * 2)));
      expect(answers.map(({ probabilities }) => [...probabilities])).toEqual(
        examples.map(({ words }) => [...words].map((id) => id / 4)),
      );
    }),
  );
});

test('sentences of like length go together', () => {
  const spreads: number[] = [];
  const lengths = Array.from({ length: 300 }, (_, index) => 1 + ((index * 37) % 100));
  predictInBatches(batch, cache, numbered(lengths), new PlanLexicon(plan), () => {
    const { steps } = batch.shard(0);
    spreads.push(steps.T * (kernels.integers[steps.start + 1] - kernels.integers[steps.start]) - steps.N);
    return [];
  });
  expect(Math.max(...spreads)).toBeLessThan(25);
});
