import { describe, expect, test } from 'vitest';
import { type Annotator, alignAnnotators } from '../../src/evaluation/annotations.js';
import { sentenceOf } from '../helpers/small-corpus.js';
import { userErrorOf } from '../helpers/user-error.js';

function annotator(name: string, ...texts: readonly string[]): Annotator {
  return {
    name,
    sentences: texts.map((text) => sentenceOf(text)),
    scheme: { name: 'iob2', outside: 'O' },
    places: texts.map((_, index) => `${name}:${index + 1}`),
  };
}

describe('aligned annotators', () => {
  test('may have sentences in another order, equal ones one after the other', () => {
    const aligned = alignAnnotators([annotator('a', 'x/O', 'y/B-P', 'x/B-Q'), annotator('b', 'x/B-R', 'x/O', 'y/O')]);
    expect(aligned.map(({ spans }) => spans.map((own) => own.map(({ label }) => label)))).toEqual([
      [[], ['R']],
      [['P'], []],
      [['Q'], []],
    ]);
  });

  test('have the cuts of all, in which spans count', () => {
    const [aligned] = alignAnnotators([
      annotator('a', 'New/B-L York-based/I-L'),
      annotator('b', 'New/B-L York/I-L -/O based/O'),
    ]);
    expect(aligned?.sentence.tokens).toEqual(['New', 'York', '-', 'based']);
    expect(aligned?.spans).toEqual([[{ label: 'L', start: 0, end: 4 }], [{ label: 'L', start: 0, end: 2 }]]);
  });

  test('leave out tokens that one of them does not know, and spans that lie wholly in them', () => {
    const second = annotator('b', 'New/O York-based/O x/B-P y/O');
    const possible = [undefined, 'any', 'any', undefined] as const;
    const [aligned] = alignAnnotators([
      annotator('a', 'New/B-L York/I-L -/B-Q based/I-Q x/B-P y/B-P'),
      { ...second, sentences: second.sentences.map((sentence) => ({ ...sentence, possible })) },
    ]);
    expect(aligned?.isUnknown).toEqual([false, true, true, true, true, false]);
    const [long, other] = [
      { label: 'L', start: 0, end: 2 },
      { label: 'P', start: 5, end: 6 },
    ];
    expect(aligned?.spans).toEqual([[long, other], []]);
    expect(aligned?.uncompared.map(({ label }) => label)).toEqual(['Q', 'P']);
  });

  test.each([
    [['x/O'], ['y/O'], 'a:1: b lacks the sentence "x"'],
    [['x/O'], ['x/O', 'x/O'], 'b:2: a lacks the sentence "x"'],
  ])('are refused where texts differ: %j and %j', (first, second, message) => {
    const error = userErrorOf(() => alignAnnotators([annotator('a', ...first), annotator('b', ...second)]));
    expect(error.message).toBe(message);
    expect(error.exitCode).toBe(3);
  });
});
