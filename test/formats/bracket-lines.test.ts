import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asOneLine, type BracketLine, readBracketLine, writeBracketLine } from '../../src/formats/bracket-lines.js';
import { formatNamed } from '../../src/formats/formats.js';
import type { Sentence } from '../../src/text/sentence.js';
import { readAs, writeAs } from '../helpers/corpus-readers.js';
import { starterText } from '../helpers/starter-corpus.js';

const refuse = (): never => expect.unreachable();

const word = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'É', '漢', '🤞', '.', ',', '[', ']', '\\', '(', '-', "'", '%'),
    minLength: 1,
    maxLength: 4,
  }),
  fc.constantFrom('Yahoo!', 'U.N.', "n't", 'said.', 'x\u00a0y', '](PER)', '\\', 'a\tb'),
);

/** Tokens with any gaps between them, some of which are spans. */
const line: fc.Arbitrary<Required<BracketLine>> = fc
  .array(fc.tuple(fc.constantFrom('', ' ', ' ', '  ', '\t', '\u00a0', '\n'), word, fc.boolean()), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => {
    let text = '';
    const tokens = pieces.map(([gap, token]) => {
      text += gap + token;
      return { text: token, start: text.length - token.length, end: text.length };
    });
    const spans = tokens.filter((_, index) => pieces[index]?.[2]).map(({ start, end }) => ({ label: 'X', start, end }));
    return { text, tokens, spans };
  });

const words = ({ tokens = [] }: BracketLine): string[] => tokens.map(({ text }) => text);
const entities = ({ text, spans }: BracketLine): string[] => spans.map(({ start, end }) => text.slice(start, end));

describe('a line of bracket text', () => {
  test('is read back as the tokens and spans that were written, whatever lay between them', () => {
    fc.assert(
      fc.property(line, (record) => {
        const written = writeBracketLine(asOneLine(record), refuse);
        expect(written.holdsTokens).toBe(true);
        expect(written.text).not.toContain('\n');
        const back = readBracketLine(written.text, 'line');
        expect(words(back)).toEqual(words(record));
        expect(entities(back)).toEqual(entities(record));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['officials said.', ['officials', 'said', '.']],
    ['[Anna](PER) met "[Bob](PER)", officials said.', ['Anna', 'met', '"', 'Bob', '"', ',', 'officials', 'said', '.']],
    ['officials said. then left .', ['officials', 'said.', 'then', 'left', '.']],
    ['The U.N. , he said', ['The', 'U.N.', ',', 'he', 'said']],
    ['Yahoo! won \\', ['Yahoo!', 'won']],
    ['Yahoo! won \\\\', ['Yahoo', '!', 'won', '\\']],
    ['\\', ['\\']],
  ])('%s', (text, tokens) => {
    expect(words(readBracketLine(text, 'line'))).toEqual(tokens);
  });

  test('stays as it is where the reader cuts it so, and gets spaces or a mark only where it does not', () => {
    const write = (text: string, ...tokens: readonly string[]): string => {
      let end = 0;
      const placed = tokens.map((token) => {
        const start = text.indexOf(token, end);
        end = start + token.length;
        return { text: token, start, end };
      });
      return writeBracketLine({ text, tokens: placed, spans: [] }, refuse).text;
    };
    expect(write('Anna  left.', 'Anna', 'left', '.')).toBe('Anna  left.');
    expect(write('a well-known book', 'a', 'well', '-', 'known', 'book')).toBe('a well - known book');
    expect(write('Yahoo! won', 'Yahoo!', 'won')).toBe('Yahoo! won \\');
    expect(write('Yahoo! won.', 'Yahoo!', 'won', '.')).toBe('Yahoo! won .');
  });

  test('does not hold a token with a space, and says so', () => {
    const tokens = [{ text: 'New York', start: 0, end: 8 }];
    expect(writeBracketLine({ text: 'New York', tokens, spans: [] }, refuse)).toEqual({
      text: 'New York',
      holdsTokens: false,
    });
  });
});

test.each(['train', 'dev', 'test'] as const)(
  'the bracket text of the starter corpus is read as its columns: %s',
  (part) => {
    const sentences = (format: string, ending: 'txt' | 'conll'): unknown => {
      const { items } = readAs(formatNamed(format), starterText(part, ending));
      const { text, issues } = writeAs(formatNamed('conll'), items);
      expect(issues).toEqual([]);
      return readAs(formatNamed('conll'), text).items.map((item) => [
        (item as Sentence).tokens,
        (item as Sentence).tags,
      ]);
    };
    expect(sentences('bracket', 'txt')).toEqual(sentences('conll', 'conll'));
  },
);

test('texts are not lost to line breaks in names, carriage returns and byte-order marks, which are told once', () => {
  const record = (text: string, start: number, end: number, number: number) => {
    return { text, spans: [{ label: 'X', start, end }], line: number };
  };
  const records = [record('\uFEFFa New\nYork', 3, 11, 1), record('b\r\nc\r', 3, 4, 2), record('d\ne', 0, 3, 3)];
  const { text, issues } = writeAs(formatNamed('bracket'), records);
  expect(text).toBe('\n\uFEFFa [New York](X)\nb \n[c](X) \n[d e](X)\n');
  expect(issues).toMatchObject([{ kind: 'record', place: 'corpus:1' }]);
  expect(issues[0]?.what).toContain('(the next at corpus:2 and corpus:3)');
});
