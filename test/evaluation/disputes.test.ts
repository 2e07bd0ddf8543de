import { describe, expect, test } from 'vitest';
import { findDisputes } from '../../src/evaluation/disputes.js';
import type { Span } from '../../src/text/sentence.js';

const span = (label: string, start: number, end: number): Span => ({ label, start, end });

describe('disputes', () => {
  test('are none where all agree', () => {
    const spans = [span('A', 0, 2), span('B', 3, 4)];
    expect(findDisputes([spans, spans, spans])).toEqual({ disputes: [], followed: spans });
  });

  test('join spans that overlap, and leave what all have alone', () => {
    const [common, long, short, other] = [span('A', 0, 1), span('A', 2, 5), span('A', 2, 3), span('B', 4, 5)];
    const { disputes, followed } = findDisputes([
      [common, long],
      [common, short, other],
    ]);
    expect(disputes).toEqual([{ given: long, suggested: short, doubt: 0.5, readings: [[long], [short, other]] }]);
    expect(followed).toEqual([common, short, other]);
  });

  test('suggest what most of those who differ have, and are as doubtful as these are many', () => {
    const [a, b] = [span('A', 1, 2), span('B', 1, 2)];
    const { disputes, followed } = findDisputes([[], [a], [b], [b]]);
    expect(disputes).toMatchObject([{ given: undefined, suggested: b, doubt: 0.75 }]);
    expect(followed).toEqual([b]);
    expect(findDisputes([[a], [], [a]]).disputes).toMatchObject([{ given: a, suggested: undefined, doubt: 1 / 3 }]);
  });
});
