import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { NetworkPlan } from '../../src/model/plan.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import { createCheckedKernels } from '../helpers/checked-kernels.js';
import { smallPlan, VARIED_PLANS, withLetters, withVectors } from '../helpers/networks.js';
import { drawModel, taggerOf } from '../helpers/small-model.js';
import { createWork, trainAlone, trainAndTag } from '../helpers/training-work.js';
import { watchedAtomics } from '../helpers/watched-view.js';

const LENGTHS = [6, 4, 4, 2, 1];

function variationsOf(cell: NetworkPlan['cell']): [string, NetworkPlan][] {
  const found: [string, NetworkPlan][] = [];
  for (const decoder of ['softmax', 'crf'] as const) {
    for (const wide of [false, true]) {
      const plan = smallPlan({ cell, decoder, wide, hidden: 5 });
      const name = `${decoder}${wide ? ', wide' : ''}`;
      found.push([`${name}, rows summed`, plan]);
      const side = { ...plan, input: 'concatenate', window: 1, inputDropout: 0.4, dropout: 0.3 } as const;
      found.push([`${name}, rows side by side`, { ...side, direction: 'both', layers: 2 }]);
      found.push([`${name}, letters`, withLetters(side)]);
      found.push([`${name}, vectors`, withVectors(side)]);
      found.push([`${name}, letters and vectors`, withLetters(withVectors(side))]);
    }
  }
  return found;
}

beforeAll(() => vi.stubGlobal('Atomics', watchedAtomics()));
afterAll(() => vi.unstubAllGlobals());

/** Trains and tags on kernels that refuse what lies outside of a buffer, and returns the losses. */
function lossesWithin(plan: NetworkPlan, given: SettingsInput): number[] {
  const work = createWork(plan, LENGTHS, { batchSize: 3, ...given });
  return trainAndTag(work, trainAlone(work, createCheckedKernels()).leader, 1).losses;
}

describe.each(['elman', 'gru', 'lstm', 'feedforward'] as const)('with the cell %s', (cell) => {
  test.each(variationsOf(cell))('training and tagging stay within their buffers: %s', (_, plan) => {
    const losses = lossesWithin(plan, { optimizer: 'adam', clip: 1, average: 0.9 });
    expect(losses.every(Number.isFinite)).toBe(true);
  });
});

test.each(VARIED_PLANS)('networks of every kind stay within their buffers with momentum: %o', (plan) => {
  expect(lossesWithin(plan, { optimizer: 'momentum' }).every(Number.isFinite)).toBe(true);
});

test('a model finds tags and their probabilities within its buffers', () => {
  const settings = { decoder: 'crf', cell: 'gru', input: 'concatenate', direction: 'both' } as const;
  const model = (kernels?: Kernels) => drawModel({ settings, ...(kernels && { kernels }) });
  const sentences = [['Ada', 'lives', 'in', 'London', '.'], ['Ada'], ['in', 'Rome']];
  const probable = (kernels?: Kernels) => taggerOf(model(kernels)).predict(sentences);
  expect(probable(createCheckedKernels())).toEqual(probable());
});
