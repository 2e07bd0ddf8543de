import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Kernels } from '../../src/numerics/kernels.js';
import { lossesWithin } from '../helpers/bounded-training.js';
import { createCheckedKernels } from '../helpers/checked-kernels.js';
import { VARIED_PLANS } from '../helpers/networks.js';
import { drawModel, taggerOf } from '../helpers/small-model.js';
import { watchedAtomics } from '../helpers/watched-view.js';

beforeAll(() => vi.stubGlobal('Atomics', watchedAtomics()));
afterAll(() => vi.unstubAllGlobals());

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
