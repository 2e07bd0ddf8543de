import { describe, expect, test } from 'vitest';
import { type Example, SHARD_SENTENCES } from '../../src/model/batch.js';
import { Network } from '../../src/model/network.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import { Random } from '../../src/numerics/random.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { drawWeights, layOut, randomExamples, smallPlan } from '../helpers/networks.js';
import { type TaggedExample, tagDirectly } from '../helpers/tagging.js';

/** All that the network says of one sentence, row by row. */
interface Result {
  readonly logits: number[][];
  readonly dLogits: number[][];
  readonly dInput: number[][];
  readonly tagged: TaggedExample;
}

interface BatchResult {
  readonly sentences: readonly Result[];
  /** Of each shard. */
  readonly losses: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

/** There and back, and once more to tag; dropout is drawn from keys that belong to the sentence and its words. */
function run(network: Network, examples: readonly Example[]): BatchResult {
  const { kernels, widths, layout } = network;
  const used = kernels.used;
  const { batch, pass } = layOut(network, examples);
  const rows = examples.map(({ targets }) => new Array<number>(targets.length));
  batch.fill(examples, (example, t, row) => {
    rows[example][t] = row;
    kernels.integers[batch.stateKeys + row] =
      examples[example].words.reduce((hash, word) => (31 * hash + word) % 1_000_003, 7) + t;
    return kernels.integers[batch.own.slots + row];
  });
  const perRow: { logits: number[]; dLogits: number[]; dInput: number[] }[] = [];
  const losses: number[] = [];
  const gradients: number[][] = [];
  const gradient = kernels.allocate(layout.denseSize);
  const read = (address: number, n: number): number[] => [...kernels.memory.subarray(address, address + n)];
  for (let index = 0; index < batch.shardCount; index++) {
    const shard = batch.shard(index);
    const outputs = () => Array.from({ length: shard.steps.N }, (_, row) => read(pass.outputs + row * W, W));
    const W = widths.tags;
    kernels.fill(gradient, 0, layout.denseSize);
    pass.forward(shard, true);
    const logits = outputs();
    losses.push(pass.loss(shard, 1 / 64, gradient));
    const dLogits = outputs();
    pass.backward(shard, gradient);
    gradients.push(read(gradient, layout.denseSize));
    const width = widths.recurrence;
    for (let row = 0; row < shard.steps.N; row++) {
      perRow.push({ logits: logits[row], dLogits: dLogits[row], dInput: read(shard.dInput + row * width, width) });
    }
  }
  const tagged = tagDirectly(network, examples);
  const sentences = rows.map((places, index) => ({
    logits: places.map((row) => perRow[row].logits),
    dLogits: places.map((row) => perRow[row].dLogits),
    dInput: places.map((row) => perRow[row].dInput),
    tagged: tagged[index],
  }));
  kernels.release(used);
  return { sentences, losses, gradients };
}

const PLANS = (['elman', 'gru', 'lstm'] as const).flatMap((cell): NetworkPlan[] => [
  smallPlan({ cell, input: 'sum', decoder: 'softmax', direction: 'both', hidden: 20 }),
  smallPlan({ cell, input: 'concatenate', decoder: 'crf', direction: 'both', hidden: 9, tags: 9, dropout: 0.3 }),
  smallPlan({ cell, input: 'concatenate', window: 1, inputDropout: 0.4, decoder: 'softmax', hidden: 9 }),
]);

describe.each(PLANS)(
  'a sentence has the same bits whoever is in its batch: $cell, $input, window $window, $decoder',
  (plan) => {
    const network = new Network(createWasmKernels(), plan);
    drawWeights(network);
    const draw = (lengths: readonly number[], seed: number) => randomExamples(plan, lengths, new Random(seed));
    const mixed = draw(
      Array.from({ length: 64 }, (_, index) => 1 + ((index * 7) % 23)),
      1,
    );

    test('each of 64 as alone, in training and in tagging', () => {
      const together = run(network, mixed);
      for (const [index, example] of mixed.entries()) {
        expect(together.sentences[index]).toEqual(run(network, [example]).sentences[0]);
      }
    });

    test('first among shorter ones and last among longer ones', () => {
      const [sentence] = draw([8], 2);
      const [alone] = run(network, [sentence]).sentences;
      const shorter = draw(
        Array.from({ length: 63 }, (_, index) => 1 + (index % 8)),
        3,
      );
      const longer = draw(
        Array.from({ length: 63 }, (_, index) => 8 + (index % 9)),
        4,
      );
      expect(run(network, [sentence, ...shorter]).sentences[0]).toEqual(alone);
      expect(run(network, [...longer, sentence]).sentences[63]).toEqual(alone);
    });

    test('the loss of a shard is the sum of its sentences’ losses alone', () => {
      const { losses } = run(network, mixed);
      for (const [shard, loss] of losses.entries()) {
        const members = mixed.slice(shard * SHARD_SENTENCES, (shard + 1) * SHARD_SENTENCES);
        expect(members.reduce((sum, example) => sum + run(network, [example]).losses[0], 0)).toBe(loss);
      }
    });

    test('the gradient of a shard has the same bits wherever in the batch it stands', () => {
      const equal = draw(new Array(24).fill(6), 5);
      const shards = [0, 1, 2].map((shard) => equal.slice(shard * SHARD_SENTENCES, (shard + 1) * SHARD_SENTENCES));
      const alone = shards.map((members) => run(network, members).gradients[0]);
      expect(run(network, equal).gradients).toEqual(alone);
      expect(run(network, shards.toReversed().flat()).gradients).toEqual(alone.toReversed());
    });
  },
);
