import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinClusters } from '../../src/text/join-clusters.js';
import { SortedWords } from '../../src/text/sorted-words.js';
import { foldWord, UNKNOWN_ID } from '../../src/text/vocabulary.js';
import { WordClusters } from '../../src/text/word-clusters.js';

const FORM = { lowercase: true, foldDigits: true };

function clustersOf(
  numbers: Readonly<Record<string, number>>,
  size: number,
  sha256?: string,
  raw?: string,
): WordClusters {
  const words = Object.keys(numbers).sort();
  const clustering = { size, numbers: Uint16Array.from(words, (word) => numbers[word] as number) };
  return new WordClusters(SortedWords.of(words), [clustering], sha256, raw);
}

const tables = fc.dictionary(fc.constantFrom('anna', 'Anna', 'bob', 'in', '1984', '0000', 'x0', 'x7'), fc.nat(3), {
  minKeys: 1,
});

describe('joined clusters', () => {
  test('tell of each word what either source tells, and put the others of its words together', () => {
    fc.assert(
      fc.property(tables, tables, (first, second) => {
        const sources = [clustersOf(first, 4, 'file'), clustersOf(second, 4, undefined, 'text')] as const;
        const joined = joinClusters(...sources, FORM);
        for (const token of ['anna', 'Anna', 'ANNA', 'bob', 'in', '1984', '1985', 'x7', 'x8', 'never']) {
          const form = foldWord(token, FORM);
          const isKnown = sources.some((source) => source.has(token, form));
          expect(joined.has(token, form)).toBe(isKnown);
          for (const [place, source] of sources.entries()) {
            const id = source.idOf(token, form, 0);
            const expected = id === UNKNOWN_ID && isKnown ? 5 : id;
            expect(joined.idOf(token, form, place)).toBe(expected);
          }
        }
      }),
    );
  });

  test('name both sources', () => {
    const joined = joinClusters(clustersOf({ a: 0 }, 1, 'file'), clustersOf({ a: 0 }, 1, undefined, 'text'), FORM);
    expect(joined).toMatchObject({ sha256: 'file', raw: 'text', clusterings: [{ size: 1 }, { size: 1 }] });
  });
});
