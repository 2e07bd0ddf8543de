import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Prediction } from '../../src/model/decode.js';
import type { Model } from '../../src/model/model.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { UNKNOWN_ID } from '../../src/text/vocabulary.js';
import { drawModel, taggerOf } from '../helpers/small-model.js';
import { tagDirectly } from '../helpers/tagging.js';

const model = drawModel();
const words = fc.constantFrom('Ada', 'lives', 'in', 'London', '.', 'Nobody', 'knows');

/** Straight through a network of the same weights, in buffers of its own. */
function predictAlone({ network, language }: Model, sentence: readonly string[]): Prediction {
  const n = sentence.length;
  if (n === 0) return { tags: [], probabilities: [] };
  const words = Int32Array.from(sentence, (word) => language.features.vocabulary.words.indexOf(word) + 1);
  const [{ tags, probabilities }] = tagDirectly(network, [{ words, targets: new Int32Array(n) }]);
  return { tags: tags.map((tag) => language.tags[tag]), probabilities };
}

/** Another model of the same weights, whose memory the tagger under test does not use. */
const twin = drawModel();

describe('predict', () => {
  test('gives every sentence, in order, what it would get alone, bit by bit', () => {
    const sentences = fc.array(fc.array(words, { maxLength: 30 }), { maxLength: 20 });
    const tagger = taggerOf(model);
    fc.assert(
      fc.property(sentences, (drawn) => {
        expect(tagger.predict(drawn)).toEqual(drawn.map((sentence) => predictAlone(twin, sentence)));
      }),
    );
  });

  test('keeps the order over many batches, whatever their lengths', () => {
    const sentences = Array.from({ length: 600 }, (_, index) =>
      Array.from({ length: (index * 17) % 41 }, (_, t) => ['Ada', 'in', 'London', '?'][(index + t * t) % 4]),
    );
    const fast = drawModel({ kernels: createWasmKernels() });
    expect(taggerOf(fast).predict(sentences)).toEqual(sentences.map((sentence) => predictAlone(twin, sentence)));
  });

  test('tags a sentence longer than any other and longer than a batch whole', () => {
    const long = Array.from({ length: 5000 }, (_, t) => ['Ada', 'lives', 'in', 'London'][(t * t) % 4]);
    const tagger = taggerOf(model);
    const before = tagger.predict([['Ada']]);
    const predictions = tagger.predict([['Ada'], long, [], ['London']]);
    expect(predictions.map(({ tags }) => tags.length)).toEqual([1, 5000, 0, 1]);
    expect(predictions[1]).toEqual(predictAlone(twin, long));
    expect(predictions[3]).toEqual(predictAlone(twin, ['London']));
    expect(tagger.predict([['Ada']])).toEqual(before);
  });

  test('gives few words what it gives them among thousands, before and after', () => {
    const known = Array.from({ length: 3000 }, (_, index) => `word${index}`);
    const model = drawModel({ words: known, kernels: createWasmKernels() });
    const few = [['word7', 'word2999'], ['word8']];
    const many = Array.from({ length: 300 }, (_, index) => known.slice(10 * index, 10 * index + 10));
    const tagger = taggerOf(model);
    const all = taggerOf(drawModel({ words: known, kernels: createWasmKernels() })).predict([...few, ...many]);
    expect(tagger.predict(few)).toEqual(all.slice(0, 2));
    expect(tagger.predict([...few, ...many])).toEqual(all);
    expect(tagger.predict(few)).toEqual(all.slice(0, 2));
  });

  test('takes memory for the longest sentence once, and no more for many of them', () => {
    const { network, language } = drawModel();
    const tagger = taggerOf({ ...model, network, language });
    const long = new Array(300).fill('Ada');
    tagger.predict([long]);
    const used = network.kernels.used;
    for (let turn = 0; turn < 5; turn++) tagger.predict([['in'], long, long]);
    expect(network.kernels.used).toBe(used);
  });

  test('gives an empty sentence no tags, and no sentences no predictions', () => {
    const tagger = taggerOf(model);
    expect(tagger.predict([[], ['Ada'], []])).toEqual([
      { tags: [], probabilities: [] },
      predictAlone(twin, ['Ada']),
      { tags: [], probabilities: [] },
    ]);
    expect(tagger.predict([[]])).toEqual([{ tags: [], probabilities: [] }]);
    expect(tagger.predict([])).toEqual([]);
  });

  test('takes all unknown words for one word', () => {
    expect(model.language.features.vocabulary.idOf('Xyzzy')).toBe(UNKNOWN_ID);
    const [first, second] = taggerOf(model).predict([
      ['Xyzzy', 'plugh', 'plover'],
      ['one', 'two', 'three'],
    ]);
    expect(second).toEqual(first);
    expect(first.probabilities.every((p) => p > 1 / model.language.tags.length - 1e-6 && p <= 1)).toBe(true);
  });

  test('folds case and digits as the vocabulary does', () => {
    const folding = drawModel({ words: ['in', '0000'], settings: { lowercase: true, foldDigits: true } });
    const [first, second] = taggerOf(folding).predict([
      ['IN', '1984'],
      ['in', '2026'],
    ]);
    expect(first).toEqual(second);
  });

  test('of a model with one tag is that tag, for certain', () => {
    expect(taggerOf(drawModel({ tags: ['O'] })).predict([['Ada', 'is', 'here'], []])).toEqual([
      { tags: ['O', 'O', 'O'], probabilities: [1, 1, 1] },
      { tags: [], probabilities: [] },
    ]);
  });
});
