import { expect, test } from 'vitest';
import { confidentSpans } from '../../src/model/decode.js';

const scheme = { name: 'iob2', outside: 'O' } as const;

test('each span is as sure as the product of its tags’ probabilities', () => {
  const tags = ['B-PER', 'I-PER', 'O', 'B-LOC'];
  expect(confidentSpans({ tags, probabilities: [0.5, 0.5, 0.9, 0.75] }, scheme)).toEqual([
    { label: 'PER', start: 0, end: 2, confidence: 0.25 },
    { label: 'LOC', start: 3, end: 4, confidence: 0.75 },
  ]);
});

test('there are none where all is outside, where tags spell no spans, and where there is no token', () => {
  expect(confidentSpans({ tags: ['O', 'O'], probabilities: [0.9, 0.9] }, scheme)).toEqual([]);
  expect(confidentSpans({ tags: ['NOUN'], probabilities: [0.9] }, { name: 'plain', outside: undefined })).toEqual([]);
  expect(confidentSpans({ tags: [], probabilities: [] }, scheme)).toEqual([]);
});
