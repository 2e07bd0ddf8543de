import { describe, expect, test } from 'vitest';
import { evaluateTags } from '../../src/evaluation/evaluation.js';
import { scoredPart } from '../../src/evaluation/scored-part.js';
import { scoreTags } from '../../src/evaluation/scores.js';

const IOB2 = { name: 'iob2', outside: 'O' } as const;
const LOC = new Set(['LOC']);

/** Gold and predicted tags with spaces between them, and what tokens may be. */
function pairOf(gold: string, predicted: string, possible: readonly (ReadonlySet<string> | 'any' | undefined)[]) {
  return { gold: gold.split(' '), predicted: predicted.split(' '), possible };
}

describe('a predicted span', () => {
  test.each([
    ['is left out where each of its tokens may have its label', 'O O', 'B-LOC I-LOC', ['any', LOC], 'O O'],
    ['counts where a token of it may not', 'O O', 'B-LOC I-LOC', ['any', undefined], 'B-LOC I-LOC'],
    ['counts where another label is possible', 'O O', 'B-PER O', [LOC, undefined], 'B-PER O'],
    ['counts where it reaches out of a known span', 'B-LOC O', 'B-LOC I-LOC', [undefined, 'any'], 'B-LOC I-LOC'],
  ] as const)('%s', (_, gold, predicted, possible, left) => {
    expect(scoredPart(pairOf(gold, predicted, possible), IOB2).pair.predicted).toEqual(left.split(' '));
  });

  test('that is left out takes its confidence with it', () => {
    const pair = pairOf('O O B-PER', 'B-LOC O B-PER', ['any', undefined, undefined]);
    expect(scoredPart(pair, IOB2, [0.4, 0.9]).confidences).toEqual([0.9]);
  });
});

test('tokens whose tag is not known are not counted', () => {
  const { pair } = scoredPart(pairOf('O O B-PER', 'B-LOC O B-PER', ['any', undefined, undefined]), IOB2);
  expect(scoreTags([pair], IOB2)).toMatchObject({ tokens: 2, correctTokens: 2, predicted: 1, correct: 1, f1: 1 });
});

test('plain tags that are not known are left out with their tokens', () => {
  const plain = { name: 'plain', outside: undefined } as const;
  const sentence = {
    ...pairOf('NOUN X VERB', 'NOUN ADJ ADJ', [undefined, 'any', undefined]),
    tokens: ['a', 'b', 'c'],
    line: 1,
  };
  const { scores, wrong } = evaluateTags([sentence], { scheme: plain, seed: 1 });
  expect(scores).toMatchObject({ tokens: 2, accuracy: 0.5 });
  expect(wrong.map(({ sentence: { tokens } }) => tokens)).toEqual([['a', 'c']]);
});

test('another tagger is judged by the same tags', () => {
  const sentence = { ...pairOf('O B-PER', 'O B-PER', ['any', undefined]), tokens: ['a', 'b'], line: 1 };
  const other = { name: 'other', predicted: [['B-LOC', 'B-PER']] };
  const { comparison } = evaluateTags([sentence], { scheme: IOB2, seed: 1, other });
  expect(comparison?.scores.f1).toBe(1);
});
