import { namedRows } from '../../src/model/plan.js';
import type { Address } from '../../src/numerics/kernels.js';
import type { Setting } from './networks.js';

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
  const { kernels, plan, layout, widths, offsets, seenOffsets, tables, wideTables, letterTables } = network;
  const { words } = batch;
  const gradient = kernels.allocate(layout.size);
  for (const dProducts of words.dProducts) kernels.fill(dProducts, 0, words.capacity * widths.recurrence);
  for (const dVotes of words.dVotes) kernels.fill(dVotes, 0, words.capacity * widths.tags);
  let loss = 0;
  words.multiply(0, words.count, true);
  for (let index = 0; index < batch.shardCount; index++) {
    const shard = batch.shard(index);
    pass.forward(shard, true);
    loss += pass.loss(shard, 1, gradient);
    pass.backward(shard, gradient);
    for (const place of seenOffsets.keys()) {
      for (let row = 0; row < shard.steps.N; row++) {
        const slot = kernels.integers[shard.slots[place] + row];
        if (slot === words.capacity) continue;
        if (place < offsets.length) {
          const target = words.dProducts[place] + slot * widths.recurrence;
          kernels.add(shard.dInput + row * widths.recurrence, target, widths.recurrence);
        }
        if (place < words.dVotes.length)
          kernels.add(shard.dVotes + row * widths.tags, words.dVotes[place] + slot * widths.tags, widths.tags);
      }
    }
  }
  words.multiplyBack(0, words.count);
  for (const [index, { table, width, feature }] of [...tables, ...wideTables, ...letterTables].entries()) {
    const { address, ld } = words.gradientOf(index);
    for (let place = 0; place < words.count * namedRows(plan.features[feature]); place++) {
      const id = kernels.integers[words.ids[feature] + place];
      kernels.add(address + place * ld, gradient + (table - network.weights) + id * width, width);
    }
  }
  addInputWeightGradients(setting, gradient);
  return { loss, gradient };
}

function addInputWeightGradients({ batch, pass }: Setting, gradient: Address): void {
  for (let piece = 0; piece < batch.words.weightPieces; piece++)
    batch.words.addWeightGradient(piece, gradient, pass.scratch);
}
