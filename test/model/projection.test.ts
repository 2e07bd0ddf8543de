import { describe, expect, it } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { gradientOf, lossOf, randomExamples, setUp, smallPlan } from '../helpers/networks.js';

/** So rare that nothing is dropped, but tokens are treated one by one. */
const ALMOST_NEVER = 1e-12;

describe('rows multiplied out one by one', () => {
  const plan = smallPlan({ input: 'concatenate', direction: 'both' });
  const examples = randomExamples(plan, [9, 4, 4, 2, 1], new Random(3));
  const multipliedOut = setUp(createDoubleKernels(), plan, examples);
  const sideBySide = setUp(createDoubleKernels(), { ...plan, dropout: ALMOST_NEVER }, examples);

  it('give the loss of rows side by side through one product', () => {
    expect(multipliedOut.network.projection).toBeDefined();
    expect(sideBySide.network.projection).toBeUndefined();
    expect(lossOf(multipliedOut)).toBeCloseTo(lossOf(sideBySide), 9);
  });

  it('give its gradient by every weight', () => {
    const { size } = multipliedOut.network.layout;
    const gradients = [multipliedOut, sideBySide].map((setting) => {
      const { gradient } = gradientOf(setting);
      return setting.network.kernels.memory.subarray(gradient, gradient + size);
    });
    const [first, second] = gradients as [Float64Array, Float64Array];
    for (const [place, value] of first.entries()) expect(value).toBeCloseTo(second[place] as number, 9);
  });
});
