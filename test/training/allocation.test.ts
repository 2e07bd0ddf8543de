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

test('a step leaves less than 300 bytes of garbage a token', () => {
  const length = 50;
  const work = createWork(VARIED_PLANS[0], new Array(32).fill(length), { batchSize: 32 });
  const { trainer } = trainAlone(work, createWasmKernels());
  const [sentences] = batchesOf(work, 1);
  for (let step = 0; step < 300; step++) trainer.step(1, sentences);
  const garbage = Array.from({ length: 200 }, () => {
    const before = process.memoryUsage().heapUsed;
    trainer.step(1, sentences);
    return process.memoryUsage().heapUsed - before;
  });
  const median = garbage.sort((a, b) => a - b)[100];
  expect(median / (sentences.length * length)).toBeLessThan(300);
});
