import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildVocabulary, countWords, foldWord, UNKNOWN_ID, Vocabulary } from '../../src/text/vocabulary.js';

const AS_WRITTEN = { lowercase: false, foldDigits: false };
const UNLIMITED = { ...AS_WRITTEN, size: 10_000, minCount: 1 };

const word = fc.constantFrom(
  'the',
  'The',
  'THE',
  '1984',
  '2026',
  '٣',
  'é',
  '__proto__',
  'constructor',
  '',
  '\ud800',
  '🤞',
  '\uffee',
);
const sentences = fc.array(fc.record({ tokens: fc.array(word) }));
const form = fc.record({ lowercase: fc.boolean(), foldDigits: fc.boolean() });

function sentencesOf(...lines: string[]): { tokens: string[] }[] {
  return lines.map((line) => ({ tokens: line.split(' ') }));
}

describe('buildVocabulary', () => {
  test('puts the most frequent words first, ties in code-unit order', () => {
    const corpus = sentencesOf('b a Z b', 'é a b z', 'once');
    expect(buildVocabulary(corpus, UNLIMITED).words).toEqual(['b', 'a', 'Z', 'once', 'z', 'é']);
  });

  test('takes code units, not code points: a character beyond the first 65,536 comes before U+FFEE', () => {
    expect(buildVocabulary(sentencesOf('\uffee 🤞'), UNLIMITED).words).toEqual(['🤞', '\uffee']);
  });

  test('keeps that order whatever the corpus and the order of its sentences', () => {
    fc.assert(
      fc.property(sentences, form, (corpus, wordForm) => {
        const counts = countWords(corpus, wordForm);
        const { words } = buildVocabulary(corpus, { ...UNLIMITED, ...wordForm });
        expect(new Set(words)).toEqual(new Set(counts.keys()));
        for (const [index, next] of words.entries()) {
          const previous = words[index - 1];
          if (previous === undefined) continue;
          const difference = (counts.get(previous) ?? 0) - (counts.get(next) ?? 0);
          expect(difference > 0 || (difference === 0 && previous < next)).toBe(true);
        }
        expect(buildVocabulary([...corpus].reverse(), { ...UNLIMITED, ...wordForm }).words).toEqual(words);
      }),
    );
  });

  test('counts the unknown word in the size', () => {
    const corpus = sentencesOf('a a a b b c');
    expect(buildVocabulary(corpus, { ...UNLIMITED, size: 3 }).words).toEqual(['a', 'b']);
    expect(buildVocabulary(corpus, { ...UNLIMITED, size: 3 }).size).toBe(3);
    expect(buildVocabulary(corpus, { ...UNLIMITED, size: 1 }).words).toEqual([]);
    expect(buildVocabulary(corpus, { ...UNLIMITED, size: 1 }).size).toBe(1);
  });

  test('is a beginning of the larger one where the size is smaller', () => {
    fc.assert(
      fc.property(sentences, fc.integer({ min: 1, max: 15 }), (corpus, size) => {
        const all = buildVocabulary(corpus, UNLIMITED).words;
        const vocabulary = buildVocabulary(corpus, { ...UNLIMITED, size });
        expect(vocabulary.words).toEqual(all.slice(0, size - 1));
        expect(vocabulary.size).toBeLessThanOrEqual(size);
      }),
    );
  });

  test('leaves out words seen fewer than minCount times, counted in their folded form', () => {
    const corpus = sentencesOf('The the a a a 1984 2026');
    expect(buildVocabulary(corpus, { ...UNLIMITED, minCount: 2 }).words).toEqual(['a']);
    const folded = { ...UNLIMITED, minCount: 2, lowercase: true, foldDigits: true };
    expect(buildVocabulary(corpus, folded).words).toEqual(['a', '0000', 'the']);
  });
});

describe('foldWord', () => {
  test.each([
    ['Straße1984', { lowercase: false, foldDigits: false }, 'Straße1984'],
    ['ÉCOLE', { lowercase: true, foldDigits: false }, 'école'],
    ['U2-1984', { lowercase: false, foldDigits: true }, 'U0-0000'],
    ['٣٤ in 12', { lowercase: false, foldDigits: true }, '00 in 00'],
    ['ABC½', { lowercase: true, foldDigits: true }, 'abc½'],
  ])('%s in the form %o is %s', (token, wordForm, expected) => {
    expect(foldWord(token, wordForm)).toBe(expected);
  });

  test('changes nothing when it is done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), form, (token, wordForm) => {
        const once = foldWord(token, wordForm);
        expect(foldWord(once, wordForm)).toBe(once);
      }),
    );
  });
});

describe('the numbers of words', () => {
  test('are their places from 1 on, and 0 for all that the vocabulary does not hold', () => {
    const vocabulary = new Vocabulary(['b', 'a'], AS_WRITTEN);
    expect(UNKNOWN_ID).toBe(0);
    expect(['b', 'a', 'c', 'A', '', '__proto__', 'toString'].map((token) => vocabulary.idOf(token))).toEqual([
      1, 2, 0, 0, 0, 0, 0,
    ]);
    expect(vocabulary.size).toBe(3);
  });

  test('are below the size, one for each word', () => {
    fc.assert(
      fc.property(sentences, form, (corpus, wordForm) => {
        const vocabulary = buildVocabulary(corpus, { ...UNLIMITED, ...wordForm });
        expect(vocabulary.words.map((known) => vocabulary.idOf(known))).toEqual(vocabulary.words.map((_, i) => i + 1));
      }),
    );
  });

  test('are the same for all spellings that the form folds into one', () => {
    const vocabulary = new Vocabulary(['the', '0000'], { lowercase: true, foldDigits: true });
    expect(['The', 'THE', 'the'].map((token) => vocabulary.idOf(token))).toEqual([1, 1, 1]);
    expect(['1984', '2026', '٠١٢٣', '198'].map((token) => vocabulary.idOf(token))).toEqual([2, 2, 2, UNKNOWN_ID]);
  });
});

describe('coverage', () => {
  test('counts each token that the vocabulary holds', () => {
    const vocabulary = buildVocabulary(sentencesOf('a a b c'), { ...UNLIMITED, size: 2 });
    expect(vocabulary.countKnown(sentencesOf('a b a', 'c a'))).toBe(3);
    expect(vocabulary.countKnown([])).toBe(0);
  });

  test('is the sum of the counts of the words that were kept', () => {
    fc.assert(
      fc.property(sentences, form, fc.integer({ min: 1, max: 9 }), (corpus, wordForm, size) => {
        const counts = countWords(corpus, wordForm);
        const vocabulary = buildVocabulary(corpus, { ...UNLIMITED, ...wordForm, size });
        const expected = vocabulary.words.reduce((sum, kept) => sum + (counts.get(kept) ?? 0), 0);
        expect(vocabulary.countKnown(corpus)).toBe(expected);
      }),
    );
  });
});
