import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { NetworkPlan } from '../../src/model/plan.js';
import { lossesWithin } from '../helpers/bounded-training.js';
import { smallPlan, withLetters, withVectors } from '../helpers/networks.js';
import { watchedAtomics } from '../helpers/watched-view.js';

function variationsOf(cell: NetworkPlan['cell']): [string, NetworkPlan][] {
  const found: [string, NetworkPlan][] = [];
  for (const decoder of ['softmax', 'crf'] as const) {
    const plan = smallPlan({ cell, decoder, hidden: 5 });
    found.push([`${decoder}, rows summed`, plan]);
    const side = { ...plan, input: 'concatenate', window: 1, inputDropout: 0.4, dropout: 0.3 } as const;
    found.push([`${decoder}, rows side by side`, { ...side, direction: 'both', layers: 2 }]);
    found.push([`${decoder}, letters`, withLetters(side)]);
    found.push([`${decoder}, vectors`, withVectors(side)]);
    found.push([`${decoder}, letters and vectors`, withLetters(withVectors(side))]);
  }
  return found;
}

beforeAll(() => vi.stubGlobal('Atomics', watchedAtomics()));
afterAll(() => vi.unstubAllGlobals());

describe.each(['elman', 'gru', 'lstm', 'feedforward'] as const)('with the cell %s', (cell) => {
  test.each(variationsOf(cell))('training and tagging stay within their buffers: %s', (_, plan) => {
    const losses = lossesWithin(plan, { optimizer: 'adam', clip: 1, average: 0.9 });
    expect(losses.every(Number.isFinite)).toBe(true);
  });
});
