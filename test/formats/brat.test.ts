import { expect, test } from 'vitest';
import { BratWriter, readBrat } from '../../src/formats/brat.js';
import { createSentenceCutter } from '../../src/formats/text-to-sentences.js';
import type { AnnotatedText } from '../../src/text/sentence.js';
import { userErrorOf } from '../helpers/user-error.js';

const SOURCE = { text: 'a.txt', annotations: 'a.ann' };

function read(text: string, annotations: string): AnnotatedText {
  return readBrat(text, annotations, SOURCE, undefined, () => expect.unreachable());
}

test('10,000 spans in 200 kB with an emoji are read in seconds, not minutes', () => {
  const text = `🤞 ${'Anna met Bob Jones\n'.repeat(10_000)}`;
  const spans = Array.from({ length: 10_000 }, (_, index) => {
    const start = 3 + 19 * index;
    return { label: 'PER', start, end: start + 4 };
  });
  const { annotations } = new BratWriter(() => expect.unreachable()).write({ text, spans, line: 1 }, 'a.txt');
  const began = performance.now();
  expect(read(text, annotations).spans).toEqual(spans);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('10,000 tokens that are cut in a file of as many lines are told in seconds, each with its line', () => {
  const text = 'Londoners were seen\n'.repeat(10_000);
  const spans = Array.from({ length: 10_000 }, (_, index) => ({
    label: 'LOC',
    start: 20 * index,
    end: 20 * index + 6,
  }));
  const places: string[] = [];
  const began = performance.now();
  createSentenceCutter(({ place }) => places.push(place))([{ text, spans, line: 1, isWholeFile: true }], 'a.txt');
  expect(places).toEqual(spans.map((_, index) => `a.txt:${index + 1}`));
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('one span whose text fits only UTF-16 offsets tells the unit of them all', () => {
  const text = '🤞 aa Anna';
  expect(read(text, 'T1\tX 3 4\ta\nT2\tPER 6 10\tAnna\n').spans).toEqual([
    { label: 'X', start: 3, end: 4 },
    { label: 'PER', start: 6, end: 10 },
  ]);
});

test('a span that is no piece of the text is named by its own line', () => {
  expect(userErrorOf(() => read('Anna', 'T1\tPER 0 4\tAnna\nT2\tPER 2 9\tna\n')).message).toMatch(/^a\.ann:2: /);
  expect(userErrorOf(() => read('Anna', 'T1\tPER 0 4\tAnna\nT2\tPER 0 4\tBob\n')).message).toMatch(/^a\.ann:2: /);
});
