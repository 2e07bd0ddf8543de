import { expect, test } from 'vitest';
import { explainSentence } from '../../src/explanation/explain-sentence.js';
import { UnrolledModel } from '../../src/explanation/unrolled-model.js';
import { createTagger } from '../../src/model/tagger.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { explained, SENTENCE } from '../helpers/explained.js';
import { drawModel } from '../helpers/small-model.js';

test.each(['softmax', 'crf'] as const)(
  'with a %s, what a form adds is the score minus that of the sentence with an unknown word in its place',
  (decoder) => {
    const model = drawModel({ settings: { decoder, direction: 'both' } });
    const unrolled = new UnrolledModel(model, createReferenceKernels());
    const { reasons = [], tokens } = explainSentence(model, createTagger(model), unrolled, SENTENCE, undefined, [3]);
    expect(tokens).toEqual(explained(model).tokens); // every feature is put back
    for (const { token, tag, against, score, contributions } of reasons) {
      expect(tag).toBe(tokens[token].tag);
      const { probabilities } = tokens[token];
      expect(score).toBeCloseTo(Math.log(probabilities[tag] / probabilities[against]), 12);
      expect(contributions).toHaveLength(SENTENCE.length);
      for (const { token: removed, table, adds } of contributions) {
        expect(table).toBe('form');
        const changed = SENTENCE.map((word, t) => (t === removed ? 'unheard' : word));
        const { probabilities: without } = explained(model, changed).tokens[token];
        expect(adds).toBeCloseTo(score - Math.log(without[tag] / without[against]), 5);
      }
    }
  },
);

test('a feature that is unknown anyway adds nothing', () => {
  const model = drawModel();
  const unrolled = new UnrolledModel(model, createReferenceKernels());
  const { reasons = [] } = explainSentence(model, createTagger(model), unrolled, SENTENCE, undefined, [4]);
  expect(SENTENCE[4]).toBe('Bridge');
  expect(reasons[0].contributions.find(({ token }) => token === 4)?.adds).toBe(0);
});
