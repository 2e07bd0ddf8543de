import { describe, expect, test } from 'vitest';
import { labelRange, removeRange, spanAt, targetOf } from '../../src/page/annotate-spans.js';

const PER = { label: 'PER', start: 1, end: 3 };
const LOC = { label: 'LOC', start: 5, end: 6 };
const GUESS = { label: 'PER', start: 4, end: 5, isSuggestion: true, confidence: 0.7 };

describe('labelling', () => {
  test.each([
    ['a range of its own adds an entity', { start: 7, end: 9 }, 'ORG', [PER, LOC, { label: 'ORG', start: 7, end: 9 }]],
    ['a word in an entity changes its label', { start: 2, end: 3 }, 'ORG', [{ label: 'ORG', start: 1, end: 3 }, LOC]],
    ['over entities replaces them', { start: 2, end: 6 }, 'ORG', [{ label: 'ORG', start: 2, end: 6 }]],
    ['over a part of the same label joins', { start: 2, end: 5 }, 'PER', [{ label: 'PER', start: 1, end: 5 }, LOC]],
  ])('%s', (_, range, label, expected) => {
    expect(labelRange([PER, LOC], range, label)).toEqual(expected);
  });

  test('some of the words of an entity with its label makes it shorter', () => {
    const long = { label: 'PER', start: 0, end: 5 };
    expect(labelRange([long], { start: 1, end: 3 }, 'PER')).toEqual([{ label: 'PER', start: 1, end: 3 }]);
  });

  test('a suggestion decides about it', () => {
    expect(labelRange([GUESS], { start: 4, end: 5 }, 'PER')).toEqual([{ label: 'PER', start: 4, end: 5 }]);
  });
});

test('removing takes what a range touches, and a word stands for the entity around it', () => {
  expect(removeRange([PER, LOC], { start: 2, end: 3 })).toEqual([LOC]);
  expect(targetOf([PER, LOC], { start: 2, end: 3 })).toEqual({ start: 1, end: 3 });
  expect(targetOf([PER, LOC], { start: 2, end: 5 })).toEqual({ start: 2, end: 5 });
  expect([0, 1, 2, 3].map((token) => spanAt([PER, LOC], token))).toEqual([undefined, PER, PER, undefined]);
});
