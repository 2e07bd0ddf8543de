import { expect, test } from 'vitest';
import { taggingDifferences } from '../../src/explanation/tagging-differences.js';
import { differencesText } from '../../src/reports/explanation/differences-text.js';
import { explained, SENTENCE } from '../helpers/explained.js';
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
  const { tokens } = explained(drawModel(), SENTENCE);
  const told = tokens.map((token) => ({ ...token, tag: 'O' }));
  expect(differencesText({ differences, tokens: told })).toMatch(/^States.*: 2 lives: O 50\.4 %, here B-PER\.$/);
  const rounded = [{ token: 0, tag: 'O', probability: { tagging: 0.7013, training: 0.6991 } }];
  expect(differencesText({ differences: rounded, tokens: told })).toMatch(/: 1 Ada: O 70\.1 %, here 69\.9 %\.$/);
});
