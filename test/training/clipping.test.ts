import { describe, expect, test } from 'vitest';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { plannedTable, setWeights, smallPlan, weightsOf } from '../helpers/networks.js';
import { createWork, meanGradient, trainAlone } from '../helpers/training-work.js';

const LENGTHS = [7, 5, 5, 4, 3, 3, 2, 2, 1, 1];
const ALL = [...LENGTHS.keys()];
const plan = smallPlan({ cell: 'gru', direction: 'both' });

/** What one step of SGD at rate 1 takes off the weights: the gradient after clipping. */
function clipped(clip: number, createKernels = createDoubleKernels): { moved: number[]; gradient: number[] } {
  const work = createWork(plan, LENGTHS, { optimizer: 'sgd', learningRate: 1, clip, unknownRate: 0 });
  const { leader, trainer } = trainAlone(work, createKernels());
  const before = weightsOf(leader.network);
  const { gradient } = meanGradient(work, ALL, before);
  trainer.step(1, ALL);
  const after = weightsOf(leader.network);
  return { moved: before.map((weight, place) => weight - after[place]), gradient };
}

const { gradient } = clipped(1e9);
const norm = Math.hypot(...gradient);

describe('clipping', () => {
  test('shortens a longer gradient to the norm, dense weights and tables alike, without turning it', () => {
    for (const part of [0.999, 0.5, 0.01, 1e-6]) {
      const { moved } = clipped(norm * part);
      expect(Math.hypot(...moved) / (norm * part)).toBeCloseTo(1, 9);
      for (const [place, slope] of gradient.entries()) expect(moved[place]).toBeCloseTo(slope * part, 14);
    }
  });

  test('leaves a shorter gradient as it is, bit by bit', () => {
    const { moved } = clipped(1e9);
    for (const clip of [norm * 1.000001, norm * 2, 1e6]) expect(clipped(clip).moved).toEqual(moved);
    for (const [place, slope] of gradient.entries()) expect(moved[place]).toBeCloseTo(slope, 14);
  });

  test.each([
    ['plain', createReferenceKernels],
    ['WebAssembly', createWasmKernels],
  ] as const)('holds on %s kernels where squares are beyond the range of single precision', (_, createKernels) => {
    const tiny = smallPlan({ tables: [plannedTable('form', 2, 1)], hidden: 1, tags: 2 });
    const work = createWork(tiny, [1], { optimizer: 'sgd', learningRate: 1, clip: 5, unknownRate: 0 });
    const { leader, trainer } = trainAlone(work, createKernels());
    setWeights(leader.network, { 'output.weights': [1e30, -1e30] });
    const before = weightsOf(leader.network);
    trainer.step(1, [0]);
    const moved = weightsOf(leader.network).map((weight, place) => before[place] - weight);
    expect(Math.hypot(...moved)).toBeCloseTo(5, 4);
  });
});
