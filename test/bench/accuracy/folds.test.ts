import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCorpus } from '../../../src/corpora/read-corpus.js';
import { FOLDS, foldByDocument, isTest } from './folds.js';

const DOCUMENTS = 145;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folds-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('every document is test in exactly one fold', () => {
  const documents = [...Array(DOCUMENTS).keys()];
  const tested = [...Array(FOLDS).keys()].flatMap((fold) => documents.filter((document) => isTest(document, fold)));
  expect(tested.sort((a, b) => a - b)).toEqual(documents);
});

test('the files hold whole documents, apart from each other, and each sentence once', async () => {
  const source = join(folder, 'corpus.conll');
  const lines = [...Array(DOCUMENTS).keys()].map((n) => `-DOCSTART- O\n\nfirst${n} I-PER\nword O\n\nsecond${n} O\n\n`);
  writeFileSync(source, lines.join(''));
  const splits = await foldByDocument(source, folder);
  expect(splits).toHaveLength(FOLDS);
  for (const { train, dev, test: held } of splits) {
    expect(dev).toBeUndefined();
    const parts = await Promise.all([train, held].map((path) => readCorpus([path])));
    const words = parts.flatMap(({ sentences }) => sentences.flatMap(({ tokens }) => tokens));
    const whole = await readCorpus([source]);
    expect(words.sort()).toEqual(whole.sentences.flatMap(({ tokens }) => tokens).sort());
    for (const { sentences } of parts)
      for (let index = 0; index < sentences.length; index += 2)
        expect(sentences[index]?.document).toBe(sentences[index + 1]?.document);
    const marks = readFileSync(held, 'utf8').match(/^-DOCSTART- O$/gm);
    expect(marks).toHaveLength(DOCUMENTS / FOLDS);
  }
});
