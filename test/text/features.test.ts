import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Lexicon } from '../../src/model/lexicon.js';
import { type FeatureName, FeatureSet, wordFeatures, writerOf } from '../../src/text/features.js';
import { casingOf, shapeOf } from '../../src/text/spelling.js';
import { foldWord, UNKNOWN_ID, Vocabulary } from '../../src/text/vocabulary.js';
import { anyCharacter, anyUnits } from '../helpers/arbitraries.js';
import { ALL, AS_WRITTEN, collect, idsOf } from '../helpers/features.js';

const anyToken = fc.oneof(
  fc.array(anyCharacter, { minLength: 1, maxLength: 7 }).map((characters) => characters.join('')),
  fc
    .array(fc.constantFrom('a', 'b', 'A', '1', '2', '-', '𝔖', 'ß'), { minLength: 1, maxLength: 5 })
    .map((c) => c.join('')),
);
const corpora = fc.array(fc.array(anyToken, { maxLength: 8 }), { maxLength: 5 });
const forms = fc.record({ lowercase: fc.boolean(), foldDigits: fc.boolean() });
const featureLists = fc.subarray([...ALL], { minLength: 1 });

/** What a table but the form's goes by, said in the plain way. */
function plainValue(table: string, token: string, form: string): string {
  const letters = [...form];
  const length = Number(table.at(-1));
  if (table.startsWith('prefix')) return letters.slice(0, length).join('');
  if (table.startsWith('suffix')) return letters.slice(-length).join('');
  return table === 'shape' ? shapeOf(token) : `${casingOf(token)}`;
}

function tableNames(features: readonly FeatureName[]): string[] {
  return wordFeatures(features).map(({ name }) => name);
}

function rowsOf({ tables }: FeatureSet): { name: string; rows: number }[] {
  return tables.map(({ name, rows }) => ({ name, rows }));
}

describe('the tables', () => {
  test('are the form’s and one for each length of an affix, the shape’s and the casing’s, in the order of the features', () => {
    const affixes = ['prefix1', 'prefix2', 'prefix3', 'prefix4', 'suffix1', 'suffix2', 'suffix3', 'suffix4'];
    expect(tableNames(ALL)).toEqual(['form', ...affixes, 'shape', 'casing']);
    expect(tableNames(['suffixes', 'casing'])).toEqual([...affixes.slice(4), 'casing']);
    expect(collect([], ALL).tables.map(({ name }) => name)).toEqual(tableNames(ALL));
    expect(rowsOf(collect([], ['shape']))).toEqual([{ name: 'shape', rows: 1 }]);
  });

  test('have a row for each value and one for all others', () => {
    const features = collect([['Ada', 'Bob', 'Eve', 'x']], ['form', 'casing'], AS_WRITTEN, ['Ada', 'Bob']);
    expect(rowsOf(features)).toEqual([
      { name: 'form', rows: 3 },
      { name: 'casing', rows: 2 },
    ]);
  });
});

describe('affixes', () => {
  test('are the first and last one to four characters, half pairs whole', () => {
    fc.assert(
      fc.property(anyUnits, forms, (token, form) => {
        const features = wordFeatures(['prefixes', 'suffixes']);
        const folded = foldWord(token, form);
        const others = features.map(({ name }) => ({ name, values: [plainValue(name, token, folded)] }));
        expect(idsOf(new FeatureSet(features, new Vocabulary([], form), others), token)).toEqual(new Array(8).fill(1));
      }),
    );
  });

  test('take a pair of surrogates for one character', () => {
    const { others } = collect([['𝔖cot', '𝔖her', 'a𝔖', 'b𝔖']], ['prefixes', 'suffixes']);
    expect(others.find(({ name }) => name === 'prefix1')?.values).toEqual(['𝔖']);
    expect(others.find(({ name }) => name === 'suffix1')?.values).toEqual(['𝔖']);
  });

  test('of shorter words are the whole word', () => {
    const { others } = collect([['ab', 'abc', 'AB']], ['prefixes'], { lowercase: true, foldDigits: false });
    expect(others.map(({ values }) => values)).toEqual([['a'], ['ab'], [], []]);
  });

  test('are of the form that the vocabulary folds', () => {
    const { others } = collect([['Ada1', 'aDB2']], ['prefixes'], { lowercase: true, foldDigits: true });
    expect(others.map(({ values }) => values)).toEqual([['a'], ['ad'], [], []]);
  });
});

test('the rows of a token are those of the values that its features list', () => {
  const features = wordFeatures(['prefixes', 'suffixes', 'shape', 'casing', 'letters']);
  const token = fc.oneof(anyToken, anyUnits, fc.string({ maxLength: 40 }));
  fc.assert(
    fc.property(fc.array(token, { minLength: 1, maxLength: 5 }), token, (known, asked) => {
      for (const feature of features) {
        const values = new Set(known.flatMap((each) => feature.valuesOf(each, each)));
        const rows = new Map([...values].map((value, index) => [value, index + 1]));
        const [found, expected] = [new Int32Array(32).fill(-1), new Int32Array(32).fill(-1)];
        for (const each of [...known, asked]) {
          (feature.createWriter?.(rows) ?? expect.unreachable())(each, each, found, 1, 0);
          writerOf(feature, rows)(each, each, expected, 1, 0);
          expect(found).toEqual(expected);
        }
      }
    }),
  );
});

describe('the values of a table', () => {
  test('are those that two words have, the most frequent first: two forms share an affix, two tokens a shape', () => {
    fc.assert(
      fc.property(corpora, forms, featureLists, (sentences, form, features) => {
        const tokens = [...new Set(sentences.flat())];
        for (const { name, values } of collect(sentences, features, form).others) {
          const isOfForm = name.startsWith('prefix') || name.startsWith('suffix');
          const whose = isOfForm ? [...new Set(tokens.map((token) => foldWord(token, form)))] : tokens;
          const counts = new Map<string, number>();
          for (const word of whose) {
            const value = plainValue(name, word, word);
            counts.set(value, (counts.get(value) ?? 0) + 1);
          }
          expect([...values].sort()).toEqual([...counts.keys()].filter((value) => (counts.get(value) ?? 0) > 1).sort());
          const numbers = values.map((value) => counts.get(value) ?? 0);
          expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
        }
      }),
    );
  });

  test('do not depend on the order of the sentences', () => {
    fc.assert(
      fc.property(corpora, (sentences) => {
        expect(collect([...sentences].reverse()).others).toEqual(collect(sentences).others);
      }),
    );
  });
});

describe('the ids of a token', () => {
  test('are those of its form and values, 0 where a table has them not', () => {
    fc.assert(
      fc.property(corpora, anyToken, forms, (sentences, token, form) => {
        const features = collect(sentences, ALL, form, [foldWord('ab', form)]);
        const [formId, ...ids] = idsOf(features, token);
        const folded = foldWord(token, form);
        expect(formId).toBe(folded === foldWord('ab', form) ? 1 : UNKNOWN_ID);
        for (const [index, { name, values }] of features.others.entries())
          expect(ids[index]).toBe(values.indexOf(plainValue(name, token, folded)) + 1);
      }),
    );
  });

  test('are the same in training and in tagging, with what a checkpoint keeps', () => {
    fc.assert(
      fc.property(
        corpora,
        fc.subarray([...ALL, 'letters'] as const, { minLength: 1 }),
        forms,
        (sentences, list, form) => {
          const trained = collect(sentences, list, form, ['ab', 'a']);
          const { vocabulary, others } = JSON.parse(JSON.stringify(trained));
          const loaded = new FeatureSet(wordFeatures(list), new Vocabulary(vocabulary.words, vocabulary.form), others);
          const [training, tagging] = [new Lexicon(trained), new Lexicon(loaded)];
          for (const tokens of [...sentences].reverse()) training.encode(tokens);
          for (const token of sentences.flat()) {
            const words = [training.add(token), tagging.add(token)];
            for (const [table, { named }] of trained.tables.entries())
              for (let place = 0; place < named; place++)
                expect(tagging.idOf(words[1], table, place)).toBe(training.idOf(words[0], table, place));
          }
          expect(training.size).toBe(tagging.size);
        },
      ),
    );
  });
});

test('a lexicon numbers each token once, however many there are', () => {
  const lexicon = new Lexicon(collect([], ['form', 'shape'], AS_WRITTEN, ['w2999']));
  const tokens = Array.from({ length: 3000 }, (_, index) => `w${index}`);
  expect([...lexicon.encode(tokens)]).toEqual([...tokens.keys()]);
  expect([...lexicon.encode(['w7', 'w7', 'new'])]).toEqual([7, 7, 3000]);
  expect([lexicon.size, lexicon.idOf(2999, 0), lexicon.idOf(3000, 0)]).toEqual([3001, 1, UNKNOWN_ID]);
});
