import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CheckResult, checkCorpus } from '../../src/checks/corpus.js';
import type { FindingKind } from '../../src/checks/kinds.js';
import type { RawFile } from '../../src/checks/lines.js';
import { sharedFolder } from '../helpers/shared-folder.js';

const CORPORA = sharedFolder('corpora');

function check(folder: string, train: string, dev?: string, test?: string): CheckResult {
  const files = (name: string | undefined): RawFile[] | undefined =>
    name === undefined ? undefined : [{ name, bytes: readFileSync(join(CORPORA ?? '', folder, name)) }];
  const [devFiles, testFiles] = [files(dev), files(test)];
  return checkCorpus(
    { train: files(train) ?? [], ...(devFiles && { dev: devFiles }), ...(testFiles && { test: testFiles }) },
    {},
  );
}

/** How often a kind is found in each file. */
function counts({ findings }: CheckResult, kind: FindingKind): Record<string, number> {
  const files = findings.find((finding) => finding.kind === kind)?.files ?? [];
  return Object.fromEntries(files.map(({ file, count }) => [file, count]));
}

/** Where a kind is found in a file. */
function linesOf({ findings }: CheckResult, kind: FindingKind, file: string): number[] {
  const found = findings.find((finding) => finding.kind === kind)?.files.find((each) => each.file === file);
  return found?.places.map(({ line }) => line) ?? [];
}

function errorsOf({ findings }: CheckResult): FindingKind[] {
  return findings.filter(({ severity }) => severity === 'error').map(({ kind }) => kind);
}

describe.skipIf(CORPORA === undefined)('the oddities that the READMEs of ../shared/corpora list', () => {
  test('wnut17: separators of a tab, two characters that nobody sees, hashtags, 103 duplicates, none shared', () => {
    const result = check('wnut17', 'wnut17train.conll', 'emerging.dev.conll', 'emerging.test.annotated');
    expect(counts(result, 'white-separator')).toEqual({ 'wnut17train.conll': 2394 });
    expect(linesOf(result, 'white-separator', 'wnut17train.conll')[0]).toBe(28);
    expect(linesOf(result, 'invisible-character', 'emerging.dev.conll')).toEqual([15556, 16730]);
    expect(counts(result, 'comment-like')['wnut17train.conll']).toBeGreaterThan(100);
    expect(counts(result, 'duplicate-sentence')['wnut17train.conll']).toBe(103);
    expect(counts(result, 'shared-sentence')).toEqual({});
    expect(errorsOf(result)).toEqual([]);
  });

  test('wikigold: not one B-, 145 documents', () => {
    const result = check('wikigold', 'wikigold.conll.txt');
    expect(counts(result, 'no-beginnings')).toEqual({ 'wikigold.conll.txt': 1 });
    expect(result.statistics[0]?.documents).toBe(145);
    expect(errorsOf(result)).toEqual([]);
  });

  test('bc5cdr: 16 test and 19 dev sentences that are in train', () => {
    const result = check('bc5cdr', 'train.tsv', undefined, 'test.tsv');
    expect(counts(result, 'shared-sentence')).toEqual({ 'test.tsv': 16 });
    expect(counts(check('bc5cdr', 'train.tsv', 'devel.tsv'), 'shared-sentence')).toEqual({ 'devel.tsv': 19 });
    expect(errorsOf(result)).toEqual([]);
  });

  test('snips: no capitals, 26 test queries that are in train, 225 duplicates', () => {
    const result = check('snips', 'train.conll', undefined, 'test.conll');
    expect(counts(result, 'no-capitals')).toEqual({ 'train.conll': 1, 'test.conll': 1 });
    expect(counts(result, 'shared-sentence')).toEqual({ 'test.conll': 26 });
    expect(counts(result, 'duplicate-sentence')['train.conll']).toBe(225);
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

  test('nerkor-hu: the tag V, 22 and 4 entities that I- begins, 48 test and 45 dev sentences that are in train', () => {
    const result = check('nerkor-hu', 'train.tsv', 'devel.tsv');
    expect(linesOf(result, 'lone-tag', 'train.tsv')).toEqual([297269]);
    expect(counts(result, 'ill-formed-tag')).toEqual({ 'train.tsv': 22, 'devel.tsv': 4 });
    expect(counts(result, 'shared-sentence')).toEqual({ 'devel.tsv': 45 });
    expect(result.statistics[0]?.words).toBe(127039);
    const tested = check('nerkor-hu', 'train.tsv', undefined, 'test.tsv');
    expect(counts(tested, 'shared-sentence')).toEqual({ 'test.tsv': 48 });
    expect(counts(tested, 'ill-formed-tag')).toEqual({ 'train.tsv': 22 });
  });

  test('genia-pos: tags that are their token, headers of MEDLINE', () => {
    const result = check('genia-pos', 'train.tsv');
    expect(counts(result, 'tag-is-token')['train.tsv']).toBeGreaterThan(14_000);
    const headers = result.findings.find(({ kind }) => kind === 'field-header')?.files[0]?.places ?? [];
    expect(headers.map(({ what }) => what)).toEqual(
      ['"UI -"', '"TI -"', '"AB -"'].map((each) => `${each} opens 1580 sentences`),
    );
    expect(errorsOf(result)).toEqual([]);
  });
});
