import { expect, test } from 'vitest';
import { differencesText } from '../../../src/reports/explanation/differences-text.js';
import { explained } from '../../helpers/explained.js';
import { drawModel } from '../../helpers/small-model.js';

const tokens = explained(drawModel()).tokens.map((token) => ({ ...token, tag: 'O' }));

test('where tagging differs, one line tells the word, and what both say of it', () => {
  const differences = [
    { token: 0, tag: 'O', probability: { tagging: 0.7013, training: 0.6991 } },
    { token: 1, tag: 'B-PER', probability: { tagging: 0.5038, training: 0.4561 } },
  ];
  expect(differencesText({ differences, tokens })).toMatch(
    /^States.*: 1 Ada: O 70\.1 %, here 69\.9 %; 2 lives: O 50\.4 %, here B-PER\.$/,
  );
  expect(differencesText({ tokens })).toBe('');
});
