import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowOf } from '../../src/model/batch.js';
import { allocateActivations, backward, forward, meanLoss, networkShapes } from '../../src/model/network.js';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { drawExamples, drawNetwork, runForward } from '../helpers/small-network.js';

const sizes = { V: 12, H: 7, K: 5 };
const lists = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 9 });

test('the loss of a batch is the average over sentences of the sum of their words’ cross-entropies', () => {
  const kernels = createDoubleKernels();
  const parameters = drawNetwork(sizes, kernels);
  fc.assert(
    fc.property(lists, fc.nat(), (lengths, seed) => {
      const examples = drawExamples(lengths, sizes, seed);
      const sums = examples.map((example) => {
        const { activations } = runForward(kernels, parameters, [example]);
        return [...example.targets].reduce(
          (sum, target, row) => sum - Math.log(activations.p[row * sizes.K + target]),
          0,
        );
      });
      const { batch, activations } = runForward(kernels, parameters, examples);
      const average = sums.reduce((sum, loss) => sum + loss, 0) / sums.length;
      expect(meanLoss(batch, activations)).toBeCloseTo(average, 9);
    }),
  );
});

test('the gradient of a batch is the average of the sentences’ gradients', () => {
  const kernels = createDoubleKernels();
  const parameters = drawNetwork(sizes, kernels);
  const examples = drawExamples([4, 1, 9], sizes);
  const gradientOf = (some: typeof examples) => {
    const gradient = allocateParameters(networkShapes(sizes), kernels);
    const { batch, activations } = runForward(kernels, parameters, some);
    backward(kernels, parameters, batch, activations, gradient);
    return gradient.data;
  };
  const alone = examples.map((example) => gradientOf([example]));
  for (const [index, slope] of gradientOf(examples).entries()) {
    expect(slope).toBeCloseTo((alone[0][index] + alone[1][index] + alone[2][index]) / 3, 12);
  }
});

describe('in single precision', () => {
  const kernels = createReferenceKernels();
  const parameters = drawNetwork(sizes, kernels);

  test('a sentence has the same states, probabilities and losses, bit by bit, alone and in a batch', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (lengths, seed) => {
        const examples = drawExamples(lengths, sizes, seed);
        const together = runForward(kernels, parameters, examples);
        for (const [place, index] of together.batch.order.entries()) {
          const alone = runForward(kernels, parameters, [examples[index]]).activations;
          for (let t = 0; t < lengths[index]; t++) {
            const row = rowOf(together.batch.steps, t, place);
            for (const [name, width] of [
              ['h', sizes.H],
              ['p', sizes.K],
              ['losses', 1],
            ] as const) {
              const found = together.activations[name].subarray(row * width, (row + 1) * width);
              expect(found).toEqual(alone[name].subarray(t * width, (t + 1) * width));
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('what earlier batches left in the buffers changes nothing', () => {
    const [long, short] = [drawExamples([9, 8], sizes), drawExamples([3, 5], sizes)];
    const { batch, activations: fresh } = runForward(kernels, parameters, short);
    const used = runForward(kernels, parameters, long).activations;
    const [first, second] = [fresh, used].map((activations) => {
      const gradient = allocateParameters(networkShapes(sizes), kernels);
      forward(kernels, parameters, batch, activations);
      backward(kernels, parameters, batch, activations, gradient);
      return gradient.data;
    });
    expect(second).toEqual(first);
  });

  test('buffers have room for the tokens they were made for', () => {
    const { capacity, h, dh, p, losses } = allocateActivations(kernels, 11, sizes);
    expect([capacity, h.length, dh.length, p.length, losses.length]).toEqual([11, 77, 77, 55, 11]);
  });
});
