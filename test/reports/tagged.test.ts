import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBracketLine } from '../../data/bracket-line.js';
import { formatNamed } from '../../src/formats/formats.js';
import { createSentenceCutter } from '../../src/formats/text-to-sentences.js';
import type { TaggedSentence } from '../../src/model/tagger.js';
import { createPaintedWriter, createTaggedWriter } from '../../src/reports/tagged.js';
import type { Cut } from '../../src/text/convention.js';
import { spansOf } from '../../src/text/scheme.js';
import type { AnnotatedText } from '../../src/text/sentence.js';
import { createTokenizer, tokenize } from '../../src/text/tokenizer.js';
import { anyCharacter } from '../helpers/arbitraries.js';
import { readConll } from '../helpers/conll.js';
import { readAs } from '../helpers/corpus-readers.js';
import { drawModel } from '../helpers/small-model.js';

const SENTENCE: TaggedSentence = {
  text: 'Ada [L.] met  Bob.',
  tokens: [
    { text: 'Ada', start: 0, end: 3, tag: 'B-PER' },
    { text: '[', start: 4, end: 5, tag: 'I-PER' },
    { text: 'L.', start: 5, end: 7, tag: 'I-PER' },
    { text: ']', start: 7, end: 8, tag: 'I-PER' },
    { text: 'met', start: 9, end: 12, tag: 'O' },
    { text: 'Bob', start: 14, end: 17, tag: 'B-PER' },
    { text: '.', start: 17, end: 18, tag: 'O' },
  ],
  spans: [
    { text: 'Ada [L.]', start: 0, end: 8, label: 'PER', confidence: 0.98765432 },
    { text: 'Bob', start: 14, end: 17, label: 'PER', confidence: 0.5 },
  ],
};
const LANGUAGE = drawModel().language;
const { write: inlineBrackets } = createTaggedWriter('inline', LANGUAGE);
const { write: conllLines } = createTaggedWriter('conll', LANGUAGE);
const { write: jsonLine } = createTaggedWriter('jsonl', LANGUAGE);
const refuse = (): never => expect.unreachable();
const EMPTY: TaggedSentence = { text: '', tokens: [], spans: [] };

describe('inline', () => {
  test('marks entities in the text and leaves all else as it was', () => {
    expect(inlineBrackets(SENTENCE)).toBe('[Ada \\[L.\\]](PER) met  [Bob](PER).\n');
    expect(inlineBrackets(EMPTY)).toBe('\n');
  });

  test('can be read back where tokens are separated by single spaces', () => {
    const text = 'Ada \\[ Lovelace met [ Bob';
    const spans = [{ text: 'Ada \\[ Lovelace', start: 0, end: 15, label: 'PER', confidence: 1 }];
    expect(readBracketLine(inlineBrackets({ text, tokens: [], spans }).trimEnd(), 'line')).toEqual({
      tokens: ['Ada', '\\[', 'Lovelace', 'met', '[', 'Bob'],
      spans: [{ label: 'PER', start: 0, end: 3 }],
    });
  });

  test('is read back as the same tokens and spans, a line a record, however the model cuts its tokens', () => {
    const pieces = fc.constantFrom(
      'Anna',
      'well-known',
      'Yahoo!',
      'said.',
      '. ',
      ' , ',
      ' ',
      '\n',
      '\t',
      '[',
      '\\',
      "'s",
      '5%',
      '漢字',
      '🤞',
    );
    const texts = fc.array(pieces, { minLength: 1, maxLength: 10 }).map((all) => all.join(''));
    const conventions = fc.subarray<Cut>([
      'contractions',
      'hyphens',
      'slashes',
      'percents',
      'currencies',
      'characters',
    ]);
    fc.assert(
      fc.property(texts, conventions, fc.nat(), fc.nat(), (text, convention, from, length) => {
        const tokens = createTokenizer(convention, (word) => word === 'Yahoo!')(text);
        fc.pre(tokens.length > 0);
        const first = from % tokens.length;
        const last = Math.min(first + (length % 3), tokens.length - 1);
        const [start, end] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
        const spans = [{ label: 'PER', start, end, text: text.slice(start, end) }];
        const line = inlineBrackets({ text, tokens: tokens.map((token) => ({ ...token, tag: 'O' })), spans });
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const [sentence] = createSentenceCutter(refuse)(
          readAs(formatNamed('bracket'), line).items as AnnotatedText[],
          '',
        );
        expect(sentence?.tokens).toEqual(tokens.map((token) => token.text));
        expect(spansOf(sentence?.tags ?? [], { name: 'iob2', outside: 'O' })).toEqual([
          { label: 'PER', start: first, end: last + 1 },
        ]);
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps the layout of a document, and no entity goes over two lines of it', () => {
    const text = 'left New\nYork for\nRome';
    const span = { label: 'LOC', start: 5, end: 13, text: 'New\nYork' };
    expect(inlineBrackets({ text, tokens: [], spans: [span], place: { start: 0 } })).toBe(
      'left [New York](LOC) for\nRome',
    );
  });

  test('paints entities as it is told, on a terminal', () => {
    const paint = (entity: string, label: string) => `<${label}>${entity}</${label}>`;
    expect(createPaintedWriter(paint).write(SENTENCE)).toBe('<PER>Ada [L.]</PER> met  <PER>Bob</PER>.\n');
    expect(createPaintedWriter(paint).write(EMPTY)).toBe('\n');
  });
});

describe('conll', () => {
  test('has token, tab, tag, and an empty line', () => {
    expect(conllLines(SENTENCE)).toBe('Ada\tB-PER\n[\tI-PER\nL.\tI-PER\n]\tI-PER\nmet\tO\nBob\tB-PER\n.\tO\n\n');
    expect(conllLines(EMPTY)).toBe('\n');
  });

  test('is read back as the same tokens', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((input) => tokenize(input).length > 0);
    fc.assert(
      fc.property(text, (input) => {
        const tokens = tokenize(input).map((token) => ({ ...token, tag: 'O' }));
        const [sentence] = readConll(conllLines({ text: input, tokens, spans: [] }), { source: 'x', needsTags: true });
        expect(sentence?.tokens).toEqual(tokens.map((token) => token.text));
      }),
    );
  });
});

test('a tab or a line feed in a token is a space in columns', () => {
  const tokens = ['a\tb', 'c\nd'].map((text) => ({ text, start: 0, end: 3, tag: 'O' }));
  expect(conllLines({ text: 'a\tb c\nd', tokens, spans: [] })).toBe('a b\tO\nc d\tO\n\n');
});

describe('jsonl', () => {
  test('has one object on a line: text, tokens with offsets, spans with four decimals', () => {
    expect(jsonLine(SENTENCE)).toBe(
      `${[
        '{"text":"Ada [L.] met  Bob.","tokens":[',
        '{"text":"Ada","start":0,"end":3,"tag":"B-PER"},',
        '{"text":"[","start":4,"end":5,"tag":"I-PER"},',
        '{"text":"L.","start":5,"end":7,"tag":"I-PER"},',
        '{"text":"]","start":7,"end":8,"tag":"I-PER"},',
        '{"text":"met","start":9,"end":12,"tag":"O"},',
        '{"text":"Bob","start":14,"end":17,"tag":"B-PER"},',
        '{"text":".","start":17,"end":18,"tag":"O"}],',
        '"spans":[',
        '{"label":"PER","start":0,"end":8,"text":"Ada [L.]","confidence":0.9877},',
        '{"label":"PER","start":14,"end":17,"text":"Bob","confidence":0.5}]}',
      ].join('')}\n`,
    );
  });

  test('of an empty line is an object too', () => {
    expect(jsonLine(EMPTY)).toBe('{"text":"","tokens":[],"spans":[]}\n');
  });

  test.each([
    [1, 1],
    [0.99996, 1],
    [0.12344, 0.1234],
    [0.00004, 0],
    [1e-9, 0],
  ])('a confidence of %d is written %d', (confidence, expected) => {
    const spans = [{ text: 'a', start: 0, end: 1, label: 'PER', confidence }];
    expect(jsonLine({ text: 'a', tokens: [], spans })).toContain(`"confidence":${expected}}`);
  });

  test('is one line whatever the text holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const line = jsonLine({ text, tokens: [], spans: [] });
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line)).toEqual({ text, tokens: [], spans: [] });
      }),
    );
  });
});
