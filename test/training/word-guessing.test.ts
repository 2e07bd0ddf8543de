import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { at } from '../../src/text/at.js';
import { encodeSentences } from '../../src/training/examples.js';
import { hideWords } from '../../src/training/word-guessing.js';
import { drawModel } from '../helpers/small-model.js';

const WORDS = ['.', 'Ada', 'London', 'lives'];
const { language } = drawModel({ clusterWords: WORDS });
const { clusters } = language.features.knowledge;
if (!clusters) throw new Error('the model has no clusters');

const sentences = fc.array(fc.array(fc.constantFrom(...WORDS, 'unheard-of'), { minLength: 2, maxLength: 12 }), {
  minLength: 1,
  maxLength: 5,
});

test('some words of each sentence are hidden, and only of these is it known what is to be guessed: their cluster', () => {
  fc.assert(
    fc.property(sentences, fc.nat(), (texts, seed) => {
      const { sentences: hidden } = hideWords(texts, language, clusters, new Random(seed));
      for (const [index, { tokens, tags, possible = [] }] of hidden.sentences.entries()) {
        const before = at(texts, index);
        expect(tokens).toHaveLength(before.length);
        expect(tokens.filter((token) => token === '\u2588').length).toBeLessThanOrEqual(
          Math.max(1, Math.round(0.3 * before.length)),
        );
        for (const [t, token] of tokens.entries()) {
          const isHidden = token !== at(before, t);
          expect(possible[t]).toBe(isHidden ? undefined : 'any');
          // A word has two clusters, one of 2 and one of 300: two are too few.
          if (isHidden) expect(at(tags, t)).toBe(`\u2588${clusters.idOf(at(before, t), at(before, t), 1)}`);
        }
      }
    }),
  );
});

test('a word without a cluster is not hidden', () => {
  const { sentences: hidden } = hideWords([['unheard-of', 'unheard-of']], language, clusters, new Random(1));
  expect(at(hidden.sentences, 0).tokens).toEqual(['unheard-of', 'unheard-of']);
});

test('a network of the new tags can be trained on them', () => {
  const guessing = hideWords([WORDS, WORDS], language, clusters, new Random(1));
  const { sentences: examples } = encodeSentences(guessing.sentences.sentences, guessing.language);
  for (const { targets } of examples)
    for (const target of targets) expect(target).toBeLessThan(guessing.language.tags.length);
});
