import { expect, test } from 'vitest';
import { sharingNotices } from '../../../src/commands/train/best.js';
import { type Scores, scoreTags } from '../../../src/evaluation/scores.js';

const scheme = { name: 'iob2', outside: 'O' } as const;

/** The scores of a tagger that finds so many of four names. */
function finding(count: number): Scores {
  return scoreTags([{ gold: Array(4).fill('B-PER'), predicted: Array(4).fill('O').fill('B-PER', 0, count) }], scheme);
}

const told = (apart: number, together: number, isShared: boolean, mustShare = false): string[] =>
  sharingNotices({ scheme, sharing: { apart: finding(apart), together: finding(together), isShared } }, mustShare);

test('a document shares what raises F1, and the notice needs no reason', () => {
  expect(told(2, 4, true)).toEqual([
    'occurrences of a word in a document share what each says of it: dev F1 66.67 without, 100.00 with',
  ]);
  expect(told(2, 2, true)).toEqual([]);
});

test('the notice says why a document shares what lowers F1 all the same', () => {
  expect(told(4, 2, true)).toEqual([
    'occurrences of a word in a document share what each says of it: dev F1 100.00 without, 66.67 with, a difference that may be chance',
  ]);
  expect(told(4, 2, true, true)).toEqual([
    'occurrences of a word in a document share what each says of it: dev F1 100.00 without, 66.67 with, as --document-share wants it',
  ]);
});
