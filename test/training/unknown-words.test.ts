import { describe, expect, test } from 'vitest';
import { UNKNOWN_ID } from '../../src/text/vocabulary.js';
import { chanceFor } from '../../src/training/chance.js';
import { hideWordsSeenOnce, type TrainingExample } from '../../src/training/examples.js';
import { sentenceOf } from '../helpers/small-corpus.js';
import { createTrainee, runTraining } from '../helpers/training-run.js';

/** Words 1 to 40; every second one stands only once in its corpus. */
const example: TrainingExample = {
  ids: Int32Array.from({ length: 40 }, (_, index) => index + 1),
  targets: new Int32Array(40),
  seenOnce: Int32Array.from({ length: 20 }, (_, index) => 2 * index),
};

function hide(rate: number, seed: number, epoch: number, sentence: number): number[] {
  return [...hideWordsSeenOnce(example, rate, chanceFor(seed, 'unknownWords', epoch, sentence)).ids];
}

function countHidden(rate: number): number {
  let hidden = 0;
  for (let epoch = 1; epoch <= 10; epoch++) {
    for (let sentence = 0; sentence < 100; sentence++) {
      hidden += hide(rate, 1, epoch, sentence).filter((id) => id === UNKNOWN_ID).length;
    }
  }
  return hidden;
}

describe('words seen once', () => {
  test.each([0.5, 0.1, 0.9])('become the unknown word in a fraction of %d of the times', (rate) => {
    const draws = 10 * 100 * 20;
    const deviation = Math.sqrt(draws * rate * (1 - rate));
    expect(Math.abs(countHidden(rate) - draws * rate)).toBeLessThan(4 * deviation);
  });

  test('never do at a rate of 0 and always at 1', () => {
    expect(countHidden(0)).toBe(0);
    expect(countHidden(1)).toBe(20_000);
  });

  test('are the only ones that do', () => {
    for (let sentence = 0; sentence < 100; sentence++) {
      for (const [position, id] of hide(0.5, 1, 1, sentence).entries()) {
        expect([position + 1, position % 2 === 0 ? UNKNOWN_ID : position + 1]).toContain(id);
      }
    }
  });

  test('are each decided by themselves', () => {
    const patterns = Array.from({ length: 100 }, (_, sentence) => hide(0.5, 1, 1, sentence).join());
    expect(new Set(patterns).size).toBe(100);
  });

  test('are decided by seed, epoch and sentence, and by nothing else', () => {
    expect(hide(0.5, 1, 2, 3)).toEqual(hide(0.5, 1, 2, 3));
    expect(hide(0.5, 2, 2, 3)).not.toEqual(hide(0.5, 1, 2, 3));
    expect(hide(0.5, 1, 3, 3)).not.toEqual(hide(0.5, 1, 2, 3));
    expect(hide(0.5, 1, 2, 4)).not.toEqual(hide(0.5, 1, 2, 3));
  });

  test('keep their tags, and the example itself stays as it is', () => {
    const before = example.ids.slice();
    const { targets } = hideWordsSeenOnce(example, 1, chanceFor(1, 'unknownWords', 1, 0));
    expect(targets).toEqual(example.targets);
    expect(example.ids).toEqual(before);
  });
});

describe('in training', () => {
  const corpus = ['the/O cat/B-ANIMAL', 'the/O dog/B-ANIMAL'].map((text) => sentenceOf(text));
  const [UNKNOWN, THE, CAT, DOG] = [0, 1, 2, 3];

  /** Which rows of the table have moved. */
  async function movedRows(unknownRate: number): Promise<number[]> {
    const { options, untrained } = createTrainee(corpus, { hidden: 3, epochs: 12, batchSize: 1, unknownRate });
    expect(untrained.vocabulary.words).toEqual(['the', 'cat', 'dog']);
    const table = options.parameters.views['input.weights'];
    let after: number[] = [];
    const before = [...table];
    const evaluate = () => {
      after = [...table];
      return options.evaluate();
    };
    await runTraining({ ...options, evaluate });
    return [0, 1, 2, 3].filter((row) => [0, 1, 2].some((unit) => before[row * 3 + unit] !== after[row * 3 + unit]));
  }

  test('at a rate of a half both they and the unknown word learn', async () => {
    expect(await movedRows(0.5)).toEqual([UNKNOWN, THE, CAT, DOG]);
  });

  test('at a rate of 1 words seen once learn nothing for themselves', async () => {
    expect(await movedRows(1)).toEqual([UNKNOWN, THE]);
  });

  test('at a rate of 0 the unknown word learns nothing', async () => {
    expect(await movedRows(0)).toEqual([THE, CAT, DOG]);
  });
});
