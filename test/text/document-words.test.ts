import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Dictionaries } from '../../src/text/dictionaries.js';
import {
  DOCUMENT_VALUES,
  hasDocuments,
  markWith,
  valueInDocument,
  valuesInDocuments,
} from '../../src/text/document-words.js';
import { NO_DOCUMENT } from '../../src/text/sentence.js';
import { SortedWords } from '../../src/text/sorted-words.js';

/** Returns the names of the values of each token. */
function namesOf(texts: readonly string[], documents: readonly number[]): (string | undefined)[][] {
  const sentences = texts.map((text) => text.split(' '));
  return valuesInDocuments(sentences, documents).map((values) =>
    Array.from(values, (value) => DOCUMENT_VALUES[value - 1]),
  );
}

describe('valuesInDocuments', () => {
  test('says how often a word occurs in its document, and how it is written there elsewhere', () => {
    const texts = ['Apple grows', 'we ate an apple', 'they sue Apple', 'APPLE wins'];
    expect(namesOf(texts, [0, 0, 0, 0])).toEqual([
      ['more often, lower case, capital, upper case', 'once'],
      ['once', 'once', 'once', 'more often, capital, upper case'],
      ['once', 'once', 'more often, lower case, upper case'],
      ['more often, lower case, capital', 'once'],
    ]);
  });

  test('a capital at the beginning of a sentence says nothing, nor does a token without case', () => {
    expect(namesOf(['Ada met', '1984 Ada'], [0, 0])).toEqual([
      ['twice, capital', 'once'],
      ['once', 'twice'],
    ]);
    expect(namesOf(['Ada 1984', '1984 Ada'], [0, 0])[0]?.[1]).toBe('twice');
    expect(namesOf(['伦敦', '在 伦敦'], [0, 0])[0]).toEqual(['twice']);
  });

  test('documents do not see each other, and sentences that stand alone have no values', () => {
    const texts = ['Ada met', 'an Ada', 'an Ada', 'an Ada', 'an Ada'];
    expect(namesOf(texts, [0, 0, NO_DOCUMENT, NO_DOCUMENT, 7])).toEqual([
      ['twice, capital', 'once'],
      ['once', 'twice'],
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  test('the order of sentences makes no difference', () => {
    const token = fc.constantFrom('apple', 'Apple', 'APPLE', 'A', '12', 'élan', 'Élan');
    const sentence = fc.array(token, { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(sentence, fc.constantFrom(NO_DOCUMENT, 0, 3))), (drawn) => {
        const values = (all: typeof drawn) =>
          valuesInDocuments(
            all.map(([tokens]) => tokens),
            all.map(([, document]) => document),
          );
        expect(values(drawn.toReversed())).toEqual(values(drawn).toReversed());
      }),
    );
  });
});

test('a mark holds the value in the document beside what dictionaries say', () => {
  const names = new Dictionaries(
    Array.from({ length: 8 }, (_, index) => ({ label: `L${index}`, names: SortedWords.of(['Ada Mae', 'ada']) })),
  );
  const largest = Math.max(...names.marksOf(['ADA', 'MAE', 'ada', 'ADA']));
  for (const value of [0, 1, DOCUMENT_VALUES.length]) {
    const mark = markWith(value, largest);
    expect(Int32Array.of(mark)[0]).toBe(mark);
    expect([valueInDocument(mark), mark - markWith(value)]).toEqual([value, largest]);
  }
});

test.each([
  [4, 2, true],
  [3, 3, false],
  [0, 0, false],
])('documents of %d sentences, %d of them, are worth reading: %s', (sentences, documents, isWorth) => {
  const marked = Array.from({ length: sentences * documents }, (_, index) => {
    return { tokens: ['a'], document: Math.floor(index / sentences), isOfMarkedDocument: true as const };
  });
  expect(hasDocuments(marked)).toBe(isWorth);
  const others = Array.from({ length: marked.length + 1 }, () => ({ tokens: ['a'], document: 0 }));
  expect(hasDocuments([...marked, ...others])).toBe(false);
});
