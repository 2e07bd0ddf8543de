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

const sentencesOf = (annotators: readonly Annotator[]) => alignAnnotators(annotators).sentences;

describe('aligned annotators', () => {
  test('may have sentences in another order, equal ones one after the other', () => {
    const { sentences: aligned } = alignAnnotators([
      annotator('a', 'x/O', 'y/B-P', 'x/B-Q'),
      annotator('b', 'x/B-R', 'x/O', 'y/O'),
    ]);
    expect(aligned.map(({ spans }) => spans.map((own) => own.map(({ label }) => label)))).toEqual([
      [[], ['R']],
      [['P'], []],
      [['Q'], []],
    ]);
  });

  test('have the cuts of all, in which spans count', () => {
    const [aligned] = sentencesOf([
      annotator('a', 'New/B-L York-based/I-L'),
      annotator('b', 'New/B-L York/I-L -/O based/O'),
    ]);
    expect(aligned?.sentence.tokens).toEqual(['New', 'York', '-', 'based']);
    expect(aligned?.spans).toEqual([[{ label: 'L', start: 0, end: 4 }], [{ label: 'L', start: 0, end: 2 }]]);
  });

  test('leave out tokens that one of them does not know, and spans that lie wholly in them', () => {
    const second = annotator('b', 'New/O York-based/O x/B-P y/O');
    const possible = [undefined, 'any', 'any', undefined] as const;
    const [aligned] = sentencesOf([
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

  test('are compared in what all have, and what one lacks is counted', () => {
    const { sentences, lacking } = alignAnnotators([
      annotator('a', 'w/O', 'x/O', 'y/O', 'x/B-P'),
      annotator('b', 'y/B-P', 'x/B-Q', 'z/O'),
      annotator('c', 'x/O', 'y/O'),
    ]);
    expect(sentences.map(({ index, spans }) => [index, ...spans.map(({ length }) => length)])).toEqual([
      [1, 0, 1, 0],
      [2, 0, 1, 0],
    ]);
    expect(lacking).toEqual([
      { count: 1, first: '"z" at b:3' },
      { count: 2, first: '"w" at a:1' },
      { count: 3, first: '"w" at a:1' },
    ]);
  });

  test('are refused where they have no sentence in common', () => {
    const error = userErrorOf(() => alignAnnotators([annotator('a', 'x/O'), annotator('b', 'y/O')]));
    expect(error.message).toBe('the annotators have no sentence in common: b lacks "x" at a:1');
    expect(error.exitCode).toBe(3);
  });
});
