import { expect, test } from 'vitest';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { VARIED_PLANS } from '../helpers/networks.js';
import { batchesOf, createWork, trainAlone } from '../helpers/training-work.js';

// Long tests have a process of their own. In one that has run the plain kernels too, the engine boxes more numbers.
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
