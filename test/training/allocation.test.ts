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
