import { expect, test } from 'vitest';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { sentenceOf } from '../helpers/small-corpus.js';
import { createTrainee } from '../helpers/training-run.js';

const corpus = ['we/O saw/O Ada/B-PER', 'Ada/B-PER saw/O it/O'].map((text) => {
  return { ...sentenceOf(text), document: 0, isOfMarkedDocument: true as const };
});

/** Tells for the tokens of the first sentence, after a step, the rows of the table of documents that the network saw. */
function rows(given: { documentDropout?: number | undefined }): (epoch: number) => number[] {
  const settings = { hidden: 1, batchSize: 2, features: 'form,document', ...given };
  const { trainer, leader } = createTrainee(corpus, settings, {}, createReferenceKernels());
  const { integers } = leader.network.kernels;
  const { words, own } = leader.trainingBatch;
  return (epoch) => {
    trainer.step(epoch, [0]);
    const { steps } = leader.trainingBatch.shard(0);
    const tokens = [...integers.subarray(steps.start, steps.start + steps.T)];
    return tokens.map(
      (row) => integers[(words.named.tables.at(-1)?.ids ?? 0) + (integers[own.slots + row] ?? 0)] ?? -1,
    );
  };
}

test.each([0.2, 0.5, undefined])('the document is hidden from a fraction of %d of the sentences', (documentDropout) => {
  const step = rows({ documentDropout });
  const epochs = 400;
  const rate = documentDropout ?? 0.3;
  let hidden = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const seen = step(epoch);
    expect([0, seen.length]).toContain(seen.filter((row) => row === 0).length);
    if (seen[0] === 0) hidden++;
  }
  expect(Math.abs(hidden - epochs * rate)).toBeLessThan(4 * Math.sqrt(epochs * rate * (1 - rate)));
});

test('the document is never hidden at a rate of 0', () => {
  const never = rows({ documentDropout: 0 });
  for (let epoch = 1; epoch <= 20; epoch++) expect(never(epoch)).toEqual([1, 5, 2]);
});
