import { describe, expect, test } from 'vitest';
import { Chooser, isInSample } from '../../src/annotation/choice.js';

const IDS = Array.from({ length: 1000 }, (_, index) => `texts.txt:${index + 1}`);

/** Chooses sentences one after the other until all are decided. */
function chooseAll(chooser: Chooser, count = IDS.length): { readonly index: number; readonly order: string }[] {
  const done = new Set<number>();
  return Array.from({ length: count }, () => {
    const pick = chooser.next((index) => !done.has(index), done.size);
    if (!pick) throw new Error('none is left');
    done.add(pick.index);
    return pick;
  });
}

test('about a tenth is in the sample, by identifier and seed alone', () => {
  const sample = IDS.filter((id) => isInSample(id, 1));
  expect(sample.length).toBeGreaterThan(60);
  expect(sample.length).toBeLessThan(140);
  expect(IDS.filter((id) => isInSample(id, 2))).not.toEqual(sample);
});

describe.each(['uncertain', 'given', 'random'] as const)('the order %s', (order) => {
  test('asks every sentence once, and then none', () => {
    const chooser = new Chooser(IDS, order, 1);
    chooser.rank([5, 3, 900]);
    const picks = chooseAll(chooser);
    expect(new Set(picks.map(({ index }) => index)).size).toBe(IDS.length);
    expect(chooser.next(() => false, IDS.length)).toBeUndefined();
  });

  test('is the same for the same seed', () => {
    expect(chooseAll(new Chooser(IDS, order, 7))).toEqual(chooseAll(new Chooser(IDS, order, 7)));
  });
});

test('given keeps the order of the texts', () => {
  expect(chooseAll(new Chooser(IDS, 'given', 1), 5)).toEqual(
    [0, 1, 2, 3, 4].map((index) => ({ index, order: 'given' })),
  );
});

test('uncertain takes one in ten from the random tenth, and the others by rank, from outside of it', () => {
  const chooser = new Chooser(IDS, 'uncertain', 1);
  const ranked = IDS.map((_, index) => IDS.length - 1 - index);
  chooser.rank(ranked);
  const picks = chooseAll(chooser, 100);
  const isSampled = ({ index }: { index: number }): boolean => isInSample(IDS[index], 1);
  expect(picks.filter(isSampled)).toHaveLength(10);
  expect(picks.filter(({ order }) => order === 'random').every(isSampled)).toBe(true);
  const others = picks.filter(({ order }) => order === 'uncertain').map(({ index }) => index);
  expect(others).toEqual(ranked.filter((index) => !isInSample(IDS[index], 1)).slice(0, 90));
});

test('before a model has learnt, sentences come at random, not in the order of the texts', () => {
  const picks = chooseAll(new Chooser(IDS, 'uncertain', 1), 20);
  expect(picks.every(({ order }) => order === 'random')).toBe(true);
  expect(picks.map(({ index }) => index)).not.toEqual([...picks.keys()]);
});

test('candidates are open, differ each round, and hold the next of the random tenth', () => {
  const chooser = new Chooser(IDS, 'uncertain', 1);
  const first = chooser.candidates((index) => index >= 500, 50, 1);
  expect(first.every((index) => index >= 500)).toBe(true);
  expect(new Set(first).size).toBe(first.length);
  expect(chooser.candidates((index) => index >= 500, 50, 2)).not.toEqual(first);
  expect(first.filter((index) => !isInSample(IDS[index], 1))).toHaveLength(50);
  expect(first.some((index) => isInSample(IDS[index], 1))).toBe(true);
});
