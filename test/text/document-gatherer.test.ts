import { expect, test } from 'vitest';
import { DocumentGatherer } from '../../src/text/document-gatherer.js';

const sentence = (document: number, ...tokens: string[]) => ({ tokens, document });

test('sentences of a marked document come together, when the next one begins or all ends', () => {
  const gatherer = new DocumentGatherer();
  expect(gatherer.push(sentence(0, 'a'), true)).toEqual([]);
  expect(gatherer.push(sentence(0, 'b', 'c'), true)).toEqual([]);
  expect(gatherer.push(sentence(1, 'd'), true)).toEqual([{ kind: 'sentences', sentences: [['a'], ['b', 'c']] }]);
  expect(gatherer.end()).toEqual([{ kind: 'sentences', sentences: [['d']] }]);
  expect(gatherer.end()).toEqual([]);
});

test('sentences of no document go on alone, at once', () => {
  const gatherer = new DocumentGatherer();
  expect(gatherer.push(sentence(0, 'a'), false)).toEqual([['a']]);
  expect(gatherer.push(sentence(0, 'b'), false)).toEqual([['b']]);
  expect(gatherer.end()).toEqual([]);
});

test('a document without an end comes in parts', () => {
  const gatherer = new DocumentGatherer();
  const tokens = new Array<string>(60_000).fill('a');
  expect(gatherer.push({ tokens, document: 0 }, true)).toEqual([]);
  expect(gatherer.push({ tokens, document: 0 }, true)).toEqual([{ kind: 'sentences', sentences: [tokens] }]);
});
