import { expect, test } from 'vitest';
import { corpusOf, found } from '../helpers/checks.js';

test.each([
  ['London B-LOC , I-LOC', 'train.conll:2: "London ,"'],
  ['( B-LOC London I-LOC', 'train.conll:1: "( London"'],
  ['London B-LOC ) I-LOC', 'train.conll:2: "London )"'],
  ['. B-LOC', 'train.conll:1: "."'],
  ['London B-LOC \u00a0 I-LOC', 'train.conll:2: "London \u00a0"'],
  ['」 B-LOC 東京 I-LOC', 'train.conll:1: "」 東京"'],
])('an entity that begins or ends in punctuation or white space: %s', (sentence, place) => {
  expect(found(corpusOf(sentence), ['span-edge'])).toEqual([`span-edge ${place} is LOC`]);
});

test.each([
  '( B-X + I-X ) I-X',
  '« B-X Titanic I-X »',
  '" B-X Titanic I-X " I-X',
  '“ B-X Titanic I-X ” I-X',
  '50 B-X % I-X',
  'C B-X ++ I-X',
  'U.S. B-X',
  '# B-X 1 I-X',
  'London B-LOC , O',
])('not where it has its partner in the entity, or is a sign: %s', (sentence) => {
  expect(found(corpusOf(sentence.replace(/»$/, '» I-X')), ['span-edge'])).toEqual([]);
});
