import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Scheme, spansOf, tagsOf } from '../../src/text/scheme.js';
import type { Span } from '../../src/text/sentence.js';
import { type SpansOfSentence, sequencesOf, spansOfSentence } from '../helpers/arbitraries.js';

const IOB1: Scheme = { name: 'iob1', outside: 'O' };
const IOB2: Scheme = { name: 'iob2', outside: 'O' };
const BIOES: Scheme = { name: 'bioes', outside: 'O' };
const ONES: Scheme = { name: 'plain', outside: '0' };

function read(tags: string, scheme: Scheme): string[] {
  return spansOf(tags === '' ? [] : tags.split(' '), scheme).map(({ label, start, end }) => `${label} ${start}-${end}`);
}

/** Conlleval's reading of B-, I- and O in one sentence. */
function spansByDefinition(tags: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (const [index, tag] of tags.entries()) {
    if (tag === 'O') continue;
    const label = tag.slice(2);
    const last = spans.at(-1);
    if (tag.startsWith('I-') && last?.end === index && last.label === label)
      spans[spans.length - 1] = { ...last, end: index + 1 };
    else spans.push({ label, start: index, end: index + 1 });
  }
  return spans;
}

describe('spans are what was spelt', () => {
  const separated = spansOfSentence.filter(({ spans }) =>
    spans.every(({ start, label }, index) => {
      const before = spans[index - 1];
      return before === undefined || before.end < start || before.label !== label;
    }),
  );

  test.each<[string, Scheme, fc.Arbitrary<SpansOfSentence>]>([
    ['iob1, touching spans too', IOB1, spansOfSentence],
    ['iob2, touching spans too', IOB2, spansOfSentence],
    ['bioes, touching spans too', BIOES, spansOfSentence],
    ['plain, where neighbours differ in label', ONES, separated],
  ])('%s', (_, scheme, sentences) => {
    fc.assert(
      fc.property(sentences, ({ spans, length }) => {
        const tags = tagsOf(spans, length, scheme);
        expect(tags).toHaveLength(length);
        expect(spansOf(tags, scheme)).toEqual(spans);
      }),
    );
  });

  test('in whatever order they are given', () => {
    fc.assert(
      fc.property(spansOfSentence, ({ spans, length }) => {
        expect(tagsOf([...spans].reverse(), length, IOB1)).toEqual(tagsOf(spans, length, IOB1));
      }),
    );
  });

  test('in the spelling of each scheme', () => {
    const spans = [
      { label: 'PER', start: 0, end: 2 },
      { label: 'PER', start: 2, end: 5 },
      { label: 'LOC', start: 5, end: 6 },
    ];
    expect(tagsOf(spans, 7, IOB1).join(' ')).toBe('I-PER I-PER B-PER I-PER I-PER I-LOC O');
    expect(tagsOf(spans, 7, IOB2).join(' ')).toBe('B-PER I-PER B-PER I-PER I-PER B-LOC O');
    expect(tagsOf(spans, 7, BIOES).join(' ')).toBe('B-PER E-PER B-PER I-PER E-PER S-LOC O');
    expect(tagsOf(spans, 7, ONES).join(' ')).toBe('PER PER PER PER PER LOC 0');
  });
});

describe('spans of B- and I- are read as conlleval reads them, ill-formed ones too', () => {
  const TAGS = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];

  test.each([0, 1, 2, 3, 4, 5])('all sequences of %d tags', (length) => {
    for (const tags of sequencesOf(TAGS, length)) {
      const expected = spansByDefinition(tags);
      expect(spansOf(tags, IOB2), tags.join(' ')).toEqual(expected);
      expect(spansOf(tags, IOB1), tags.join(' ')).toEqual(expected);
    }
  });

  test.each([
    ['an I- after O opens a span', 'O I-PER I-PER', ['PER 1-3']],
    ['an I- of another label opens a span', 'B-PER I-LOC I-PER', ['PER 0-1', 'LOC 1-2', 'PER 2-3']],
    ['a span ends with the sentence', 'O B-PER', ['PER 1-2']],
  ])('%s', (_, tags, expected) => {
    expect(read(tags, IOB2)).toEqual(expected);
  });

  test('a tag without prefix opens no span after O, and ends the one that it follows', () => {
    expect(read('O V O', IOB2)).toEqual([]);
    expect(read('B-PER I-PER V O B-LOC', IOB2)).toEqual(['PER 0-2', 'LOC 4-5']);
  });

  test('a hyphenated label is all that follows the first hyphen', () => {
    expect(read('B-creative-work I-creative-work B-B-side I-I-beam', IOB2)).toEqual([
      'creative-work 0-2',
      'B-side 2-3',
      'I-beam 3-4',
    ]);
    expect(read('S-B-side B-creative-work E-creative-work', BIOES)).toEqual(['B-side 0-1', 'creative-work 1-3']);
  });
});

describe('spans of BIOES', () => {
  test.each([
    ['BILOU is the same', 'B-PER I-PER L-PER U-LOC U-LOC', ['PER 0-3', 'LOC 3-4', 'LOC 4-5']],
    ['S- within a span closes it', 'B-PER S-PER E-PER', ['PER 0-1', 'PER 1-3']],
    ['E- that closes nothing is a span', 'O E-PER O', ['PER 1-2']],
    ['I- that continues nothing opens a span', 'O I-PER E-PER', ['PER 1-3']],
    ['a span that nothing closes ends where the next begins', 'B-PER I-PER B-PER', ['PER 0-2', 'PER 2-3']],
    ['E- of another label is a span of its own', 'B-PER E-LOC', ['PER 0-1', 'LOC 1-2']],
  ])('%s', (_, tags, expected) => {
    expect(read(tags, BIOES)).toEqual(expected);
  });
});

describe('spans of plain tags', () => {
  test('a run of one label is one span where the outside tag is named', () => {
    expect(read('1 1 0 1 1 0 0 0 0', ONES)).toEqual(['1 0-2', '1 3-5']);
    expect(read('PER LOC LOC 0', ONES)).toEqual(['PER 0-1', 'LOC 1-3']);
  });

  test('a hyphen or an O is part of the label', () => {
    expect(read('B-PER O 0 I-PER', ONES)).toEqual(['B-PER 0-1', 'O 1-2', 'I-PER 3-4']);
  });

  test('there is none where each token has a label', () => {
    expect(read('DT NN NN', { name: 'plain', outside: undefined })).toEqual([]);
  });
});
