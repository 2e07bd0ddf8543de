import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { KnownEntities } from '../../src/model/known-entities.js';
import type { Model } from '../../src/model/model.js';
import type { Network } from '../../src/model/network.js';
import { roundWeights } from '../../src/model/rounded-weights.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { weightsOf } from '../helpers/networks.js';
import { drawModel, taggerOf } from '../helpers/small-model.js';

function reload(model: Model): Model {
  return readCheckpoint(writeCheckpoint(model), 'model.json', createReferenceKernels());
}

/** The rows that nobody trained. */
function givenOf({ kernels, given, layout }: Network): number[] {
  return [...kernels.memory.subarray(given, given + layout.givenSize)];
}

const SENTENCES = [['Ada', 'lives', 'in', 'London', '.'], ['Nobody', 'lives', 'there'], []];

/** Models of many makes: words of any characters, any scheme, with and without what may be left out. */
const models = fc
  .record({
    words: fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 12 }),
    vectorWords: fc.option(fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), {
      nil: undefined,
    }),
    clusterWords: fc.option(
      fc.uniqueArray(
        fc.string({ minLength: 1 }).filter((word) => !word.includes('\n')),
        { minLength: 1, maxLength: 5 },
      ),
      { nil: undefined },
    ),
    tags: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }),
    scheme: fc.constantFrom(
      { name: 'iob1', outside: 'O' } as const,
      { name: 'bioes', outside: '0' } as const,
      { name: 'plain', outside: undefined } as const,
    ),
    settings: fc.record({
      hidden: fc.integer({ min: 1, max: 9 }),
      features: fc.constantFrom('form', 'casing', 'form,affixes,shape,casing', 'suffixes,shape'),
      recode: fc.boolean(),
      input: fc.constant('concatenate' as const),
      window: fc.integer({ min: 0, max: 2 }),
      formWidth: fc.integer({ min: 1, max: 9 }),
      affixWidth: fc.integer({ min: 1, max: 9 }),
      decoder: fc.constantFrom('softmax' as const, 'crf' as const),
      lowercase: fc.boolean(),
      patience: fc.constantFrom(undefined, 3),
      outside: fc.constantFrom(undefined, '0'),
      clip: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    }),
    seed: fc.nat(),
  })
  .map((options) => drawModel(options));

describe('save and load', () => {
  test('give back everything that a checkpoint holds', () => {
    fc.assert(
      fc.property(models, (model) => {
        const loaded = reload(model);
        expect(weightsOf(loaded.network)).toEqual(weightsOf(model.network));
        expect(givenOf(loaded.network)).toEqual(givenOf(model.network));
        const { network: _, ...rest } = model;
        expect(loaded).toMatchObject(rest);
      }),
    );
  });

  test('give back how surely names of dev were found', () => {
    const hiding = { names: [[0, 321], [7]], outside: [[4, 99] as const] };
    expect(reload({ ...drawModel(), hiding }).hiding).toEqual(hiding);
    expect(reload(drawModel()).hiding).toBeUndefined();
  });

  test('give back how dev was tagged before the networks learnt from it', () => {
    const labels = [{ label: '__proto__', gold: 3, predicted: 2, correct: 1 }];
    const heldOut = { sentences: 9, tokens: 80, correctTokens: 70, interval: { low: 0.1, high: 1 }, labels };
    expect(reload({ ...drawModel(), heldOut }).heldOut).toEqual(heldOut);
    expect(reload(drawModel()).heldOut).toBeUndefined();
  });

  test('give the same tags with the same probabilities, bit by bit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, lowercase) => {
        const model = drawModel({ seed, settings: { lowercase } });
        const predict = (which: Model) => taggerOf(which).predict(SENTENCES);
        expect(predict(reload(model))).toEqual(predict(model));
      }),
    );
  });

  test('keep the corpora and the whole history', () => {
    const dev = { precision: 0, recall: 1, f1: 0.1 + 0.2, accuracy: 1 / 3 };
    const history = { bestEpoch: 2, epochs: [1, 2, 3].map((epoch) => ({ epoch, loss: 1 / epoch, dev })) };
    const part = { sha256: 'f'.repeat(64), sentences: 0, tokens: 0 };
    const loaded = reload({ ...drawModel(), history, corpora: { train: part, dev: part } });
    expect(loaded.history).toEqual(history);
    expect(loaded.corpora).toEqual({ train: part, dev: part });
  });

  test('keep the entities of the training corpus, which older checkpoints lack', () => {
    const entities = new KnownEntities([
      { label: 'PER', surfaces: ['Ada', 'Ada Lovelace'] },
      { label: '__proto__', surfaces: ['"x"'] },
    ]);
    const loaded = reload({ ...drawModel(), entities });
    expect(loaded.entities?.byLabel).toEqual(entities.byLabel);
    expect(loaded.entities?.labelsOf(['Ada', 'Lovelace'])).toEqual(['PER']);
    expect(reload(drawModel()).entities).toBeUndefined();
  });

  test('work for a vocabulary of the unknown word alone', () => {
    expect(reload(drawModel({ words: [] })).language.features.vocabulary.size).toBe(1);
  });

  test('can load into double precision', () => {
    const model = drawModel();
    const { network } = readCheckpoint(writeCheckpoint(model), 'model.json', createDoubleKernels());
    expect(weightsOf(network)).toEqual(weightsOf(model.network));
  });
});

describe('the text', () => {
  test('is the same for the same model, and after any number of loads', () => {
    fc.assert(
      fc.property(models, (model) => {
        const text = writeCheckpoint(model);
        expect(writeCheckpoint(model)).toBe(text);
        expect(writeCheckpoint(reload(model))).toBe(text);
        expect(writeCheckpoint(reload(reload(model)))).toBe(text);
      }),
    );
  });

  test('does not depend on the order in which the settings were given', () => {
    const first = drawModel({ settings: { seed: 3, hidden: 4, optimizer: 'adam', patience: 2 } });
    const second = drawModel({ settings: { patience: 2, optimizer: 'adam', hidden: 4, seed: 3 } });
    expect(writeCheckpoint(second)).toBe(writeCheckpoint(first));
  });

  test('is JSON with a key a line, the format and its version first, LF at the end', () => {
    const text = writeCheckpoint(drawModel());
    const lines = text.split('\n');
    expect(lines[0]).toBe('{');
    expect(lines[1]).toBe('"format": "rnn-tagger",');
    expect(lines[2]).toBe('"version": 3,');
    expect(lines.slice(-2)).toEqual(['}', '']);
    expect(text).not.toContain('\r');
    expect(Object.keys(JSON.parse(text))).toHaveLength(lines.length - 3);
  });

  test('names shape, type and base64 of every parameter', () => {
    const { parameters } = JSON.parse(writeCheckpoint(drawModel({ words: ['a'], tags: ['O'] })));
    expect(parameters['input.form']).toEqual({
      shape: [2, 6],
      type: 'float32',
      data: expect.stringMatching(/^[A-Za-z0-9+/]{64}$/),
    });
    const names = ['input.form', 'input.bias', 'forward.weights', 'output.weights', 'output.bias'];
    expect(Object.keys(parameters)).toEqual(names);
  });

  test('has rounded weights as bytes and numbers of 16 bits, which are read back as they are', () => {
    const model = drawModel({ words: ['a', 'b'], tags: ['O', 'B-A'], settings: { decoder: 'crf' } });
    const exact = writeCheckpoint(model);
    roundWeights(model.network);
    const text = writeCheckpoint(model);
    const { parameters } = JSON.parse(text);
    expect(parameters['input.form']).toEqual({
      shape: [3, 6],
      type: 'int8',
      exponents: expect.stringMatching(/^[A-Za-z0-9+/]{4}$/),
      data: expect.stringMatching(/^[A-Za-z0-9+/]{24}$/),
    });
    expect(parameters['forward.weights']).toMatchObject({ shape: [6, 6], type: 'int16' });
    expect(parameters['input.bias'].type).toBe('float32');
    expect(text.length).toBeLessThan(exact.length);
    expect(weightsOf(reload(model).network)).toEqual(weightsOf(model.network));
    expect(writeCheckpoint(reload(model))).toBe(text);
  });

  test('keeps no trace of what was not set', () => {
    const content = JSON.parse(writeCheckpoint(drawModel({ scheme: { name: 'plain', outside: undefined } })));
    expect(content.scheme).toEqual({ name: 'plain' });
    expect(content.settings).not.toHaveProperty('patience');
    expect(content.corpora).not.toHaveProperty('dev');
  });
});
