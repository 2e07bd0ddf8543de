import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectFormat, formatNamed } from '../../src/formats/formats.js';
import { createBoundaryCheck, separateTokens } from '../../src/formats/token-boundaries.js';
import type { AnnotatedText } from '../../src/text/sentence.js';
import { readAs, spanTexts, writeAs } from '../helpers/corpus-readers.js';

const refuse = (): never => expect.unreachable();

/** Tokens with white space before each, spans of whole tokens. */
const record: fc.Arbitrary<AnnotatedText> = fc
  .array(
    fc.tuple(
      fc.constantFrom('', ' ', '  ', '\t', '\u00a0', '\n'),
      fc.constantFrom('a', 'don', "'t", '.', '漢', '🤞', '[', '\\', 'x\u00a0y'),
      fc.boolean(),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => {
    let text = '';
    const tokens = pieces.map(([gap, word]) => {
      text += gap;
      const token = { text: word, start: text.length, end: text.length + word.length };
      text += word;
      return token;
    });
    const spans = tokens.filter((_, index) => pieces[index]?.[2]).map(({ start, end }) => ({ label: 'X', start, end }));
    return { text, tokens, spans, line: 1 };
  });

describe('bracket text', () => {
  test('reads back as the same tokens and spans, however the text spaced them', () => {
    fc.assert(
      fc.property(record, (of) => {
        const { text, issues } = writeAs(formatNamed('bracket'), [of]);
        expect(issues).toEqual([]);
        const items = readAs(formatNamed('bracket'), text).items as AnnotatedText[];
        expect(items.flatMap(({ tokens = [] }) => tokens.map((token) => token.text))).toEqual(
          of.tokens?.map((token) => token.text),
        );
        expect(spanTexts(items)).toEqual(spanTexts([of]));
      }),
    );
  });

  test('keeps a text whose spaces tell its tokens already, and one whose tokens nobody knows', () => {
    const text = 'a  b. c';
    expect(writeAs(formatNamed('bracket'), [{ text, spans: [], line: 1 }]).text).toBe(`${text}\n`);
    const tokens = ['a', 'b.', 'c'].map((word) => ({
      text: word,
      start: text.indexOf(word),
      end: text.indexOf(word) + word.length,
    }));
    expect(separateTokens({ text, tokens, spans: [], line: 1 }, refuse)?.text).toBe(text);
  });

  test('moves a span that begins inside a token, and leaves out one of white space', () => {
    const tokens = [
      { text: 'ab', start: 0, end: 2 },
      { text: '.', start: 2, end: 3 },
    ];
    const spans = [{ label: 'X', start: 1, end: 3 }];
    expect(separateTokens({ text: 'ab. ', tokens, spans, line: 1 }, refuse)).toMatchObject({
      text: 'ab .',
      spans: [{ label: 'X', start: 1, end: 4 }],
    });
    const told: string[] = [];
    const blank = { text: 'ab. ', tokens, spans: [{ label: 'X', start: 3, end: 4 }], line: 1 };
    expect(separateTokens(blank, (kind) => told.push(kind))?.spans).toEqual([]);
    expect(told).toEqual(['span without a token']);
  });

  test('tells once a file that a token with a space is not held', () => {
    const sentence = { tokens: ['New York', 'won'], tags: ['B-LOC', 'O'], document: 0, line: 4 };
    const { text, issues } = writeAs(formatNamed('bracket'), [sentence, sentence]);
    expect(text).toBe('[New York](LOC) won\n[New York](LOC) won\n');
    expect(issues).toMatchObject([{ kind: 'token boundaries', place: 'corpus:4' }]);
  });
});

describe('a format without tokens', () => {
  const told = (...words: readonly (readonly string[])[]): string[] => {
    const places: string[] = [];
    const check = createBoundaryCheck('doccano', ({ place }) => places.push(place));
    for (const [index, tokens] of words.entries()) {
      const text = tokens.join(' ');
      let start = 0;
      const placed = tokens.map((token) => {
        const at = start;
        start += token.length + 1;
        return { text: token, start: at, end: at + token.length };
      });
      check({ text, tokens: placed, spans: [], line: index + 1 }, 'file');
      check({ text, spans: [], line: index + 1 }, 'file');
    }
    return places;
  };

  test('is told of once a file, where the text will be cut otherwise', () => {
    expect(told(['Ada', 'won', '.'], ['a-b+c.', 'x'], ['a-b+c.', 'x'])).toEqual(['file:2']);
  });

  test('is not told of where the same tokens are found again', () => {
    expect(told(['Ada', 'won', '.'], ['So', 'did', 'Bob', '.'])).toEqual([]);
  });
});

test('plain tags written as iob2 are known again', () => {
  const sentence = { tokens: ['The', 'bank'], tags: ['DT', 'NN'], document: 0, line: 1 };
  const { text } = writeAs(formatNamed('iob2'), [sentence]);
  expect(detectFormat(text, 'corpus')).toBe(formatNamed('iob2'));
  expect(readAs(formatNamed('iob2'), text).items).toMatchObject([{ tokens: ['The', 'bank'], tags: ['DT', 'NN'] }]);
});
