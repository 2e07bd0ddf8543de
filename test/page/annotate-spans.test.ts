import { describe, expect, test } from 'vitest';
import { isSame, labelRange, removeRange, spanAt, targetOf } from '../../src/page/annotate-spans.js';

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
    expect(labelRange([PER, LOC], { ...range, isCursor: false }, label)).toEqual(expected);
  });

  test('some of the words of an entity with its label makes it shorter', () => {
    const long = { label: 'PER', start: 0, end: 5 };
    const shorter = { label: 'PER', start: 1, end: 3 };
    expect(labelRange([long], { start: 1, end: 3, isCursor: false }, 'PER')).toEqual([shorter]);
  });

  test('one selected word of an entity with its label makes it shorter, the word at the cursor leaves it', () => {
    const word = { start: 2, end: 3 };
    expect(labelRange([PER], { ...word, isCursor: false }, 'PER')).toEqual([{ label: 'PER', ...word }]);
    expect(labelRange([PER], { ...word, isCursor: true }, 'PER')).toEqual([PER]);
  });

  test('one word of a suggestion decides about all of it', () => {
    const long = { ...GUESS, end: 7 };
    for (const isCursor of [false, true])
      expect(labelRange([long], { start: 5, end: 6, isCursor }, 'PER')).toEqual([{ label: 'PER', start: 4, end: 7 }]);
  });
});

test('entities are the same by label and words, whoever found them', () => {
  expect(isSame([PER, GUESS], [PER, { label: 'PER', start: 4, end: 5 }])).toBe(true);
  expect(isSame([PER], [LOC])).toBe(false);
  expect(isSame([PER], [PER, LOC])).toBe(false);
});

test('removing takes what a range touches, and a word stands for the entity around it', () => {
  expect(removeRange([PER, LOC], { start: 2, end: 3 })).toEqual([LOC]);
  expect(targetOf([PER, LOC], { start: 2, end: 3 })).toEqual({ start: 1, end: 3 });
  expect(targetOf([PER, LOC], { start: 2, end: 5 })).toEqual({ start: 2, end: 5 });
  expect([0, 1, 2, 3].map((token) => spanAt([PER, LOC], token))).toEqual([undefined, PER, PER, undefined]);
});
