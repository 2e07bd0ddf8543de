import { expect, test } from 'vitest';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { VARIED_PLANS } from '../helpers/networks.js';
import { batchesOf, createWork, trainAlone } from '../helpers/training-work.js';

const LENGTHS = Array.from({ length: 96 }, (_, index) => 1 + ((index * 7) % 30));

test.each(VARIED_PLANS)('steps and tagging take no memory of the kernels: $cell, $input, $decoder', (plan) => {
  const work = createWork(plan, LENGTHS, { batchSize: 32 });
  const kernels = createWasmKernels();
  const { trainer } = trainAlone(work, kernels);
  const [used, bytes] = [kernels.used, kernels.memory.byteLength];
  for (let epoch = 1; epoch <= 5; epoch++) {
    for (const sentences of batchesOf(work, epoch)) trainer.step(epoch, sentences);
    trainer.predict(work.examples.sentences, work.examples.lexicon);
    trainer.keep();
    trainer.restore();
  }
  expect([kernels.used, kernels.memory.byteLength]).toEqual([used, bytes]);
});

test('a step leaves less than 300 bytes of garbage a token once it is compiled', () => {
  const length = 50;
  const work = createWork(VARIED_PLANS[0], new Array(32).fill(length), { batchSize: 32 });
  const { trainer } = trainAlone(work, createWasmKernels());
  const [sentences] = batchesOf(work, 1);
  const medianGarbage = (steps: number) => {
    const garbage = Array.from({ length: steps }, () => {
      const before = process.memoryUsage().heapUsed;
      trainer.step(1, sentences);
      return process.memoryUsage().heapUsed - before;
    });
    return garbage.sort((a, b) => a - b)[steps >> 1];
  };
  // The engine compiles beside the steps, and a busy machine delays it: code that is not compiled yet leaves more.
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20 && least >= 300 * sentences.length * length; round++)
    least = Math.min(least, medianGarbage(200));
  expect(least / (sentences.length * length)).toBeLessThan(300);
});
