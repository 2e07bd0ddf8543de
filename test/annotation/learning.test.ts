import { describe, expect, test } from 'vitest';
import { gainOfMore, shouldLearn, untilFirst } from '../../src/annotation/learning.js';

const MOMENT = { accepted: 100, hasSpans: true, learnt: 95, changes: 5, idle: 0 };

describe('a model learns', () => {
  test.each([
    ['from 20 sentences on', { ...MOMENT, accepted: 20, learnt: 0 }, true],
    ['not from 19', { ...MOMENT, accepted: 19, learnt: 0, idle: 60 }, false],
    ['not without an entity', { ...MOMENT, hasSpans: false, idle: 60 }, false],
    ['when a tenth more has come', { ...MOMENT, accepted: 110, learnt: 100 }, true],
    ['not before', { ...MOMENT, accepted: 109, learnt: 100 }, false],
    ['when the person pauses', { ...MOMENT, idle: 3 }, true],
    ['not again when nothing has changed', { ...MOMENT, changes: 0, idle: 60 }, false],
  ])('%s', (_, moment, expected) => {
    expect(shouldLearn(moment)).toBe(expected);
  });

  test('and until then it is said how many are missing', () => {
    expect([0, 12, 20, 500].map(untilFirst)).toEqual([20, 8, 0, 0]);
  });
});

describe('what more sentences would bring', () => {
  const f1Of = (sentences: number): number => 0.9 - 2 / Math.sqrt(sentences);
  const points = [60, 80, 100, 150, 200].map((sentences) => ({ sentences, f1: f1Of(sentences) }));

  test('goes on as the scores so far', () => {
    expect(gainOfMore(points, 100)).toBeCloseTo(f1Of(300) - f1Of(200), 3);
  });

  test('is not told from fewer than three sizes', () => {
    expect(gainOfMore(points.slice(0, 2), 100)).toBeUndefined();
    expect(gainOfMore([...points.slice(0, 2), { sentences: 80, f1: 0.4 }], 100)).toBeUndefined();
  });

  test('is not told from sizes that are near', () => {
    expect(gainOfMore(points.slice(2, 4).concat({ sentences: 149, f1: 0.6 }), 100)).toBeUndefined();
  });

  test('is never a loss', () => {
    const falling = [60, 80, 100].map((sentences) => ({ sentences, f1: 60 / sentences }));
    expect(gainOfMore(falling, 100)).toBe(0);
  });
});
