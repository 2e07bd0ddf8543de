import { expect, test } from 'vitest';
import { DocumentGatherer } from '../../src/text/document-cutter.js';

const sentence = (document: number, ...tokens: string[]) => ({ tokens, document });
const marked = (document: number, ...tokens: string[]) => ({ tokens, document, isOfMarkedDocument: true as const });

test('sentences of a marked document come together, when the next one begins or all ends', () => {
  const gatherer = new DocumentGatherer();
  expect(gatherer.push(marked(0, 'a'))).toEqual([]);
  expect(gatherer.push(marked(0, 'b', 'c'))).toEqual([]);
  expect(gatherer.push(marked(1, 'd'))).toEqual([{ kind: 'sentences', sentences: [['a'], ['b', 'c']] }]);
  expect(gatherer.end()).toEqual([{ kind: 'sentences', sentences: [['d']] }]);
  expect(gatherer.end()).toEqual([]);
});

test('sentences of no document go on alone, at once', () => {
  const gatherer = new DocumentGatherer();
  expect(gatherer.push(sentence(0, 'a'))).toEqual([['a']]);
  expect(gatherer.push(sentence(0, 'b'))).toEqual([['b']]);
  expect(gatherer.end()).toEqual([]);
});

test('a document without an end comes in parts', () => {
  const gatherer = new DocumentGatherer();
  const tokens = new Array<string>(60_000).fill('a');
  expect(gatherer.push(marked(0, ...tokens))).toEqual([]);
  expect(gatherer.push(marked(0, ...tokens))).toEqual([{ kind: 'sentences', sentences: [tokens] }]);
});
