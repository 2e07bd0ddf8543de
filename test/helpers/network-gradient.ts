import type { NetworkPlan } from '../../src/model/plan.js';
import { type Address, shifted } from '../../src/numerics/kernels.js';
import { placesOf } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { randomExamples, type Setting, setUp } from './networks.js';

/** Sum of the losses of all sentences, with dropout where the plan has some. */
export function lossOf({ network, batch, pass }: Setting): number {
  const gradient = network.kernels.allocate(network.layout.denseSize);
  let sum = 0;
  batch.words.multiply(0, batch.words.count, true);
  for (let index = 0; index < batch.shardCount; index++) {
    const shard = batch.shard(index);
    pass.forward(shard, true);
    sum += pass.loss(shard, 1, gradient);
  }
  network.kernels.release(gradient);
  return sum;
}

/** The gradient of `lossOf` by every weight, laid out as the weights are: token by token and row by row. */
export function gradientOf(setting: Setting): { loss: number; gradient: Address } {
  const { network, batch, pass } = setting;
  const { kernels, plan, layout, widths, weights, parts } = network;
  const { words } = batch;
  const gradient = kernels.allocate(layout.size);
  for (const product of words.products) kernels.fill(product.gradient, 0, words.capacity * widths.recurrence);
  let loss = 0;
  words.multiply(0, words.count, true);
  for (let index = 0; index < batch.shardCount; index++) {
    const shard = batch.shard(index);
    pass.forward(shard, true);
    loss += pass.loss(shard, 1, gradient);
    pass.backward(shard, gradient);
    const { recurrence } = widths;
    for (const [place, product] of words.products.entries())
      for (let row = 0; row < shard.steps.N; row++) {
        const slot = kernels.integers[shard.slots[place] + row];
        if (slot === words.capacity) continue;
        const target = shifted(product.gradient, slot * recurrence);
        kernels.add(shifted(shard.dInput, row * recurrence), target, recurrence);
      }
  }
  words.multiplyBack(0, words.count);
  const sources = words.rowGradients();
  for (const [index, { part, rows, width }] of parts.filter(({ isTrained }) => isTrained).entries()) {
    const { address, ld } = sources[index];
    for (let place = 0; place < words.count * plan.tables[part.table].named; place++) {
      const id = kernels.integers[words.named.tables[part.table].ids + place];
      kernels.add(shifted(address, place * ld), shifted(gradient, rows - weights + id * width), width);
    }
  }
  addInputWeightGradients(setting, gradient);
  return { loss, gradient };
}

function addInputWeightGradients({ batch, pass }: Setting, gradient: Address): void {
  for (let piece = 0; piece < batch.words.weightPieces; piece++)
    batch.words.addWeightGradient(piece, gradient, pass.scratch);
}

/** The relative error of the gradient along a random direction, against central differences. */
export function relativeError(plan: NetworkPlan, lengths: readonly number[]): number {
  const random = new Random(7);
  const kernels = createDoubleKernels();
  const setting = setUp(kernels, plan, randomExamples(plan, lengths, random));
  const { network } = setting;
  const { gradient } = gradientOf(setting);
  const places = [...network.layout.dense, ...network.layout.tables].flatMap((parameter) => [...placesOf(parameter)]);
  const direction = places.map(() => 2 * random.uniform() - 1);
  const expected = places.reduce((sum, place, index) => {
    return sum + (direction[index] as number) * (kernels.memory[gradient + place] as number);
  }, 0);
  const move = (distance: number): void => {
    for (const [index, place] of places.entries()) {
      (kernels.memory[network.weights + place] as number) += distance * (direction[index] as number);
    }
    network.pack();
  };
  const lossAt = (distance: number): number => {
    move(distance);
    const loss = lossOf(setting);
    move(-distance);
    return loss;
  };
  const step = 1e-3;
  const measured = (8 * (lossAt(step) - lossAt(-step)) - (lossAt(2 * step) - lossAt(-2 * step))) / (12 * step);
  return Math.abs(measured - expected) / Math.max(1e-3, Math.abs(expected));
}
