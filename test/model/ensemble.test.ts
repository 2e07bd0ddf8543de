import { describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import type { Model } from '../../src/model/model.js';
import { Network } from '../../src/model/network.js';
import { SinglePredictor } from '../../src/model/predictor.js';
import { createTagger, Tagger } from '../../src/model/tagger.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { drawWeights } from '../helpers/networks.js';
import { drawModel, taggerOf } from '../helpers/small-model.js';

const SENTENCES = [
  ['Ada', 'lives', 'in', 'London', '.'],
  ['London'],
  [],
  ...Array.from({ length: 90 }, (_, index) =>
    Array.from({ length: 1 + (index % 23) }, (_, t) => ['Ada', 'in', 'Nobody', 'London'][(index + t * t) % 4]),
  ),
];

const SETTINGS = { decoder: 'crf', direction: 'both', input: 'concatenate', window: 1 } as const;

/** A model of networks whose weights are drawn from these seeds. */
function modelOf(seeds: readonly number[], changes: object = SETTINGS): Model {
  const settings = { ...changes, networks: seeds.length };
  const model = drawModel({ settings, kernels: createReferenceKernels(), seed: seeds[0] });
  const others = seeds.slice(1).map((seed) => {
    const network = new Network(model.network.kernels, model.network.plan);
    drawWeights(network, seed);
    return { network, history: model.history };
  });
  return { ...model, others };
}

const predict = (model: Model) => createTagger(model).predict(SENTENCES);

describe.each([SETTINGS, { decoder: 'softmax', cell: 'gru' }])('a model of several networks with %o', (changes) => {
  test('that are all alike tags as one of them, bit by bit', () => {
    expect(predict(modelOf([3, 3], changes))).toEqual(taggerOf(modelOf([3], changes)).predict(SENTENCES));
  });

  test('tags otherwise than each of them, and hears them all', () => {
    const together = predict(modelOf([1, 2, 3], changes));
    for (const seed of [1, 2, 3]) expect(together).not.toEqual(predict(modelOf([seed], changes)));
    expect(together).not.toEqual(predict(modelOf([1, 2, 4], changes)));
  });
});

test('scores tags by the mean of the logits', () => {
  const model = modelOf([1, 2], { decoder: 'softmax' });
  const zero = new Network(model.network.kernels, model.network.plan);
  zero.initialise({ uniform: () => 0.5 } as never);
  const halved = predict({ ...model, others: [{ network: zero, history: model.history }] });
  const single = drawModel({ settings: { decoder: 'softmax' }, kernels: createReferenceKernels(), seed: 1 });
  const { network } = single;
  for (const { name, offset, height, width } of network.layout.dense) {
    if (!name.startsWith('output.')) continue;
    for (let i = 0; i < height * width; i++) network.kernels.memory[network.weights + offset + i] /= 2;
  }
  network.pack();
  const expected = new Tagger(single.language, new SinglePredictor(network)).predict(SENTENCES);
  expect(halved.map(({ tags }) => tags)).toEqual(expected.map(({ tags }) => tags));
});

test('a checkpoint keeps all networks, and gives the same tags', () => {
  const model = modelOf([1, 2, 3]);
  const text = writeCheckpoint(model);
  const read = readCheckpoint(text, 'model.json', createWasmKernels());
  expect(read.others).toHaveLength(2);
  expect(predict(read)).toEqual(predict(model));
  expect(writeCheckpoint(read)).toBe(text);
});
