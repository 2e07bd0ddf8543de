import { describe, expect, test } from 'vitest';
import { openSharedModel, shareModel } from '../../src/model/shared-model.js';
import { createTagger } from '../../src/model/tagger.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { drawModel } from '../helpers/small-model.js';

const SENTENCES = [['Ada', 'lives', 'in', 'London', '.'], ['Zürich', '1815'], []];

const MODELS = {
  'one network': drawModel({ settings: { decoder: 'crf', documentShare: 0.5 } }),
  'several networks': (() => {
    const kernels = createReferenceKernels();
    const [first, second] = [1, 2].map((seed) => drawModel({ seed, kernels }));
    return { ...first, others: [second] };
  })(),
  vectors: drawModel({ vectorWords: ['Ada', 'Paris'], settings: { input: 'concatenate' } }),
  clusters: drawModel({ clusterWords: ['Ada', 'Paris', 'lives'] }),
  dictionaries: drawModel({ names: ['Ada', 'Paris', 'in London'] }),
  'a temperature': { ...drawModel(), temperature: 1.5 },
};

describe.each(Object.entries(MODELS))('a model that threads share, with %s,', (_, model) => {
  const shared = shareModel(model);

  test('survives the way to a thread and tags as the one that it is made of', () => {
    const opened = openSharedModel(structuredClone(shared), createReferenceKernels());
    const predict = (each: typeof opened) => createTagger(each).predict(SENTENCES, { confidence: true }, [0, 0, 0]);
    expect(predict(opened)).toEqual(predict(model));
  });

  test('has its numbers in memory that is not copied on the way', () => {
    const numbers = [...shared.weights, ...(shared.vectors ? [shared.vectors.numbers] : [])];
    for (const { buffer } of numbers) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});
