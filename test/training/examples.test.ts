import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildVocabulary, UNKNOWN_ID, Vocabulary } from '../../src/text/vocabulary.js';
import { collectTags, encodeSentences } from '../../src/training/examples.js';
import { eightSentences, sentenceOf } from '../helpers/small-corpus.js';

const asWritten = { lowercase: false, foldDigits: false };

test('tags are collected once each, in code-unit order', () => {
  expect(collectTags(['a/O b/I-B c/B-a', 'd/B-B e/O'].map((text) => sentenceOf(text)))).toEqual([
    'B-B',
    'B-a',
    'I-B',
    'O',
  ]);
  expect(collectTags([])).toEqual([]);
});

describe('a sentence in numbers', () => {
  const vocabulary = new Vocabulary(['Ada', 'met'], asWritten);
  const sentences = [sentenceOf('Ada/B-PER met/O Grace/B-PER'), sentenceOf('Ada/B-PER rested/O Ada/B-PER')];
  const examples = encodeSentences(sentences, vocabulary, ['B-PER', 'O']);

  test('holds the ids of its words, 0 for words that the vocabulary does not hold', () => {
    expect(examples.map(({ ids }) => ids.map((table) => [...table]))).toEqual([
      [[1, 2, UNKNOWN_ID]],
      [[1, UNKNOWN_ID, 1]],
    ]);
  });

  test('holds the ids of its tags', () => {
    expect(examples.map(({ targets }) => [...targets])).toEqual([
      [0, 1, 0],
      [0, 1, 0],
    ]);
  });

  test('knows which words stand once in the whole corpus, known to the vocabulary or not', () => {
    expect(examples.map(({ seenOnce }) => [...seenOnce])).toEqual([
      [0, 1, 1],
      [0, 1, 0],
    ]);
  });

  test('counts words as the vocabulary folds them', () => {
    const folding = new Vocabulary([], { lowercase: true, foldDigits: true });
    const [{ seenOnce }] = encodeSentences([sentenceOf('The/O the/O 1984/O 2026/O 7/O')], folding, ['O']);
    expect([...seenOnce]).toEqual([0, 0, 0, 0, 1]);
  });

  test('can be read back where the vocabulary holds every word', () => {
    const words = fc.constantFrom('a', 'b', 'c', 'D', 'd', '1', '__proto__', 'constructor', 'ß');
    const lists = fc.array(fc.array(fc.tuple(words, fc.constantFrom('O', 'B-X')), { minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(lists, (drawn) => {
        const corpus = drawn.map((pairs) => sentenceOf(pairs.map((pair) => pair.join('/')).join(' ')));
        const all = buildVocabulary(corpus, { ...asWritten, size: 100, minCount: 1 });
        const tags = collectTags(corpus);
        for (const [index, { ids, targets, seenOnce }] of encodeSentences(corpus, all, tags).entries()) {
          const { tokens, tags: gold } = corpus[index];
          expect([...ids[0]].map((id) => all.words[id - 1])).toEqual(tokens);
          expect([...targets].map((tag) => tags[tag])).toEqual(gold);
          const everywhere = corpus.flatMap((sentence) => sentence.tokens);
          const once = tokens.map((token) => (everywhere.filter((each) => each === token).length === 1 ? 1 : 0));
          expect([...seenOnce]).toEqual(once);
        }
      }),
    );
  });

  test('keeps the order of the sentences', () => {
    const all = buildVocabulary(eightSentences, { ...asWritten, size: 100, minCount: 1 });
    const lengths = encodeSentences(eightSentences, all, collectTags(eightSentences)).map(
      ({ targets }) => targets.length,
    );
    expect(lengths).toEqual(eightSentences.map(({ tokens }) => tokens.length));
  });
});
