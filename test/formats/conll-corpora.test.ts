import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConllColumns } from '../../src/formats/conll.js';
import { createIllFormedCounter, detectScheme, type Scheme, type SchemeName, spansOf } from '../../src/text/scheme.js';
import { countTokens, type Sentence } from '../../src/text/sentence.js';
import { countWords } from '../../src/text/vocabulary.js';
import { readConll } from '../helpers/conll.js';
import { sharedFolder } from '../helpers/shared-folder.js';

const CORPORA = sharedFolder('corpora');
const UNIVERSAL_NER: ConllColumns = { tagColumn: 3 };

interface Figures {
  readonly scheme: Scheme;
  readonly sentences: number;
  readonly tokens: number;
  readonly entities: number;
  readonly longest: number;
  readonly distinct: number;
}

function read(path: string, columns: ConllColumns = {}): Sentence[] {
  const text = readFileSync(join(CORPORA ?? '', path), 'utf8');
  return readConll(text, { source: path, needsTags: true, ...columns });
}

function figuresOf(sentences: readonly Sentence[]): Figures {
  const scheme = detectScheme(sentences);
  return {
    scheme,
    sentences: sentences.length,
    tokens: countTokens(sentences),
    entities: sentences.reduce((sum, { tags }) => sum + spansOf(tags, scheme).length, 0),
    longest: sentences.reduce((longest, { tokens }) => Math.max(longest, tokens.length), 0),
    distinct: countWords(sentences, { lowercase: false, foldDigits: false }).size,
  };
}

describe.skipIf(CORPORA === undefined)('corpora of ../shared/corpora (skipped where that folder is missing)', () => {
  test.each<[string, SchemeName, number, number, number, number, number, ConllColumns?]>([
    ['wnut17/wnut17train.conll', 'iob2', 3394, 62730, 1975, 41, 14878],
    ['wnut17/emerging.dev.conll', 'iob2', 1009, 15733, 836, 82, 4102],
    ['wnut17/emerging.test.annotated', 'iob2', 1287, 23394, 1079, 105, 6348],
    ['wikigold/wikigold.conll.txt', 'iob1', 1696, 39007, 3558, 144, 8504],
    ['bc5cdr/train.tsv', 'iob2', 4560, 118170, 9385, 154, 9981],
    ['bc5cdr/devel.tsv', 'iob2', 4581, 117453, 9593, 225, 9750],
    ['bc5cdr/test.tsv', 'iob2', 4797, 124750, 9809, 165, 10186],
    ['snips/train.conll', 'iob2', 13084, 117700, 33958, 35, 11418],
    ['snips/valid.conll', 'iob2', 700, 6384, 1794, 22, 1571],
    ['snips/test.conll', 'iob2', 700, 6354, 1790, 24, 1624],
    ['uner-zh-gsd/train.conll', 'iob2', 3997, 98616, 6136, 111, 17612],
    ['uner-zh-gsd/dev.conll', 'iob2', 500, 12663, 810, 84, 4323],
    ['uner-zh-gsd/test.conll', 'iob2', 500, 12012, 767, 97, 4055],
    ['uner-zh-gsd/zh_gsd-ud-train.iob2', 'iob2', 3997, 98616, 6136, 111, 17612, UNIVERSAL_NER],
    ['uner-zh-gsd/zh_gsd-ud-dev.iob2', 'iob2', 500, 12663, 810, 84, 4323, UNIVERSAL_NER],
    ['uner-zh-gsd/zh_gsd-ud-test.iob2', 'iob2', 500, 12012, 767, 97, 4055, UNIVERSAL_NER],
    ['uner-pt-bosque/train.conll', 'iob2', 7018, 171776, 8101, 201, 23808],
    ['uner-pt-bosque/dev.conll', 'iob2', 1172, 28447, 1401, 132, 7215],
    ['uner-pt-bosque/test.conll', 'iob2', 1167, 27604, 1215, 101, 6977],
    ['uner-pt-bosque/pt_bosque-ud-train.iob2', 'iob2', 7018, 171776, 8101, 201, 23808, UNIVERSAL_NER],
    ['uner-pt-bosque/pt_bosque-ud-dev.iob2', 'iob2', 1172, 28447, 1401, 132, 7215, UNIVERSAL_NER],
    ['uner-pt-bosque/pt_bosque-ud-test.iob2', 'iob2', 1167, 27604, 1215, 101, 6977, UNIVERSAL_NER],
    ['nerkor-hu/train.tsv', 'iob2', 52771, 810656, 37064, 225, 127039],
    ['nerkor-hu/devel.tsv', 'iob2', 6996, 103657, 4700, 202, 28278],
    ['nerkor-hu/test.tsv', 'iob2', 6752, 103025, 4419, 103, 28956],
    ['genia-pos/train.tsv', 'plain', 16334, 397690, 0, 164, 21207],
    ['genia-pos/devel.tsv', 'plain', 2174, 52697, 0, 174, 6180],
    ['genia-pos/test.tsv', 'plain', 2036, 50556, 0, 123, 6087],
  ])('%s', (path, name, sentences, tokens, entities, longest, distinct, columns) => {
    const scheme = { name, outside: name === 'plain' ? undefined : 'O' };
    expect(figuresOf(read(path, columns))).toEqual({ scheme, sentences, tokens, entities, longest, distinct });
  });

  test.each<[string, ConllColumns, number]>([
    ['wikigold/wikigold.conll.txt', {}, 145],
    ['wnut17/emerging.dev.conll', {}, 1],
    ['uner-pt-bosque/pt_bosque-ud-dev.iob2', UNIVERSAL_NER, 1],
  ])('documents of %s', (path, columns, documents) => {
    const corpus = read(path, columns);
    expect(corpus.at(-1)?.document).toBe(documents - 1);
    expect(new Set(corpus.map(({ document }) => document)).size).toBe(documents);
  });

  test.each(['zh_gsd', 'pt_bosque'])('the two files of %s-dev are one corpus', (name) => {
    const folder = name === 'zh_gsd' ? 'uner-zh-gsd' : 'uner-pt-bosque';
    const labels = ({ tokens, tags }: Sentence) => ({ tokens, tags });
    const numbered = read(`${folder}/${name}-ud-dev.iob2`, UNIVERSAL_NER);
    expect(numbered.map(labels)).toEqual(read(`${folder}/dev.conll`).map(labels));
  });

  test('nerkor-hu/devel.tsv has four entities that an I- opens', () => {
    const scheme = { name: 'iob2', outside: 'O' } as const;
    const corpus = read('nerkor-hu/devel.tsv');
    expect(corpus.reduce((sum, { tags }) => sum + createIllFormedCounter(scheme)(tags), 0)).toBe(4);
  });
});
