import { describe, expect, test } from 'vitest';
import { weightsNamed } from '../helpers/networks.js';
import { sentenceOf } from '../helpers/small-corpus.js';
import { createTrainee, runTraining } from '../helpers/training-run.js';

/** Words 1 to 20 stand twice in the corpus, 21 to 40 once, and by turns in the first sentence. */
const [TWICE, ONCE] = [20, 20];
const first = Array.from({ length: TWICE + ONCE }, (_, t) => (t % 2 === 0 ? `twice${t}/O` : `once${t}/O`)).join(' ');
const second = Array.from({ length: TWICE }, (_, index) => `twice${2 * index}/B-X`).join(' ');
const corpus = [first, second].map((text) => sentenceOf(text));

/** For each token of the first sentence, whether it was the unknown word in one step. */
function hide(unknownRate: number, seed = 1, formDropout?: number) {
  const { trainer, leader } = createTrainee(corpus, { hidden: 1, batchSize: 2, unknownRate, formDropout, seed });
  const { kernels } = leader.network;
  const { words, own } = leader.trainingBatch;
  return (epoch: number, sentences: readonly number[] = [0]): boolean[] => {
    trainer.step(epoch, sentences);
    const { steps } = leader.trainingBatch.shard(0);
    const rows = [...kernels.integers.subarray(steps.start, steps.start + steps.T)];
    return rows.map((row) => kernels.integers[words.named.tables[0].ids + kernels.integers[own.slots + row]] === 0);
  };
}

describe('words seen once', () => {
  test.each([0.5, 0.1, 0.9])('become the unknown word in a fraction of %d of the times', (rate) => {
    const step = hide(rate);
    const epochs = 200;
    let hidden = 0;
    for (let epoch = 1; epoch <= epochs; epoch++) hidden += step(epoch).filter((isHidden) => isHidden).length;
    const draws = epochs * ONCE;
    expect(Math.abs(hidden - draws * rate)).toBeLessThan(4 * Math.sqrt(draws * rate * (1 - rate)));
  });

  test('never do at a rate of 0 and always at 1', () => {
    const [never, always] = [hide(0), hide(1)];
    for (let epoch = 1; epoch <= 20; epoch++) {
      expect(never(epoch).some((isHidden) => isHidden)).toBe(false);
      expect(always(epoch)).toEqual(Array.from({ length: TWICE + ONCE }, (_, t) => t % 2 === 1));
    }
  });

  test('are the only ones that do', () => {
    const step = hide(0.5);
    for (let epoch = 1; epoch <= 50; epoch++) {
      for (const [t, isHidden] of step(epoch).entries()) if (t % 2 === 0) expect(isHidden).toBe(false);
    }
  });

  test('keep what else they are known by', () => {
    const given = { hidden: 1, unknownRate: 1, features: 'form,suffixes,casing' };
    const { trainer, leader } = createTrainee(corpus, given);
    trainer.step(1, [0]);
    const { kernels } = leader.network;
    const { words } = leader.trainingBatch;
    const idsOf = (table: number) => [
      ...kernels.integers.subarray(words.named.tables[table].ids, words.named.tables[table].ids + words.count),
    ];
    expect(idsOf(0).filter((id) => id === 0)).toHaveLength(ONCE);
    expect(new Set(idsOf(words.named.tables.length - 1))).toEqual(new Set([1]));
  });

  test('are decided anew in every epoch and by every seed, and by nothing else', () => {
    const [step, again, other] = [hide(0.5), hide(0.5), hide(0.5, 2)];
    const patterns = Array.from({ length: 50 }, (_, epoch) => step(epoch).join());
    expect(new Set(patterns).size).toBe(50);
    expect(again(7).join()).toBe(patterns[7]);
    expect(again(7, [0, 1]).join()).toBe(patterns[7]);
    expect(other(7).join()).not.toBe(patterns[7]);
  });
});

describe('in training', () => {
  const animals = ['the/O cat/B-ANIMAL', 'the/O dog/B-ANIMAL'].map((text) => sentenceOf(text));
  const [UNKNOWN, THE, CAT, DOG] = [0, 1, 2, 3];

  async function movedRows(unknownRate: number): Promise<number[]> {
    const given = { hidden: 3, epochs: 12, batchSize: 1, unknownRate };
    const { options, untrained, leader, trainer } = createTrainee(animals, given);
    expect(untrained.language.features.vocabulary.words).toEqual(['the', 'cat', 'dog']);
    trainer.beginScoring();
    const before = weightsNamed(leader.network, 'input.form');
    trainer.endScoring();
    let after: number[] = [];
    const evaluate = () => {
      after = weightsNamed(leader.network, 'input.form');
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

test('dropout of forms makes any word the unknown word, as often as it says or more often', () => {
  const step = hide(0.6, 1, 0.3);
  const epochs = 200;
  const hidden = { once: 0, twice: 0 };
  for (let epoch = 1; epoch <= epochs; epoch++)
    for (const [t, isHidden] of step(epoch).entries()) if (isHidden) hidden[t % 2 === 1 ? 'once' : 'twice']++;
  const expectRate = (count: number, rate: number): void =>
    expect(Math.abs(count - epochs * ONCE * rate)).toBeLessThan(4 * Math.sqrt(epochs * ONCE * rate * (1 - rate)));
  expectRate(hidden.once, 0.6);
  expectRate(hidden.twice, 0.3);
});
