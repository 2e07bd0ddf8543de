import { describe, expect, test } from 'vitest';
import { Network } from '../../src/model/network.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { drawWeights, layOut, randomExamples, smallPlan, VARIED_PLANS } from '../helpers/networks.js';
import { tagDirectly } from '../helpers/tagging.js';

const PLANS: readonly NetworkPlan[] = [
  ...VARIED_PLANS,
  smallPlan({ cell: 'lstm', input: 'concatenate', direction: 'both', layers: 2, hidden: 9 }),
  smallPlan({ cell: 'gru', input: 'sum', direction: 'both', layers: 3 }),
];

const LENGTHS = [12, 9, 7, 7, 5, 4, 3, 3, 2, 1, 1];

/** A network of a plan without dropout, with random weights, and sentences for it. */
function setUp(kernels: Kernels, plan: NetworkPlan) {
  const network = new Network(kernels, { ...plan, dropout: 0, inputDropout: 0 });
  drawWeights(network, 3);
  return { network, examples: randomExamples(plan, LENGTHS, new Random(8)) };
}

describe.each(PLANS)('tagging with $cell, $input, $direction, $layers layers, window $window', (plan) => {
  test('gives logits near those of training', () => {
    const { network, examples } = setUp(createWasmKernels(), plan);
    const found = tagDirectly(network, examples).flatMap(({ logits }) => logits);
    const { kernels, widths } = network;
    const alone = examples.flatMap((example) => {
      const { used } = kernels;
      const { batch, pass } = layOut(network, [example]);
      pass.forward(batch.shard(0), false);
      const rows = example.words.length;
      const logits = [...kernels.memory.subarray(pass.outputs, pass.outputs + rows * widths.tags)];
      kernels.release(used);
      return Array.from({ length: rows }, (_, row) => logits.slice(row * widths.tags, (row + 1) * widths.tags));
    });
    expect(found).toHaveLength(alone.length);
    const errors = found.flatMap((row, index) => row.map((logit, tag) => Math.abs(logit - alone[index][tag])));
    expect(Math.max(...errors)).toBeLessThan(0.01);
    expect(Math.max(...errors)).toBeGreaterThan(0);
  });

  test('has the bits of the plain kernels', () => {
    const [fast, plain] = [createWasmKernels(), createReferenceKernels()].map((kernels) => {
      const { network, examples } = setUp(kernels, plan);
      return tagDirectly(network, examples);
    });
    expect(fast).toEqual(plain);
  });
});

test('weights of any size are tagged with, since their scales grow with them', () => {
  const network = new Network(createWasmKernels(), smallPlan({ cell: 'gru', input: 'concatenate', hidden: 40 }));
  drawWeights(network, 1);
  network.setWeights(network.copyWeights().map((weight) => weight * 1e6));
  const tagged = tagDirectly(network, randomExamples(network.plan, [9, 4], new Random(2)));
  for (const { logits } of tagged)
    for (const row of logits) for (const logit of row) expect(Number.isFinite(logit)).toBe(true);
});
