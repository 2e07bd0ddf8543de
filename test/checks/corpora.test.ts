import { describe, expect, test } from 'vitest';
import { CORPORA, check, counts, errorsOf, linesOf, repetitions } from '../helpers/checked-corpus.js';

describe.skipIf(CORPORA === undefined)('the oddities that the READMEs of ../shared/corpora list', () => {
  test('wnut17: separators of a tab, two characters that nobody sees, hashtags, 103 duplicates, none shared', () => {
    const result = check('wnut17', 'wnut17train.conll', 'emerging.dev.conll', 'emerging.test.annotated');
    expect(counts(result, 'white-separator')).toEqual({ 'wnut17train.conll': 2394 });
    expect(linesOf(result, 'white-separator', 'wnut17train.conll')[0]).toBe(28);
    expect(linesOf(result, 'invisible-character', 'emerging.dev.conll')).toEqual([15556, 16730]);
    expect(counts(result, 'comment-like')['wnut17train.conll']).toBeGreaterThan(100);
    expect(repetitions(result, 'wnut17train.conll')).toBe(103);
    expect(counts(result, 'shared-sentence')).toEqual({});
    expect(errorsOf(result)).toEqual([]);
  });

  test('wikigold: not one B-, 145 documents', () => {
    const result = check('wikigold', 'wikigold.conll.txt');
    expect(counts(result, 'no-beginnings')).toEqual({ 'wikigold.conll.txt': 1 });
    expect(result.statistics[0]?.documents).toBe(145);
    expect(errorsOf(result)).toEqual([]);
  });

  test('snips: no capitals, 26 test queries that are in train, 225 duplicates', () => {
    const result = check('snips', 'train.conll', undefined, 'test.conll');
    expect(counts(result, 'no-capitals')).toEqual({ 'train.conll': 1, 'test.conll': 1 });
    expect(counts(result, 'shared-sentence')).toEqual({ 'test.conll': 26 });
    expect(repetitions(result, 'train.conll')).toBe(225);
    expect(errorsOf(result)).toEqual([]);
  });

  test('uner-zh-gsd: # begins 8 tokens of dev, and a token holds U+200B twice', () => {
    const result = check('uner-zh-gsd', 'train.conll', 'dev.conll');
    expect(counts(result, 'comment-like')).toEqual({ 'dev.conll': 8 });
    expect(linesOf(result, 'invisible-character', 'train.conll')).toEqual([46670]);
    const numbered = check('uner-zh-gsd', 'zh_gsd-ud-train.iob2', 'zh_gsd-ud-dev.iob2');
    expect(linesOf(numbered, 'invisible-character', 'zh_gsd-ud-train.iob2')).toEqual([50355]);
    expect(counts(numbered, 'comment-like')).toEqual({});
  });

  test('uner-pt-bosque: a token that holds a space, 1 test and 2 dev sentences that are in train', () => {
    const result = check('uner-pt-bosque', 'train.conll', 'dev.conll', 'test.conll');
    expect(linesOf(result, 'space-in-token', 'train.conll')).toEqual([165954]);
    expect(counts(result, 'shared-sentence')).toEqual({ 'dev.conll': 2, 'test.conll': 1 });
  });
});
