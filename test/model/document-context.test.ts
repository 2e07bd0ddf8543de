import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lexicon } from '../../src/model/lexicon.js';
import { Network } from '../../src/model/network.js';
import { type PredictedTags, SinglePredictor } from '../../src/model/predictor.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { NO_DOCUMENT } from '../../src/text/sentence.js';
import { drawWeights, randomExamples, smallPlan } from '../helpers/networks.js';
import { PlanLexicon } from '../helpers/plan-lexicon.js';

const PLAN = smallPlan({ cell: 'gru', direction: 'both', decoder: 'crf', input: 'concatenate' });
const LEXICON: Lexicon = new PlanLexicon(PLAN);
const network = new Network(createReferenceKernels(), PLAN);
drawWeights(network, 3);
const LENGTHS = [9, 8, 7, 6, 5, 5, 4, 4, 3, 3, 2, 1];
const EXAMPLES = randomExamples(PLAN, LENGTHS, new Random(5));

function predict(share: number, documents?: readonly number[], examples = EXAMPLES): PredictedTags[] {
  return new SinglePredictor(network, [], share).predict(examples, LEXICON, undefined, documents);
}

describe('sentences of a document', () => {
  test('change nothing where they share nothing, belong to none, or have no word twice', () => {
    const alone = predict(0);
    const different = EXAMPLES.map((_, index) => index);
    const distinct = EXAMPLES.filter(({ words }) => new Set(words).size === words.length);
    expect(
      predict(
        0,
        EXAMPLES.map(() => 0),
      ),
    ).toEqual(alone);
    expect(
      predict(
        0.5,
        EXAMPLES.map(() => NO_DOCUMENT),
      ),
    ).toEqual(alone);
    expect(predict(0.5)).toEqual(alone);
    expect(predict(0.5, different.slice(0, distinct.length), distinct)).toEqual(predict(0, undefined, distinct));
  });

  test('give each occurrence of a word, at a share of 1 and with a softmax, the tag of its mean logits', () => {
    const plan = smallPlan({ direction: 'both' });
    const softmax = new Network(createReferenceKernels(), plan);
    drawWeights(softmax, 4);
    const documents = EXAMPLES.map((_, index) => index % 2);
    const shared = new SinglePredictor(softmax, [], 1).predict(EXAMPLES, LEXICON, undefined, documents);
    const tagOf = new Map<string, number>();
    for (const [index, { words }] of EXAMPLES.entries())
      for (const [t, word] of words.entries()) {
        const key = `${documents[index]} ${word}`;
        const tag = shared[index]?.tags[t] as number;
        expect(tagOf.get(key) ?? tag).toBe(tag);
        tagOf.set(key, tag);
      }
    expect(tagOf.size).toBeLessThan(LENGTHS.reduce((sum, length) => sum + length, 0));
  });

  test('do not depend on other documents, nor on the order of sentences', () => {
    const documents = EXAMPLES.map((_, index) => index % 3);
    const whole = predict(0.5, documents);
    expect(whole).not.toEqual(predict(0));
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 1 }), (kept) => {
        const places = [...EXAMPLES.keys()].filter((index) => kept.includes(documents[index] as number));
        const part = predict(
          0.5,
          places.map((index) => documents[index] as number),
          places.map((index) => EXAMPLES[index] as (typeof EXAMPLES)[number]),
        );
        expect(part).toEqual(places.map((index) => whole[index]));
      }),
      { numRuns: 10 },
    );
  });
});
