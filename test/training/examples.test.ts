import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/model/language.js';
import { collectFeatures, type FeatureName, wordFeatures } from '../../src/text/features.js';
import { recode, type Scheme } from '../../src/text/scheme.js';
import type { Sentence } from '../../src/text/sentence.js';
import { buildVocabulary, UNKNOWN_ID, Vocabulary } from '../../src/text/vocabulary.js';
import { collectTags, encodeSentences, type TrainingExamples } from '../../src/training/examples.js';
import { eightSentences, sentenceOf } from '../helpers/small-corpus.js';

const asWritten = { lowercase: false, foldDigits: false };
const iob2: Scheme = { name: 'iob2', outside: 'O' };
const bioes: Scheme = { name: 'bioes', outside: 'O' };

function languageOf(
  sentences: readonly Sentence[],
  vocabulary: Vocabulary,
  features: readonly FeatureName[] = ['form'],
  innerScheme = iob2,
): Language {
  const tags = collectTags(sentences, iob2, innerScheme);
  return { scheme: iob2, innerScheme, tags, features: collectFeatures(sentences, wordFeatures(features), vocabulary) };
}

/** Of each token of each sentence, what `of` says of its word. */
function tokenwise<Result>({ sentences }: TrainingExamples, of: (word: number) => Result): Result[][] {
  return sentences.map(({ words }) => Array.from(words, of));
}

describe('tags', () => {
  test('are collected once each, in code-unit order', () => {
    const sentences = ['a/O b/I-B c/B-a', 'd/B-B e/O'].map((text) => sentenceOf(text));
    expect(collectTags(sentences, iob2, iob2)).toEqual(['B-B', 'B-a', 'I-B', 'O']);
  });

  test('have the outside tag among them, whether the corpus has it or not', () => {
    expect(collectTags([sentenceOf('Ada/B-X')], iob2, iob2)).toEqual(['B-X', 'O']);
    expect(collectTags([], { name: 'plain', outside: '0' }, { name: 'plain', outside: '0' })).toEqual(['0']);
  });

  test('are those of the corpus alone where none is outside', () => {
    const plain: Scheme = { name: 'plain', outside: undefined };
    expect(collectTags([sentenceOf('Ada/NOUN sleeps/VERB')], plain, plain)).toEqual(['NOUN', 'VERB']);
    expect(collectTags([], plain, plain)).toEqual([]);
  });

  test('are collected as the network spells them', () => {
    const sentences = ['Ada/B-X', 'Ada/B-X King/I-X Noel/I-X'].map((text) => sentenceOf(text));
    expect(collectTags(sentences, iob2, bioes)).toEqual(['B-X', 'E-X', 'I-X', 'O', 'S-X']);
  });
});

describe('a sentence in numbers', () => {
  const vocabulary = new Vocabulary(['Ada', 'met'], asWritten);
  const sentences = [sentenceOf('Ada/B-PER met/O Grace/B-PER'), sentenceOf('Ada/B-PER rested/O Ada/B-PER')];
  const examples = encodeSentences(sentences, languageOf(sentences, vocabulary));

  test('holds words, whose ids are 0 for words that the vocabulary does not hold', () => {
    expect(tokenwise(examples, (word) => examples.lexicon.idOf(word, 0))).toEqual([
      [1, 2, UNKNOWN_ID],
      [1, UNKNOWN_ID, 1],
    ]);
  });

  test('holds the ids of its tags', () => {
    expect(examples.sentences.map(({ targets }) => [...targets])).toEqual([
      [0, 1, 0],
      [0, 1, 0],
    ]);
  });

  test('knows which words stand once in the whole corpus, known to the vocabulary or not', () => {
    expect(tokenwise(examples, (word) => examples.seenOnce[word])).toEqual([
      [0, 1, 1],
      [0, 1, 0],
    ]);
  });

  test('counts words as the vocabulary folds them', () => {
    const folding = new Vocabulary([], { lowercase: true, foldDigits: true });
    const corpus = [sentenceOf('The/O the/O 1984/O 2026/O 7/O')];
    const folded = encodeSentences(corpus, languageOf(corpus, folding));
    expect(tokenwise(folded, (word) => folded.seenOnce[word])).toEqual([[0, 0, 0, 0, 1]]);
  });

  test('has no word whose form may be hidden where the form is no feature', () => {
    const { seenOnce } = encodeSentences(sentences, languageOf(sentences, vocabulary, ['suffixes', 'casing']));
    expect([...seenOnce]).toEqual([0, 0, 0, 0]);
  });

  test('can be read back where the vocabulary holds every word', () => {
    const words = fc.constantFrom('a', 'b', 'c', 'D', 'd', '1', '__proto__', 'constructor', 'ß');
    const lists = fc.array(fc.array(fc.tuple(words, fc.constantFrom('O', 'B-X')), { minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(lists, fc.constantFrom(iob2, bioes), (drawn, innerScheme) => {
        const corpus = drawn.map((pairs) => sentenceOf(pairs.map((pair) => pair.join('/')).join(' ')));
        const all = buildVocabulary(corpus, { ...asWritten, size: 100, minCount: 1 });
        const language = languageOf(corpus, all, ['form'], innerScheme);
        const { lexicon, seenOnce, sentences: encoded } = encodeSentences(corpus, language);
        const everywhere = corpus.flatMap((sentence) => sentence.tokens);
        for (const [index, { words, targets }] of encoded.entries()) {
          const { tokens, tags: gold } = corpus[index];
          expect(Array.from(words, (word) => all.words[lexicon.idOf(word, 0) - 1])).toEqual(tokens);
          const inner = Array.from(targets, (tag) => language.tags[tag]);
          expect(recode(inner, innerScheme, iob2)).toEqual(gold);
          const once = tokens.map((token) => (everywhere.filter((each) => each === token).length === 1 ? 1 : 0));
          expect(Array.from(words, (word) => seenOnce[word])).toEqual(once);
        }
      }),
    );
  });

  test('keeps the order of the sentences', () => {
    const all = buildVocabulary(eightSentences, { ...asWritten, size: 100, minCount: 1 });
    const encoded = encodeSentences(eightSentences, languageOf(eightSentences, all));
    expect(encoded.sentences.map(({ targets }) => targets.length)).toEqual(
      eightSentences.map(({ tokens }) => tokens.length),
    );
  });
});

describe('a sentence of which not all tags are known', () => {
  const known = sentenceOf('Ada/B-PER lives/O in/O Paris/B-LOC');
  const sentence = { ...known, possible: [undefined, 'any' as const, undefined, new Set(['PER'])] };

  test('names sets of tags where they are not, and gives the network no tag from there', () => {
    const language = languageOf([known], new Vocabulary([], asWritten));
    const { sentences, tagSets } = encodeSentences([sentence], language);
    expect(language.tags).toEqual(['B-LOC', 'B-PER', 'O']);
    expect(sentences.map(({ targets }) => [...targets])).toEqual([[1, -1, 2, -2]]);
    expect(tagSets.sets).toEqual([Uint8Array.of(1, 1, 1), Uint8Array.of(0, 1, 1)]);
  });

  test('is spelt as its entities are, since ill-formed tags have no path', () => {
    const odd = { ...sentenceOf('a/I-X b/O'), possible: [undefined, 'any' as const] };
    expect(collectTags([odd], iob2, iob2)).toEqual(['B-X', 'O']);
  });
});
