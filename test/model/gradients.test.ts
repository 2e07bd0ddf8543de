import { describe, expect, it } from 'vitest';
import { relativeError } from '../helpers/network-gradient.js';
import { smallPlan, withLetters, withVectors } from '../helpers/networks.js';

const LENGTHS: Record<string, readonly number[]> = {
  'one word': [1],
  'two words': [2],
  'sixty words': [60],
  'many sentences': [9, 1, 4, 4, 2, 7, 3, 1, 5, 2, 2],
};

const INPUTS = [
  { input: 'sum', window: 0 },
  { input: 'concatenate', window: 0 },
  { input: 'concatenate', window: 1 },
] as const;

const DROPOUTS = [
  { inputDropout: 0, dropout: 0 },
  { inputDropout: 0.3, dropout: 0.4 },
] as const;

const CELLS = ['elman', 'gru', 'lstm', 'feedforward'] as const;

describe.each(CELLS)('gradients of the %s cell agree with central differences', (cell) => {
  describe.each(['forward', 'both'] as const)('direction %s', (direction) => {
    describe.each(INPUTS)('input $input, window $window', (input) => {
      describe.each(['softmax', 'crf'] as const)('decoder %s', (decoder) => {
        describe.each(DROPOUTS)('dropout $inputDropout and $dropout, of the same drops', (dropouts) => {
          it.each(Object.keys(LENGTHS))('%s', (name) => {
            const plan = smallPlan({ cell, direction, decoder, ...input, ...dropouts });
            expect(relativeError(plan, LENGTHS[name] as number[])).toBeLessThan(1e-6);
          });
        });
      });
    });
  });
});

describe.each(CELLS)('gradients of more layers of the %s cell agree with central differences', (cell) => {
  it.each([
    { layers: 2, direction: 'forward', input: 'sum' },
    { layers: 2, direction: 'both', input: 'concatenate' },
    { layers: 3, direction: 'both', input: 'sum' },
  ] as const)('$layers, $direction, $input', (changes) => {
    for (const dropouts of DROPOUTS) {
      const plan = smallPlan({ cell, decoder: 'crf', ...changes, ...dropouts });
      expect(relativeError(plan, [9, 1, 4, 4, 2])).toBeLessThan(1e-6);
    }
  });
});

it.each(CELLS)('gradients of the %s cell beside given rows agree with central differences', (cell) => {
  for (const dropouts of DROPOUTS)
    for (const window of [0, 1])
      expect(relativeError(withVectors({ cell, window, direction: 'both', ...dropouts }), [9, 4, 4, 1])).toBeLessThan(
        1e-6,
      );
});

it.each(CELLS)('gradients of the %s cell beside letters that are read agree with central differences', (cell) => {
  for (const dropouts of DROPOUTS)
    for (const window of [0, 1])
      expect(relativeError(withLetters({ cell, window, direction: 'both', ...dropouts }), [9, 4, 4, 1])).toBeLessThan(
        1e-6,
      );
});

it('a window wider than the sentence has the gradient of what there is', () => {
  const plan = smallPlan({ input: 'concatenate', window: 3, direction: 'both' });
  for (const lengths of [[1], [2, 1], [5, 3, 2]]) expect(relativeError(plan, lengths)).toBeLessThan(1e-6);
});

it('the CRF of some forbidden transitions has the gradient of the rest', () => {
  const allowed = Uint8Array.from([1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1]);
  const plan = smallPlan({ decoder: 'crf', allowed });
  expect(relativeError(plan, [9, 4, 2])).toBeLessThan(1e-6);
});
