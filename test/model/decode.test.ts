import { expect, test } from 'vitest';
import { confidentSpans } from '../../src/model/decode.js';

const scheme = { name: 'iob2', outside: 'O' } as const;

test('each span has its confidence, where one was asked for', () => {
  const tags = ['B-PER', 'I-PER', 'O', 'B-LOC'];
  const spans = [
    { label: 'PER', start: 0, end: 2 },
    { label: 'LOC', start: 3, end: 4 },
  ];
  expect(confidentSpans({ tags, probabilities: [] }, scheme)).toEqual(spans);
  expect(confidentSpans({ tags, probabilities: [], confidences: [0.25, 0.75] }, scheme)).toEqual([
    { ...spans[0], confidence: 0.25 },
    { ...spans[1], confidence: 0.75 },
  ]);
});

test('there are none where all is outside, where tags spell no spans, and where there is no token', () => {
  expect(confidentSpans({ tags: ['O', 'O'], probabilities: [] }, scheme)).toEqual([]);
  expect(confidentSpans({ tags: ['NOUN'], probabilities: [] }, { name: 'plain', outside: undefined })).toEqual([]);
  expect(confidentSpans({ tags: [], probabilities: [] }, scheme)).toEqual([]);
});
