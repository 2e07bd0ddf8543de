import { expect, test } from 'vitest';
import { TagSets } from '../../src/training/tag-sets.js';

const BIOES = { name: 'bioes', outside: 'O' } as const;

test('any tag is possible where any label is', () => {
  const sets = new TagSets(['B-X', 'E-X', 'O'], BIOES);
  expect([sets.numberOf('any', ''), sets.numberOf('any', '')]).toEqual([0, 0]);
  expect(sets.sets).toEqual([Uint8Array.of(1, 1, 1)]);
});

test('tags of some labels, and the outside tag, are possible where these labels are', () => {
  const sets = new TagSets(['B-X', 'O', 'S-Y'], BIOES);
  expect(sets.numberOf(new Set(['Y']), '')).toBe(0);
  expect(sets.sets).toEqual([Uint8Array.of(0, 1, 1)]);
});

test('a known span does not go on in a token that is not known', () => {
  const sets = new TagSets(['B-X', 'I-X', 'I-Y', 'O'], { name: 'iob2', outside: 'O' });
  sets.numberOf('any', 'X');
  expect(sets.sets).toEqual([Uint8Array.of(1, 0, 1, 1)]);
});

test('only where most tokens have no label, it is said so', () => {
  const sets = new TagSets(['O', 'S-X'], BIOES);
  const numbers = [sets.numberOf('any', ''), sets.numberOf('mostly none', '')];
  expect(numbers.map((number) => sets.isMostlyOutside[number])).toEqual([false, true]);
  expect(sets.outside).toBe(0);
});
