import { expect, test } from 'vitest';
import { taggingDifferences } from '../../src/explanation/tagging-differences.js';
import { explained } from '../helpers/explained.js';
import { drawModel } from '../helpers/small-model.js';

const { language } = drawModel({ tags: ['B-PER', 'E-PER', 'O', 'S-PER'], settings: { recode: true } });
const SOFTMAX = [
  [0.1, 0, 0.2, 0.7],
  [0, 0, 0.4561, 0.5439],
];

test('nothing is told where tagging has the same tags, and the same probabilities to the digits that are shown', () => {
  const tagged = { tags: ['B-PER', 'O'], probabilities: [0.70001, 0.45609] };
  expect(taggingDifferences(language, tagged, [3, 2], SOFTMAX)).toEqual([]);
  expect(explained(drawModel()).differences).toBeUndefined();
});

test('a word is told of which tagging has another tag, or another probability to the digits that are shown', () => {
  const tagged = { tags: ['B-PER', 'O'], probabilities: [0.7, 0.5038] };
  const differences = taggingDifferences(language, tagged, [3, 3], SOFTMAX);
  expect(differences).toEqual([{ token: 1, tag: 'B-PER', probability: { tagging: 0.5038, training: 0.4561 } }]);
});
