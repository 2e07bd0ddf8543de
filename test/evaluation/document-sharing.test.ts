import { describe, expect, test } from 'vitest';
import { chooseSharing, type SharingChoice } from '../../src/evaluation/document-sharing.js';
import type { Tagger } from '../../src/model/tagger.js';
import { Random } from '../../src/numerics/random.js';
import type { LabelledSentences } from '../../src/text/scheme.js';

const SCHEME = { name: 'iob2', outside: 'O' } as const;

function devOf(sentences: number, hasDocuments = true): LabelledSentences {
  return {
    scheme: SCHEME,
    sentences: Array.from({ length: sentences }, (_, index) => {
      return {
        tokens: ['Anna', 'slept'],
        tags: ['B-PER', 'O'],
        document: index % 7,
        line: 0,
        ...(hasDocuments && { isOfMarkedDocument: true as const }),
      };
    }),
  };
}

/** A tagger that finds the name of the first `right` sentences, and no name in the others. */
function taggerOf(right: number): Tagger {
  const predict = (sentences: readonly (readonly string[])[]): unknown =>
    sentences.map((_, index) => ({ tags: index < right ? ['B-PER', 'O'] : ['O', 'O'] }));
  return { language: { scheme: SCHEME }, predict } as unknown as Tagger;
}

function choose(dev: LabelledSentences, right: { apart: number; together: number }): SharingChoice | undefined {
  return chooseSharing((isShared) => taggerOf(isShared ? right.together : right.apart), dev, new Random(1));
}

describe('the occurrences of a word in a document', () => {
  test('share where dev is better with it', () => {
    const choice = choose(devOf(200), { apart: 100, together: 104 });
    expect(choice).toMatchObject({ isShared: true, apart: { correct: 100 }, together: { correct: 104 } });
  });

  test('share where dev is worse by no more than chance', () => {
    expect(choose(devOf(20), { apart: 11, together: 10 })?.isShared).toBe(true);
  });

  test('do not share where dev is worse by more than chance', () => {
    expect(choose(devOf(400), { apart: 200, together: 180 })?.isShared).toBe(false);
  });

  test('have nothing to choose where dev has no documents', () => {
    expect(choose(devOf(20, false), { apart: 11, together: 10 })).toBeUndefined();
  });

  test('do as the token accuracy of plain tags says', () => {
    const plain = { name: 'plain', outside: undefined } as const;
    const dev = { ...devOf(10), scheme: plain };
    const open = (right: number) => ({ ...taggerOf(right), language: { scheme: plain } }) as unknown as Tagger;
    expect(chooseSharing((isShared) => open(isShared ? 5 : 6), dev, new Random(1))?.isShared).toBe(false);
    expect(chooseSharing((isShared) => open(isShared ? 6 : 6), dev, new Random(1))?.isShared).toBe(true);
  });
});
