import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Example } from '../../src/model/batch.js';
import { Network } from '../../src/model/network.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { gradientOf, lossOf } from '../helpers/network-gradient.js';
import {
  drawWeights,
  fillBatch,
  layOut,
  randomExamples,
  type Setting,
  smallPlan,
  VARIED_PLANS,
} from '../helpers/networks.js';

const lists = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 20 });

function settingFor(examples: readonly Example[], plan = smallPlan(), kernels = createDoubleKernels()): Setting {
  const network = new Network(kernels, plan);
  drawWeights(network);
  return layOut(network, examples);
}

function gradientNumbers(setting: Setting): number[] {
  const { kernels, layout } = setting.network;
  const { gradient } = gradientOf(setting);
  return [...kernels.memory.subarray(gradient, gradient + layout.size)];
}

test('the loss of a batch is the sum over all words of -log of the softmax of their own tag', () => {
  fc.assert(
    fc.property(lists, fc.nat(), (lengths, seed) => {
      const setting = settingFor(randomExamples(smallPlan(), lengths, new Random(seed)));
      const { batch, pass, network } = setting;
      const { memory, integers } = network.kernels;
      let expected = 0;
      for (let index = 0; index < batch.shardCount; index++) {
        const { steps, targets } = batch.shard(index);
        pass.forward(batch.shard(index), true);
        for (let row = 0; row < steps.N; row++) {
          const start = pass.outputs + row * network.widths.tags;
          const logits = [...memory.subarray(start, start + network.plan.tags)];
          const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
          expected -= Math.log(Math.exp(logits[integers[targets + row]]) / sum);
        }
      }
      expect(lossOf(setting)).toBeCloseTo(expected, 9);
    }),
    { numRuns: 30 },
  );
});

describe.each(VARIED_PLANS)('$cell, $input, $decoder', (plan) => {
  test('the gradient of a batch is the sum of the sentences’ gradients', () => {
    const undropped = { ...plan, inputDropout: 0, dropout: 0 };
    const examples = randomExamples(undropped, [9, 4, 4, 3, 3, 2, 2, 1, 1, 1], new Random(2));
    const alone = examples.map((example) => gradientNumbers(settingFor([example], undropped)));
    for (const [place, slope] of gradientNumbers(settingFor(examples, undropped)).entries()) {
      const sum = alone.reduce((total, slopes) => total + slopes[place], 0);
      expect(slope).toBeCloseTo(sum, 11);
    }
  });

  test('the factor of the loss multiplies its gradient and not the loss', () => {
    const { pass, batch, network } = settingFor(randomExamples(plan, [5, 3], new Random(4)), plan);
    const { kernels, layout } = network;
    const shard = batch.shard(0);
    const [once, quarter] = [1, 0.25].map((factor) => {
      const gradient = kernels.allocate(layout.denseSize);
      pass.forward(shard, true);
      const loss = pass.loss(shard, factor, gradient);
      pass.backward(shard, gradient);
      return { loss, gradient };
    });
    expect(quarter.loss).toBe(once.loss);
    for (let place = 0; place < layout.denseSize; place++) {
      expect(kernels.memory[quarter.gradient + place]).toBeCloseTo(kernels.memory[once.gradient + place] / 4, 12);
    }
  });

  test('the backward pass adds to what the gradient of the dense weights holds', () => {
    const { pass, batch, network } = settingFor(randomExamples(plan, [4, 2], new Random(5)), plan);
    const { kernels, layout } = network;
    const gradient = kernels.allocate(layout.denseSize);
    const shard = batch.shard(0);
    const add = (): number[] => {
      pass.forward(shard, true);
      pass.loss(shard, 1, gradient);
      pass.backward(shard, gradient);
      return [...kernels.memory.subarray(gradient, gradient + layout.denseSize)];
    };
    const once = add();
    for (const [place, twice] of add().entries()) expect(twice).toBeCloseTo(2 * once[place], 11);
  });

  test('what a longer batch left in the buffers changes no bit', () => {
    const random = new Random(3);
    const [long, short] = [randomExamples(plan, [9, 8, 8, 2], random), randomExamples(plan, [5, 3], random)];
    const fresh = settingFor(short, plan, createWasmKernels());
    const used = settingFor(long, plan, createWasmKernels());
    gradientOf(used);
    fillBatch(used.network, used.batch, short);
    expect(gradientNumbers(used)).toEqual(gradientNumbers(fresh));
  });
});
