import { expect, test } from 'vitest';
import { groupByFamiliarity, groupByLength } from '../../src/evaluation/groups.js';
import { pairOf } from '../../src/evaluation/scores.js';
import { collectEntities, KnownEntities } from '../../src/model/known-entities.js';
import type { Span } from '../../src/text/sentence.js';

function span(label: string, start: number, end: number): Span {
  return { label, start, end };
}

test('spans are grouped by their own length, five tokens and more as one group', () => {
  const groups = groupByLength([
    pairOf([span('A', 0, 1), span('A', 2, 7)], [span('A', 0, 1), span('A', 2, 4), span('A', 6, 14)]),
  ]);
  expect(groups).toEqual([
    { name: '1', gold: 1, predicted: 1, correct: 1, precision: 1, recall: 1, f1: 1 },
    { name: '2', gold: 0, predicted: 1, correct: 0, precision: 0, recall: 0, f1: 0 },
    { name: '5+', gold: 1, predicted: 1, correct: 0, precision: 0, recall: 0, f1: 0 },
  ]);
});

test('spans are grouped by whether training has the same tokens with this label, with another one, or not at all', () => {
  const known = new KnownEntities([
    { label: 'LOC', surfaces: ['New York', 'Paris'] },
    { label: 'PER', surfaces: ['Paris'] },
  ]);
  const sentences = [{ tokens: ['Paris', 'likes', 'New', 'York', 'and', 'paris'] }];
  const spans = [
    pairOf([span('PER', 0, 1), span('ORG', 2, 4)], [span('PER', 0, 1), span('LOC', 2, 4), span('LOC', 5, 6)]),
  ];
  expect(groupByFamiliarity(spans, sentences, known)).toMatchObject([
    { name: 'seen', gold: 1, predicted: 2, correct: 1 },
    { name: 'other label', gold: 1, predicted: 0, correct: 0 },
    { name: 'unseen', gold: 0, predicted: 1, correct: 0 },
  ]);
});

test('the entities of a corpus are kept by label, each once, in code-unit order', () => {
  const sentences = [
    { tokens: ['Bob', 'Smith', 'met', 'Ann'], tags: ['B-PER', 'I-PER', 'O', 'B-PER'], document: 0, line: 1 },
    { tokens: ['Ann', 'left', 'Rome'], tags: ['B-PER', 'O', 'B-__proto__'], document: 0, line: 6 },
  ];
  expect(collectEntities({ sentences, scheme: { name: 'iob2', outside: 'O' } }).byLabel).toEqual([
    { label: 'PER', surfaces: ['Ann', 'Bob Smith'] },
    { label: '__proto__', surfaces: ['Rome'] },
  ]);
});

test('of plain tags, words are kept with their labels', () => {
  const sentences = [{ tokens: ['the', 'run'], tags: ['DT', 'NN'], document: 0, line: 1 }];
  const known = collectEntities({ sentences, scheme: { name: 'plain', outside: undefined } });
  expect([known.labelsOf(['run']), known.labelsOf(['the']), known.labelsOf(['ran'])]).toEqual([['NN'], ['DT'], []]);
});
