import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/model.js';
import { Tagger } from '../../src/model/tagger.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { UNKNOWN_ID } from '../../src/text/vocabulary.js';
import { drawModel } from '../helpers/small-model.js';
import { runForward } from '../helpers/small-network.js';

const kernels = createReferenceKernels();
const model = drawModel();
const words = fc.constantFrom('Ada', 'lives', 'in', 'London', '.', 'Nobody', 'knows');

/** Straight through the network, sentence by sentence. */
function predictAlone(which: Model, sentence: readonly string[]) {
  if (sentence.length === 0) return { tags: [], probabilities: [] };
  const ids = Int32Array.from(sentence, (word) => which.vocabulary.words.indexOf(word) + 1);
  const { p } = runForward(kernels, which.parameters, [{ ids, targets: new Int32Array(ids.length) }]).activations;
  const K = which.tags.length;
  const rows = sentence.map((_, t) => [...p.subarray(t * K, (t + 1) * K)]);
  return {
    tags: rows.map((row) => which.tags[row.indexOf(Math.max(...row))]),
    probabilities: rows.map((row) => Math.max(...row)),
  };
}

describe('predict', () => {
  test('gives every sentence, in order, what it would get alone, bit by bit', () => {
    const sentences = fc.array(fc.array(words, { maxLength: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(sentences, (drawn) => {
        expect(new Tagger(model, kernels).predict(drawn)).toEqual(
          drawn.map((sentence) => predictAlone(model, sentence)),
        );
      }),
    );
  });

  test('keeps the order over many batches, whatever their lengths', () => {
    const sentences = Array.from({ length: 600 }, (_, index) =>
      Array.from({ length: (index * 17) % 41 }, (_, t) => ['Ada', 'in', 'London', '?'][(index + t * t) % 4]),
    );
    const tagger = new Tagger(model, kernels);
    expect(tagger.predict(sentences)).toEqual(sentences.map((sentence) => predictAlone(model, sentence)));
  });

  test('tags a sentence longer than any other and longer than a batch whole', () => {
    const long = Array.from({ length: 5000 }, (_, t) => ['Ada', 'lives', 'in', 'London'][(t * t) % 4]);
    const predictions = new Tagger(model, kernels).predict([['Ada'], long, [], ['London']]);
    expect(predictions.map(({ tags }) => tags.length)).toEqual([1, 5000, 0, 1]);
    expect(predictions[1]).toEqual(predictAlone(model, long));
    expect(predictions[3]).toEqual(predictAlone(model, ['London']));
  });

  test('gives an empty sentence no tags, and no sentences no predictions', () => {
    const tagger = new Tagger(model, kernels);
    expect(tagger.predict([[], ['Ada'], []])).toEqual([
      { tags: [], probabilities: [] },
      predictAlone(model, ['Ada']),
      { tags: [], probabilities: [] },
    ]);
    expect(tagger.predict([[]])).toEqual([{ tags: [], probabilities: [] }]);
    expect(tagger.predict([])).toEqual([]);
  });

  test('takes all unknown words for one word', () => {
    const tagger = new Tagger(model, kernels);
    expect(model.vocabulary.idOf('Xyzzy')).toBe(UNKNOWN_ID);
    const [first, second] = tagger.predict([
      ['Xyzzy', 'plugh', 'plover'],
      ['one', 'two', 'three'],
    ]);
    expect(second).toEqual(first);
    expect(first.probabilities.every((p) => p > 1 / model.tags.length - 1e-6 && p <= 1)).toBe(true);
  });

  test('folds case and digits as the vocabulary does', () => {
    const folding = drawModel({ words: ['in', '0000'], settings: { lowercase: true, foldDigits: true } });
    const [first, second] = new Tagger(folding, kernels).predict([
      ['IN', '1984'],
      ['in', '2026'],
    ]);
    expect(first).toEqual(second);
  });

  test('of a model with one tag is that tag, for certain', () => {
    const single = drawModel({ tags: ['O'] });
    expect(new Tagger(single, kernels).predict([['Ada', 'is', 'here'], []])).toEqual([
      { tags: ['O', 'O', 'O'], probabilities: [1, 1, 1] },
      { tags: [], probabilities: [] },
    ]);
  });

  test('uses the weights as they are now, as training needs it', () => {
    const changing = drawModel({ seed: 5 });
    const tagger = new Tagger(changing, kernels);
    const [before] = tagger.predict([['Ada']]);
    changing.parameters.data.set(model.parameters.data);
    expect(tagger.predict([['Ada']])).toEqual([predictAlone(model, ['Ada'])]);
    expect(before).not.toEqual(predictAlone(model, ['Ada']));
  });
});
