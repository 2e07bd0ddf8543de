import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BatchMemory } from '../../src/model/batch.js';
import { Network } from '../../src/model/network.js';
import { predictInBatches, TAGGING_SENTENCES } from '../../src/model/predictor.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { smallPlan } from '../helpers/networks.js';

const TOKENS = 200;
const kernels = createReferenceKernels();
const plan = smallPlan({ features: [{ name: 'form', rows: 5, width: 1 }] });
const batch = new BatchMemory(new Network(kernels, plan), TAGGING_SENTENCES, TOKENS, TOKENS, false);

/** Sentences whose words are all different. */
function numbered(lengths: readonly number[]) {
  let next = 0;
  return lengths.map((length) => ({
    ids: [Int32Array.from({ length }, () => next++)],
    targets: new Int32Array(length),
  }));
}

const lists = fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: TOKENS })), {
  maxLength: 150,
});

test('no batch holds more sentences or tokens than there is room for, and every token is tagged once', () => {
  fc.assert(
    fc.property(lists, (lengths) => {
      const examples = numbered(lengths);
      const tagged: number[] = [];
      const answers = predictInBatches(batch, TOKENS, examples, () => {
        expect(batch.rows).toBeLessThanOrEqual(TOKENS);
        expect(batch.shardCount).toBeLessThanOrEqual(TAGGING_SENTENCES / 8);
        for (let row = 0; row < batch.rows; row++) {
          const id = kernels.integers[batch.ids[0] + row];
          tagged.push(id);
          kernels.integers[batch.best + row] = id * 2;
          kernels.memory[batch.probabilities + row] = id / 4;
        }
      });
      expect(tagged.sort((a, b) => a - b)).toEqual(examples.flatMap(({ ids }) => [...ids[0]]));
      expect(answers.map(({ tags }) => [...tags])).toEqual(examples.map(({ ids }) => [...ids[0]].map((id) => id * 2)));
      expect(answers.map(({ probabilities }) => [...probabilities])).toEqual(
        examples.map(({ ids }) => [...ids[0]].map((id) => id / 4)),
      );
    }),
  );
});

test('sentences of like length go together', () => {
  const spreads: number[] = [];
  const lengths = Array.from({ length: 300 }, (_, index) => 1 + ((index * 37) % 100));
  predictInBatches(batch, TOKENS, numbered(lengths), () => {
    const { steps } = batch.shard(0);
    spreads.push(steps.T * (kernels.integers[steps.start + 1] - kernels.integers[steps.start]) - steps.N);
  });
  expect(Math.max(...spreads)).toBeLessThan(25);
});
