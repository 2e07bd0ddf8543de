import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FindingKind } from '../../src/checks/findings.js';
import { repairFile } from '../../src/checks/repair.js';
import { detectScheme, spansOf } from '../../src/text/scheme.js';
import { checkCorpus, corpusFile } from '../helpers/checks.js';
import { readConll } from '../helpers/conll.js';
import { userErrorOf } from '../helpers/user-error.js';

const repair = (content: string | Uint8Array) => repairFile(corpusFile(content), {});

/** What is repaired wherever it is found. */
const REPAIRABLE: readonly FindingKind[] = [
  ...(['utf-16', 'padded-field', 'ill-formed-tag', 'control-character', 'two-spellings', 'white-separator'] as const),
  ...(['mixed-line-ends', 'mixed-separators'] as const),
];

describe('what can be repaired in one way alone:', () => {
  test.each<[what: string, before: string, after: string, kind: FindingKind, count: number]>([
    ['white separators', 'a\tO\n \t\nb\tO\n', 'a\tO\n\nb\tO\n', 'white-separator', 1],
    ['line ends', 'a\tO\r\nb\tO\n\nc\tO\n', 'a\tO\nb\tO\n\nc\tO\n', 'mixed-line-ends', 1],
    ['empty columns at the end', 'a\tO\nb\tO\t\nc\tO\n', 'a\tO\nb\tO\nc\tO\n', 'wrong-columns', 1],
    ['spaces around fields', 'a \tO\nb\t O\n', 'a\tO\nb\tO\n', 'padded-field', 2],
    ['separators', 'a\tO\nb   O\nc\tO\n', 'a\tO\nb\tO\nc\tO\n', 'mixed-separators', 1],
    ['tabs among spaces', 'a O\nb\tO\nc O\n', 'a O\nb O\nc O\n', 'mixed-separators', 1],
    ['control characters', 'a\x01b\tO\x7f\n', 'ab\tO\n', 'control-character', 2],
    ['invisible characters', 'a\u200bb\tO\n\ufeffc\tO\n', 'ab\tO\nc\tO\n', 'invisible-character', 2],
    ['two spellings', 'été\tO\ne\u0301te\u0301\tO\n', 'été\tO\nété\tO\n', 'two-spellings', 1],
    ['tags of IOB2', 'a\tB-X\nb\tI-Y\n\nc\tB-X\n', 'a\tB-X\nb\tB-Y\n\nc\tB-X\n', 'ill-formed-tag', 1],
    ['tags of BIOES', 'a S-X\nb B-X\nc I-X\nd O\n', 'a S-X\nb B-X\nc E-X\nd O\n', 'ill-formed-tag', 1],
    ['tags of BILOU', 'a U-X\nb B-X\nc O\n', 'a U-X\nb U-X\nc O\n', 'ill-formed-tag', 1],
    [
      'nothing else of the line',
      '# text = a b\n1\ta\u200b\tI-X\t-\tme\n2\tb\tO\t-\tme\n\n1\tc\tB-X\t-\tme\n',
      '# text = a b\n1\ta\tB-X\t-\tme\n2\tb\tO\t-\tme\n\n1\tc\tB-X\t-\tme\n',
      'ill-formed-tag',
      1,
    ],
  ])('%s', (_, before, after, kind, count) => {
    const { text, repairs } = repairFile(corpusFile(before), before.startsWith('#') ? { tagColumn: 3 } : {});
    expect(text).toBe(after);
    expect(repairs).toContainEqual({ kind, count, lines: expect.any(Array) });
  });

  test('UTF-16 becomes UTF-8', () => {
    const { text, repairs } = repair(Buffer.from('\ufeffé O\n', 'utf16le'));
    expect(text).toBe('é O\n');
    expect(repairs).toEqual([{ kind: 'utf-16', count: 1, lines: [1] }]);
  });

  test('and each kind of repair is told with its count and its first three lines', () => {
    const { repairs } = repair(`${'b\tB-X\n\n'.repeat(6)}${'a\tI-X\n\n'.repeat(4)}c \tB-X\n \n`);
    expect(repairs).toEqual([
      { kind: 'white-separator', count: 1, lines: [22] },
      { kind: 'padded-field', count: 1, lines: [21] },
      { kind: 'ill-formed-tag', count: 4, lines: [13, 15, 17] },
    ]);
  });
});

describe('what is not certain stays as it is:', () => {
  test.each([
    ['a tag of no scheme', 'a\tV\nb\tB-X\n'],
    ['a label in another case', 'a\tB-X\n\nb\tB-x\n'],
    ['a line with a column too much', 'a\tO\nb\tX\tO\nc\tO\n'],
    ['a token without tag', 'a\tO\nb\nc\tO\n'],
    ['a token of which nothing would be left', '\u200b\tO\n'],
    ['garbled text', 'SÃ¶ren\tO\n'],
    ['a joiner', 'نمی\u200cخواهم\tO\n'],
    ['a sentence that occurs twice', 'a\tO\n\na\tO\n'],
    ['parts of speech', 'a\tDT\nI-b\tNN\n'],
    ['an empty file', ''],
  ])('%s', (_, text) => {
    expect(repair(text)).toEqual({ text, repairs: [] });
  });

  test('a file with lines that are no UTF-8 is refused', () => {
    const error = userErrorOf(() => repair(Buffer.from('a\tO\ncaf\xe9\tO\n', 'latin1')));
    expect(error).toMatchObject({ exitCode: 3, hint: 'convert it with iconv first' });
    expect(error.message).toMatch(/^train\.conll:2: cannot be repaired: expected UTF-8/);
  });
});

const field = fc.constantFrom('a', 'b ', ' c', 'é', 'e\u0301', '\u200b', 'x\u200by', 'y\x01', '#', 'V', '0', 'O');
const tag = fc.constantFrom('O', 'B-X', 'I-X', 'I-Y', 'E-X', 'S-Y', 'U-X', 'B-X\u200b', 'O ', 'V', '');
const separator = fc.constantFrom('\t', '\t', ' ', '\t\t');
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(field, separator, tag).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.constantFrom('', '', ' ', '\t', '-DOCSTART- O', 'lone') },
);
const file = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n', '\t\n')), { maxLength: 14 })
  .map((lines) => lines.flat().join(''));

function kindsIn(text: string): FindingKind[] {
  return checkCorpus({ train: [corpusFile(text)] }, {}).findings.map(({ kind }) => kind);
}

describe('whatever the file,', () => {
  test('nothing that can be repaired is left, and a second repair finds nothing to do', () => {
    fc.assert(
      fc.property(file, (text) => {
        const { text: repaired } = repair(text);
        expect(kindsIn(repaired).filter((kind) => REPAIRABLE.includes(kind))).toEqual([]);
        expect(repair(repaired)).toEqual({ text: repaired, repairs: [] });
      }),
      { numRuns: 1000 },
    );
  });

  test('a file without findings of what is repaired stays as it is', () => {
    fc.assert(
      fc.property(file, (text) => {
        const { text: repaired, repairs } = repair(text);
        if (repairs.length === 0) expect(repaired).toBe(text.replaceAll('\r\n', '\n'));
      }),
    );
  });

  test('entities stay where they were, and words what they seem', () => {
    const token = fc.constantFrom('a', 'b\u200b', 'e\u0301', 'é', '#x');
    const goodTag = fc.constantFrom('O', 'B-X', 'I-X', 'I-Y', 'E-X', 'S-Y', 'V');
    const goodLine = fc.oneof(
      { weight: 5, arbitrary: fc.tuple(token, goodTag) },
      { weight: 1, arbitrary: fc.constant(['', '']) },
    );
    fc.assert(
      fc.property(fc.array(goodLine, { minLength: 1, maxLength: 12 }), (lines) => {
        const text = `x\tO\n${lines.map(([word, label]) => (word === '' ? '\n' : `${word}\t${label}\n`)).join('')}`;
        const read = (of: string) => readConll(of, { source: 'f', needsTags: true });
        const scheme = detectScheme(read(text));
        const spans = (of: string) => read(of).map(({ tags }) => spansOf(tags, scheme));
        const words = (of: string) =>
          read(of).map(({ tokens }) => tokens.map((each) => each.replaceAll('\u200b', '').normalize('NFC')));
        const { text: repaired } = repair(text);
        expect(spans(repaired)).toEqual(spans(text));
        expect(words(repaired)).toEqual(words(text));
      }),
      { numRuns: 500 },
    );
  });
});
