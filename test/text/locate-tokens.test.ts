import { expect, test } from 'vitest';
import { locateTokens } from '../../src/text/locate-tokens.js';

test('tokens are located in their text, if they are all there', () => {
  expect(locateTokens(['Ada', ',', 'gone'], 'Ada, gone')).toEqual([
    { text: 'Ada', start: 0, end: 3 },
    { text: ',', start: 3, end: 4 },
    { text: 'gone', start: 5, end: 9 },
  ]);
  expect(locateTokens(['Ada', ',', 'gone'], 'Ada gone')).toBeUndefined();
  expect(locateTokens(['Ada', 'gone'], 'Ada x gone')).toBeUndefined();
  expect(locateTokens([], 'Ada')).toEqual([]);
});

test('an empty token stands nowhere in a text', () => {
  expect(locateTokens(['Ada', '', 'gone'], 'Ada gone')).toBeUndefined();
});
