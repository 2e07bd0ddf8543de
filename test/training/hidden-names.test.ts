import { expect, test } from 'vitest';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { Dictionaries } from '../../src/text/dictionaries.js';
import { SortedWords } from '../../src/text/sorted-words.js';
import { sentenceOf } from '../helpers/small-corpus.js';
import { createTrainee } from '../helpers/training-run.js';

const corpus = ['we/O saw/O Ada/B-PER Mae/B-PER', 'we/O saw/O it/O'].map((text) => sentenceOf(text));
const NAMES = [2, 3];

/** Tells for the tokens of the first sentence, after a step, whether the network saw them as names of the only dictionary. */
function marks(dictionaryDropout: number, seed = 1): (epoch: number) => boolean[] {
  const dictionaries = new Dictionaries([{ label: 'PER', names: SortedWords.of(['Ada', 'Mae']) }]);
  const given = { hidden: 1, batchSize: 2, dictionaryDropout, seed };
  const { trainer, leader } = createTrainee(corpus, given, {}, createReferenceKernels(), [], { dictionaries });
  const { integers } = leader.network.kernels;
  const { words, own } = leader.trainingBatch;
  return (epoch) => {
    trainer.step(epoch, [0]);
    const { steps } = leader.trainingBatch.shard(0);
    const rows = [...integers.subarray(steps.start, steps.start + steps.T)];
    return rows.map((row) => integers[(words.named.tables.at(-1)?.ids ?? 0) + integers[own.slots + row]] !== 0);
  };
}

test.each([0.2, 0.5, 0.9])('the only dictionary is hidden whole in a fraction of %d of the sentences', (rate) => {
  const step = marks(rate);
  const epochs = 400;
  let hidden = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const seen = step(epoch);
    expect(seen.filter((isName) => isName).length).toBeOneOf([0, NAMES.length]);
    if (!seen.includes(true)) hidden++;
  }
  expect(Math.abs(hidden - epochs * rate)).toBeLessThan(4 * Math.sqrt(epochs * rate * (1 - rate)));
});

test('a dictionary is never hidden at a rate of 0, and always at 1', () => {
  const [never, always] = [marks(0), marks(1)];
  for (let epoch = 1; epoch <= 20; epoch++) {
    expect(never(epoch)).toEqual([false, false, true, true]);
    expect(always(epoch)).toEqual([false, false, false, false]);
  }
});
