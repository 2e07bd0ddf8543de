import { expect, test } from 'vitest';
import { scoreTags } from '../../src/evaluation/scores.js';
import { forgettingReport } from '../../src/reports/score-table.js';
import type { Scheme } from '../../src/text/scheme.js';

const IOB2: Scheme = { name: 'iob2', outside: 'O' };

test('F1 of what a model knew before and after, by label and for all', () => {
  const gold = ['B-PER', 'O', 'B-LOC', 'O', 'B-LOC'];
  const before = scoreTags([{ gold, predicted: gold }], IOB2);
  const after = scoreTags([{ gold, predicted: ['B-PER', 'B-ANIMAL', 'B-LOC', 'O', 'O'] }], IOB2);
  expect(forgettingReport({ before, after, mayBeTrainedOn: false }, IOB2)).toBe(
    [
      'old dev  F1 before   after  change  gold',
      'LOC         100.00   66.67  -33.33     2',
      'PER         100.00  100.00   +0.00     1',
      'all         100.00   66.67  -33.33     3',
      '',
    ].join('\n'),
  );
});

test('token accuracy where tags spell no names', () => {
  const plain: Scheme = { name: 'plain', outside: undefined };
  const before = scoreTags([{ gold: ['DT', 'NN'], predicted: ['DT', 'VB'] }], plain);
  const after = scoreTags([{ gold: ['DT', 'NN'], predicted: ['DT', 'NN'] }], plain);
  expect(forgettingReport({ before, after, mayBeTrainedOn: false }, plain)).toMatch(
    /^all +50\.00 +100\.00 +\+50\.00 +2$/m,
  );
});

test('a line below says where the scores before may flatter the old model', () => {
  const scores = scoreTags([{ gold: ['B-PER'], predicted: ['B-PER'] }], IOB2);
  expect(forgettingReport({ before: scores, after: scores, mayBeTrainedOn: true }, IOB2)).toMatch(
    /^all .*\nThe old model may have been trained on these sentences, so that the scores before may flatter it\.\n$/m,
  );
});
