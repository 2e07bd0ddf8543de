import { describe, expect, test } from 'vitest';
import { checkCorpus, corpusFile, corpusOf, found } from '../helpers/checks.js';

describe('repeated sentences:', () => {
  test('each occurrence but the first', () => {
    const text = corpusOf('Hi O Ada B-PER', 'Bye O', 'Hi O Ada B-PER', 'Hi O Ada B-PER');
    expect(found(text, ['duplicate-sentence', 'repeated-sentence'])).toEqual([
      'duplicate-sentence train.conll:6: "Hi Ada" as in line 1',
      'duplicate-sentence train.conll:9: "Hi Ada" as in line 1',
    ]);
  });

  test('those of one token or without an entity are told apart, as a note', () => {
    const text = corpusOf('- O', '- O', 'Rome B-LOC', 'Rome B-LOC', 'it O rains O', 'it O rains O');
    const { findings } = checkCorpus({ train: [corpusFile(text)] }, {});
    const finding = findings.find(({ kind }) => kind === 'repeated-sentence');
    expect(finding).toMatchObject({ severity: 'note', count: 3 });
    expect(finding?.files[0]?.places.map(({ line }) => line)).toEqual([3, 7, 12]);
    expect(findings.some(({ kind }) => kind === 'duplicate-sentence')).toBe(false);
  });

  test('with other tags they conflict', () => {
    const text = corpusOf('in O Rome B-LOC', 'in O Rome B-ORG');
    expect(found(text, ['duplicate-sentence', 'conflicting-duplicate'])).toEqual([
      'conflicting-duplicate train.conll:5: "Rome" is B-ORG, and B-LOC in line 2',
      'duplicate-sentence train.conll:4: "in Rome" as in line 1',
    ]);
  });

  test('in dev and test too', () => {
    const texts = { train: corpusOf('Hello O', 'Bye O'), dev: corpusOf('Yes O', 'Hello O'), test: corpusOf('Yes O') };
    expect(found(texts, ['duplicate-sentence', 'shared-sentence'])).toEqual([
      'shared-sentence dev.conll:3: "Hello" as in train.conll:1',
      'shared-sentence test.conll:1: "Yes" as in dev.conll:1',
    ]);
  });

  test('a long one is quoted in part', () => {
    const sentence = corpusOf('a B-X b O c O d O e O f O g O');
    expect(found(sentence + sentence, ['duplicate-sentence'])).toEqual([
      'duplicate-sentence train.conll:9: "a b c d e f ..." as in line 1',
    ]);
  });
});

test('sentences of more than 200 tokens', () => {
  expect(found('a\tO\n'.repeat(200), ['long-sentence'])).toEqual([]);
  expect(found('a\tO\n'.repeat(201), ['long-sentence'])).toEqual([
    'long-sentence train.conll:1: 201 tokens: "a a a a a a ..."',
  ]);
});

test('headers that open many sentences', () => {
  const sentences = (count: number): string =>
    corpusOf(...Array.from({ length: count }, (_, index) => `UI NN - : ${index} CD`));
  expect(found(sentences(20), ['field-header'])).toEqual(['field-header train.conll:1: "UI -" begins 20 sentences']);
  expect(found(sentences(19), ['field-header'])).toEqual([]);
});

test('tags that are the token', () => {
  expect(found(corpusOf('Yes UH . .', 'O O'), ['tag-is-token'])).toEqual([
    'tag-is-token train.conll:2: "."',
    'tag-is-token train.conll:4: "O"',
  ]);
  expect(found(corpusOf('Ada B-PER O O'), ['tag-is-token'])).toEqual([]);
});

test('text without capitals, in a script that has them', () => {
  const words = (word: string): string => `${word}\tO\n\n`.repeat(1000);
  expect(found(words('play'), ['no-capitals'])).toEqual([
    'no-capitals train.conll:1: 0 of 1000 words have a capital letter',
  ]);
  expect(found(words('東京'), ['no-capitals'])).toEqual([]);
  expect(found(words('play') + words('Play'), ['no-capitals'])).toEqual([]);
});
