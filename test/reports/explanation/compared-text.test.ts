import { expect, test } from 'vitest';
import { comparedText } from '../../../src/reports/explanation/compared-text.js';
import { columnsOf } from '../../../src/reports/lines.js';
import { explained, GOLD, SENTENCE } from '../../helpers/explained.js';
import { drawModel } from '../../helpers/small-model.js';

test('two models stand beside each other in 80 columns, whatever the words', () => {
  const tokens = [...SENTENCE.slice(1), 'Donaudampfschifffahrtsgesellschaft'];
  const [first, second] = (['elman', 'feedforward'] as const).map((cell) => ({
    name: `${cell}.json`,
    explanation: explained(drawModel({ settings: { cell } }), tokens, GOLD),
  }));
  const text = comparedText([first, second], 80);
  for (const line of text.split('\n')) expect(columnsOf(line), line).toBeLessThanOrEqual(80);
  expect(text).toContain('The same sentence in elman.json (first) and feedforward.json (second)\n');
  expect(text).toMatch(/^6 Donaudampfs… /m);
  const sums = [first, second].map(({ explanation: { loss = 0 } }) => loss.toFixed(4));
  expect(text).toMatch(new RegExp(`^all +${sums[0]} +${sums[1]}$`, 'm'));
});
