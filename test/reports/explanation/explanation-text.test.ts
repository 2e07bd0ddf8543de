import { expect, test } from 'vitest';
import { createKernels } from '../../../src/numerics/fastest.js';
import { explanationText } from '../../../src/reports/explanation/explanation-text.js';
import { columnsOf } from '../../../src/reports/lines.js';
import { explained, GOLD, SENTENCE, VARIED_SETTINGS } from '../../helpers/explained.js';
import { drawModel } from '../../helpers/small-model.js';

test.each(VARIED_SETTINGS)('explanations fit terminals of 60 columns: %o', (settings) => {
  const long = [...SENTENCE, ...new Array<string>(50).fill('Donaudampfschifffahrtsgesellschaft')];
  for (const tokens of [SENTENCE, long]) {
    const gold = tokens.map((_, t) => GOLD[t] ?? 'O');
    const model = drawModel({ settings: { ...settings, hidden: 56 } });
    const text = explanationText(explained(model, tokens, gold, createKernels()), 60);
    for (const line of text.split('\n')) expect(columnsOf(line), line).toBeLessThanOrEqual(60);
  }
});

test('a dictionary is told by its label, and a word in no name is not called unknown', () => {
  const model = drawModel({ names: ['Ada', 'london Bridge'] });
  const text = explanationText(explained(model, SENTENCE, undefined, createKernels(), { words: [0] }), 100);
  expect(text.match(/^ {4}rows {2}.*$/gm)).toEqual(
    [
      'dictionary X: single',
      'dictionary X: in no name',
      'dictionary X: in no name',
      'dictionary X: begin (other case)',
      'dictionary X: end (other case)',
      'dictionary X: in no name',
    ].map((rows) => `    rows  ${rows}`),
  );
  expect(text).toMatch(/^ {2}[+-]\d\.\d\d {2}dictionary X of 1 Ada$/m);
  expect(text).not.toContain('dictionary1');
});
