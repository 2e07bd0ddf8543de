import { describe, expect, test } from 'vitest';
import { CORPORA, check, counts, errorsOf, linesOf, sharedWithTrain } from '../helpers/checked-corpus.js';

describe.skipIf(CORPORA === undefined)('the oddities that the READMEs of ../shared/corpora list, large corpora', () => {
  test('bc5cdr: 16 test and 19 dev sentences that are in train', () => {
    const result = check('bc5cdr', 'train.tsv', 'devel.tsv', 'test.tsv');
    expect(sharedWithTrain(result, 'devel.tsv', 'train.tsv')).toBe(19);
    expect(sharedWithTrain(result, 'test.tsv', 'train.tsv')).toBe(16);
    expect(errorsOf(result)).toEqual([]);
  });

  test('nerkor-hu: the tag V, 22 and 4 entities that I- begins, 48 test and 45 dev sentences that are in train', () => {
    const result = check('nerkor-hu', 'train.tsv', 'devel.tsv', 'test.tsv');
    expect(linesOf(result, 'lone-tag', 'train.tsv')).toEqual([297269]);
    expect(counts(result, 'ill-formed-tag')).toEqual({ 'train.tsv': 22, 'devel.tsv': 4 });
    expect(sharedWithTrain(result, 'devel.tsv', 'train.tsv')).toBe(45);
    expect(sharedWithTrain(result, 'test.tsv', 'train.tsv')).toBe(48);
    expect(result.statistics[0]?.words).toBe(127039);
  });

  test('genia-pos: tags that are their token, headers of MEDLINE', () => {
    const result = check('genia-pos', 'train.tsv');
    expect(counts(result, 'tag-is-token')['train.tsv']).toBeGreaterThan(14_000);
    const headers = result.findings.find(({ kind }) => kind === 'field-header')?.files[0]?.places ?? [];
    expect(headers.map(({ what }) => what)).toEqual(
      ['"UI -"', '"TI -"', '"AB -"'].map((each) => `${each} begins 1580 sentences`),
    );
    expect(errorsOf(result)).toEqual([]);
  });
});
